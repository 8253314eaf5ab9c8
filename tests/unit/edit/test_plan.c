// plan_build: whole new files in their own encoding, and the runtime files of the rules.
#include "temporary.h"

#include "edit/plan.h"

typedef struct Fixture {
    Sources sources;
    Rules rules;
    Plan plan;
    Diagnostics diagnostics;
} Fixture;

static void finish(Fixture *f) {
    plan_release(&f->plan);
    vec_release(&f->rules.runtime);
    diagnostics_release(&f->diagnostics);
    sources_release(&f->sources);
}

static FileId add_file(Fixture *f, const char *path, Str bytes) {
    return sources_add_memory(&f->sources, str_from(path), bytes, &f->diagnostics);
}

static void insert(Fixture *f, FileId file, uint32_t at, const char *text) {
    edits_add(&f->plan.edits, (Edit){.file = file, .start = at, .end = at, .text = str_from(text)});
}

static bool build(Fixture *f) {
    return edits_finish(&f->plan.edits, &f->sources, NULL, &f->diagnostics) &&
           plan_build(&f->sources, &f->rules, &f->plan, NULL, &f->diagnostics);
}

static void keeps_encoding_and_byte_order_mark(void **state) {
    (void)state;
    Fixture f = {0};
    FileId gbk = add_file(&f, "a.py", STR("# coding: gbk\r\nx = '\xc4\xe3'\r\n"));
    FileId bom = add_file(&f, "b.py", STR("\xef\xbb\xbfy = 1"));
    insert(&f, gbk, 15, "\xe4\xbd\xa0 = 1\r\n");
    insert(&f, bom, 0, "z, ");
    assert_true(build(&f));
    assert_int_equal(f.plan.files.count, 2);
    assert_str(f.plan.files.items[0].after, "# coding: gbk\r\n\xc4\xe3 = 1\r\nx = '\xc4\xe3'\r\n");
    assert_str(f.plan.files.items[1].after, "\xef\xbb\xbfz, y = 1");
    assert_int_equal(f.plan.files.items[1].mode, 0644);
    finish(&f);
}

static void refuses_what_the_encoding_lacks(void **state) {
    (void)state;
    Fixture f = {0};
    FileId latin = add_file(&f, "a.py", STR("# coding: latin-1\nx = '\xe9'\n"));
    insert(&f, latin, 18, "\xe4\xbd\xa0 = 1\n");
    assert_false(build(&f));
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E503);
    finish(&f);
}

static void leaves_out_files_whose_bytes_stay(void **state) {
    (void)state;
    Fixture f = {0};
    FileId file = add_file(&f, "a.py", STR("x = 1\n"));
    vec_add(&f.rules.runtime, ((RuntimeFile){.path = STR("run.py"), .bytes = STR("r = 1\n")}));
    edits_add(&f.plan.edits, (Edit){.file = file, .start = 0, .end = 1, .text = STR("x")});
    assert_true(build(&f));
    assert_int_equal(f.plan.files.count, 0);
    finish(&f);
}

static void adds_runtime_files_in_path_order(void **state) {
    (void)state;
    Fixture f = {0};
    add_file(&f, "lib/same.py", STR("s = 1\n"));
    FileId file = add_file(&f, "m.py", STR("x = 1\n"));
    vec_add(&f.rules.runtime, ((RuntimeFile){.path = STR("z.py"), .bytes = STR("z = 1\n")}));
    vec_add(&f.rules.runtime, ((RuntimeFile){.path = STR("lib/same.py"), .bytes = STR("s = 1\n")}));
    vec_add(&f.rules.runtime, ((RuntimeFile){.path = STR("a/b.py"), .bytes = STR("")}));
    insert(&f, file, 0, "y = 1\n");
    assert_true(build(&f));
    assert_int_equal(f.plan.files.count, 3);
    assert_str(f.plan.files.items[0].path, "a/b.py");
    assert_str(f.plan.files.items[1].path, "m.py");
    assert_str(f.plan.files.items[2].path, "z.py");
    assert_true(f.plan.files.items[2].is_new);
    assert_int_equal(f.plan.files.items[2].mode, 0644);
    finish(&f);
}

static void refuses_a_runtime_file_with_other_content(void **state) {
    (void)state;
    Fixture f = {0};
    FileId file = add_file(&f, "m.py", STR("x = 1\n"));
    add_file(&f, "run.py", STR("mine = 1\n"));
    vec_add(&f.rules.runtime, ((RuntimeFile){.path = STR("run.py"), .bytes = STR("r = 1\n")}));
    insert(&f, file, 0, "y = 1\n");
    assert_false(build(&f));
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E504);
    assert_true(str_find_str(f.diagnostics.list.items[0].message, STR("run.py")) >= 0);
    finish(&f);
}

// Runtime files may be excluded from the sources, and need not be Python: the disk is asked too.
static void looks_at_the_disk_for_files_not_loaded(void **state) {
    Temporary *here = *state;
    temporary_write(here, "same.txt", STR("same"));
    Fixture f = {0};
    f.sources.root = here->path;
    FileId file = add_file(&f, "m.py", STR("x = 1\n"));
    vec_add(&f.rules.runtime, ((RuntimeFile){.path = STR("same.txt"), .bytes = STR("same")}));
    insert(&f, file, 0, "y = 1\n");
    assert_true(build(&f));
    assert_int_equal(f.plan.files.count, 1);
    finish(&f);

    Fixture g = {0};
    g.sources.root = here->path;
    file = add_file(&g, "m.py", STR("x = 1\n"));
    vec_add(&g.rules.runtime, ((RuntimeFile){.path = STR("same.txt"), .bytes = STR("other")}));
    insert(&g, file, 0, "y = 1\n");
    assert_false(build(&g));
    assert_int_equal(g.diagnostics.list.items[0].code, DIAGNOSTIC_E504);
    finish(&g);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_encoding_and_byte_order_mark),
        cmocka_unit_test(refuses_what_the_encoding_lacks),
        cmocka_unit_test(leaves_out_files_whose_bytes_stay),
        cmocka_unit_test(adds_runtime_files_in_path_order),
        cmocka_unit_test(refuses_a_runtime_file_with_other_content),
        temporary_test(looks_at_the_disk_for_files_not_loaded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
