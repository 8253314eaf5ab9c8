// apply_plan: all files or none, and never outside the root.
#include "temporary.h"

#include "apply/apply.h"

typedef struct Fixture {
    Temporary *here;
    Plan plan;
    Diagnostics diagnostics;
    ApplyResult result;
} Fixture;

static void start(Fixture *f, void **state) {
    *f = (Fixture){.here = *state};
    temporary_write(f->here, "root/a.py", STR("a\n"));
    temporary_write(f->here, "root/b.py", STR("b\n"));
}

static void finish(Fixture *f) {
    vec_release(&f->plan.files);
    diagnostics_release(&f->diagnostics);
}

static void change(Fixture *f, const char *path, Str before, Str after) {
    vec_add(
        &f->plan.files,
        ((PlannedFile){
            .file = {1}, .path = str_from(path), .before = before, .after = after, .mode = 0640}));
}

static void create(Fixture *f, const char *path, Str after) {
    vec_add(&f->plan.files,
            ((PlannedFile){.path = str_from(path), .after = after, .is_new = true, .mode = 0644}));
}

static bool apply(Fixture *f) {
    return apply_plan(temporary_path(f->here, "root"), &f->plan, &f->result, &f->diagnostics);
}

static void assert_bytes(Fixture *f, const char *path, const char *expected) {
    Str bytes = STR_NONE;
    assert_int_equal(file_read(&f->here->arena, temporary_path(f->here, path), 0, &bytes, NULL),
                     FILE_OK);
    assert_str(bytes, expected);
}

static void assert_refused(Fixture *f, const char *why) {
    assert_false(apply(f));
    assert_int_equal(f->result.files_written, 0);
    assert_int_equal(f->diagnostics.list.items[0].code, DIAGNOSTIC_E901);
    assert_true(str_find_str(f->diagnostics.list.items[0].message, str_from(why)) >= 0);
    assert_bytes(f, "root/a.py", "a\n");
}

static void writes_changed_and_new_files(void **state) {
    Fixture f;
    start(&f, state);
    change(&f, "a.py", STR("a\n"), STR("A\n"));
    create(&f, "new/deep/c.py", STR("c\n"));
    assert_true(apply(&f));
    assert_int_equal(f.result.files_written, 2);
    assert_bytes(&f, "root/a.py", "A\n");
    assert_bytes(&f, "root/new/deep/c.py", "c\n");
    struct stat status;
    assert_int_equal(stat(temporary_path(f.here, "root/a.py").data, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    finish(&f);
}

static void refuses_when_a_file_was_changed_meanwhile(void **state) {
    Fixture f;
    start(&f, state);
    change(&f, "a.py", STR("a\n"), STR("A\n"));
    change(&f, "b.py", STR("old b\n"), STR("B\n"));
    assert_refused(&f, "'b.py' cannot be written: it was changed");
    assert_int_equal(f.result.files_failed, 1);
    finish(&f);
}

static void refuses_when_a_file_is_gone(void **state) {
    Fixture f;
    start(&f, state);
    change(&f, "a.py", STR("a\n"), STR("A\n"));
    change(&f, "gone.py", STR("b\n"), STR("B\n"));
    assert_refused(&f, "'gone.py'");
    finish(&f);
}

static void refuses_when_a_new_file_is_there(void **state) {
    Fixture f;
    start(&f, state);
    change(&f, "a.py", STR("a\n"), STR("A\n"));
    create(&f, "b.py", STR("c\n"));
    assert_refused(&f, "already there");
    assert_bytes(&f, "root/b.py", "b\n");
    finish(&f);
}

static void refuses_when_a_file_is_where_a_folder_should_be(void **state) {
    Fixture f;
    start(&f, state);
    create(&f, "a.py/c.py", STR("c\n"));
    assert_refused(&f, "'a.py/c.py'");
    finish(&f);
}

static void never_leaves_the_root_through_a_link(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "outside/c.py", STR("c\n"));
    assert_int_equal(symlink("../outside", temporary_path(f.here, "root/link").data), 0);
    change(&f, "link/c.py", STR("c\n"), STR("C\n"));
    create(&f, "link/new/d.py", STR("d\n"));
    assert_refused(&f, "leads out of the root");
    assert_int_equal(f.result.files_failed, 2);
    assert_bytes(&f, "outside/c.py", "c\n");
    assert_int_equal(temporary_count(f.here, "outside"), 1);
    finish(&f);
}

static void keeps_a_link_inside_the_root_a_link(void **state) {
    Fixture f;
    start(&f, state);
    assert_int_equal(symlink("b.py", temporary_path(f.here, "root/link.py").data), 0);
    change(&f, "link.py", STR("b\n"), STR("B\n"));
    assert_true(apply(&f));
    assert_bytes(&f, "root/b.py", "B\n");
    struct stat status;
    assert_int_equal(lstat(temporary_path(f.here, "root/link.py").data, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    finish(&f);
}

// A name longer than the file system allows passes no check of ours before the write; here the
// folder of the second new file is taken by the first one, so that its write must fail.
static void puts_everything_back_when_a_write_fails(void **state) {
    Fixture f;
    start(&f, state);
    change(&f, "a.py", STR("a\n"), STR("A\n"));
    create(&f, "new/x", STR("file\n"));
    create(&f, "new/x/y.py", STR("cannot be\n"));
    assert_refused(&f, "'new/x/y.py'");
    assert_int_equal(f.result.files_failed, 1);
    assert_int_equal(f.diagnostics.list.count, 1);
    assert_int_equal(temporary_count(f.here, "root"), 2);
    finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(writes_changed_and_new_files),
        temporary_test(refuses_when_a_file_was_changed_meanwhile),
        temporary_test(refuses_when_a_file_is_gone),
        temporary_test(refuses_when_a_new_file_is_there),
        temporary_test(refuses_when_a_file_is_where_a_folder_should_be),
        temporary_test(never_leaves_the_root_through_a_link),
        temporary_test(keeps_a_link_inside_the_root_a_link),
        temporary_test(puts_everything_back_when_a_write_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
