// apply_plan: all files or none, and never outside the root.
#include "temporary.h"

#include "apply/apply.h"
#include "patch/plan_file.h"

typedef struct Fixture {
    Temporary *here;
    Plan plan;
    Diagnostics diagnostics;
    ApplyReport report;
    void (*progress)(void *context, const char *what, uint32_t done, uint32_t total);
} Fixture;

static void start(Fixture *f, void **state) {
    *f = (Fixture){.here = *state};
    temporary_write(f->here, "root/a.py", STR("a\n"));
    temporary_write(f->here, "root/b.py", STR("b\n"));
}

static void finish(Fixture *f) {
    plan_release(&f->plan);
    diagnostics_release(&f->diagnostics);
}

// BEFORE is what the plan was made for, whatever the file holds now.
static void change(Fixture *f, const char *path, Str before, Str after) {
    edits_add(&f->plan.edits, (Edit){.end = (uint32_t)before.length, .text = after});
    vec_add(&f->plan.files, ((PlannedFile){.path = str_from(path),
                                           .before = before,
                                           .after = after,
                                           .mode = 0644,
                                           .first_edit = f->plan.edits.list.count - 1,
                                           .edit_count = 1}));
}

static void create(Fixture *f, const char *path, Str after) {
    vec_add(&f->plan.files,
            ((PlannedFile){.path = str_from(path), .after = after, .is_new = true, .mode = 0644}));
}

static ApplyResult apply(Fixture *f) {
    StrBuf document = {0};
    PlanMaker maker = {.weft = STR("test")};
    ApplyControl control = {
        .command = STR("weft apply"), .no_sync = true, .progress = f->progress, .context = f};
    plan_identify(&f->plan);
    plan_write(&f->plan, &maker, &document);
    ApplyResult result = apply_plan(temporary_path(f->here, "root"), &f->plan,
                                    strbuf_str(&document), &control, &f->report, &f->diagnostics);
    strbuf_release(&document);
    return result;
}

static void assert_bytes(Fixture *f, const char *path, const char *expected) {
    Str bytes = STR_NONE;
    assert_int_equal(file_read(&f->here->arena, temporary_path(f->here, path), 0, &bytes, NULL),
                     FILE_OK);
    assert_str(bytes, expected);
}

static void assert_said(Fixture *f, DiagnosticCode code, const char *why) {
    assert_int_equal(f->diagnostics.list.items[0].code, code);
    if (str_find_str(f->diagnostics.list.items[0].message, str_from(why)) < 0)
        fail_msg("no '%s' in: %.*s", why, STR_ARG(f->diagnostics.list.items[0].message));
    assert_int_equal(f->report.run, 0);
    assert_bytes(f, "root/a.py", "a\n");
}

static void assert_refused(Fixture *f, const char *why) {
    assert_int_equal(apply(f), APPLY_REFUSED);
    assert_said(f, DIAGNOSTIC_E901, why);
}

static void assert_stale(Fixture *f, const char *why) {
    assert_int_equal(apply(f), APPLY_STALE);
    assert_said(f, DIAGNOSTIC_E602, why);
}

static void writes_changed_and_new_files(void **state) {
    Fixture f;
    start(&f, state);
    change(&f, "a.py", STR("a\n"), STR("A\n"));
    create(&f, "new/deep/c.py", STR("c\n"));
    assert_int_equal(chmod(temporary_path(f.here, "root/a.py").data, 0640), 0);
    assert_int_equal(apply(&f), APPLY_DONE);
    assert_int_equal(f.report.run, 1);
    assert_int_equal(f.report.written, 2);
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
    assert_stale(&f, "'b.py' is not what the plan was made for: it was changed");
    finish(&f);
}

static void refuses_when_a_file_is_gone(void **state) {
    Fixture f;
    start(&f, state);
    change(&f, "a.py", STR("a\n"), STR("A\n"));
    change(&f, "gone.py", STR("b\n"), STR("B\n"));
    assert_stale(&f, "'gone.py'");
    finish(&f);
}

static void refuses_when_a_new_file_is_there(void **state) {
    Fixture f;
    start(&f, state);
    change(&f, "a.py", STR("a\n"), STR("A\n"));
    create(&f, "b.py", STR("c\n"));
    assert_stale(&f, "already there");
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
    assert_int_equal(f.diagnostics.error_count, 2);
    assert_bytes(&f, "outside/c.py", "c\n");
    assert_int_equal(temporary_count(f.here, "outside"), 1);
    finish(&f);
}

static void keeps_a_link_inside_the_root_a_link(void **state) {
    Fixture f;
    start(&f, state);
    assert_int_equal(symlink("b.py", temporary_path(f.here, "root/link.py").data), 0);
    change(&f, "link.py", STR("b\n"), STR("B\n"));
    assert_int_equal(apply(&f), APPLY_DONE);
    assert_bytes(&f, "root/b.py", "B\n");
    struct stat status;
    assert_int_equal(lstat(temporary_path(f.here, "root/link.py").data, &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    finish(&f);
}

static void refuses_what_it_could_not_put_back(void **state) {
    Fixture f;
    start(&f, state);
    assert_int_equal(
        link(temporary_path(f.here, "root/b.py").data, temporary_path(f.here, "root/twin.py").data),
        0);
    change(&f, "b.py", STR("b\n"), STR("B\n"));
    assert_refused(&f, "'b.py' cannot be written: it has more than one name");
    finish(&f);
}

static void refuses_what_is_no_file(void **state) {
    Fixture f;
    start(&f, state);
    assert_int_equal(mkfifo(temporary_path(f.here, "root/pipe.py").data, 0644), 0);
    change(&f, "pipe.py", STR("b\n"), STR("B\n"));
    assert_refused(&f, "'pipe.py' cannot be written: it is no regular file");
    finish(&f);
}

static void refuses_one_file_under_two_names(void **state) {
    Fixture f;
    start(&f, state);
    assert_int_equal(symlink("b.py", temporary_path(f.here, "root/link.py").data), 0);
    change(&f, "b.py", STR("b\n"), STR("B\n"));
    change(&f, "link.py", STR("b\n"), STR("BB\n"));
    assert_refused(&f, "'b.py' is in the plan twice");
    finish(&f);
}

static void refuses_a_file_below_a_file(void **state) {
    Fixture f;
    start(&f, state);
    create(&f, "new/x", STR("file\n"));
    create(&f, "new/x/y.py", STR("cannot be\n"));
    assert_refused(&f, "'new/x' is in the plan as a file and as a folder");
    finish(&f);
}

// Somebody saves b.py when all is staged and a.py has been replaced.
static void save_b(void *context, const char *what, uint32_t done, uint32_t total) {
    Fixture *f = context;
    assert_int_equal(total, 3);
    if (strcmp(what, "replacing") == 0 && done == 1)
        temporary_write(f->here, "root/b.py", STR("mine\n"));
}

static void puts_everything_back_when_a_file_changes_meanwhile(void **state) {
    Fixture f;
    start(&f, state);
    change(&f, "a.py", STR("a\n"), STR("A\n"));
    change(&f, "b.py", STR("b\n"), STR("B\n"));
    create(&f, "new/x.py", STR("x\n"));
    f.progress = save_b;
    assert_int_equal(apply(&f), APPLY_FAILED);
    assert_true(f.report.undone);
    assert_int_equal(f.diagnostics.list.count, 1);
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E602);
    assert_bytes(&f, "root/a.py", "a\n");
    assert_bytes(&f, "root/b.py", "mine\n");
    assert_int_equal(temporary_count(f.here, "root"), 3); // with .weft
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
        temporary_test(refuses_what_it_could_not_put_back),
        temporary_test(refuses_what_is_no_file),
        temporary_test(refuses_one_file_under_two_names),
        temporary_test(refuses_a_file_below_a_file),
        temporary_test(puts_everything_back_when_a_file_changes_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
