// Plan files: written, read again, compared with a tree; and whatever else somebody may hand over.
#include "temporary.h"

#include "patch/plan_file.h"

typedef struct Fixture {
    Temporary *here;
    Plan plan, again;
    PlanMaker maker;
    StrBuf json;
    Diagnostics diagnostics;
    bool stale;
} Fixture;

// "x = g\n" -> "x = f(g)\n" in a.py, and a new file with a name and a text that are no UTF-8.
static void start(Fixture *f, void **state) {
    *f = (Fixture){.here = *state};
    temporary_write(f->here, "root/a.py", STR("x = g\n"));
    edits_add(&f->plan.edits, (Edit){.start = 4,
                                     .end = 4,
                                     .text = STR("f("),
                                     .owner = STR("call"),
                                     .family = STR("objects")});
    edits_add(&f->plan.edits, (Edit){.start = 5,
                                     .end = 5,
                                     .text = STR(")"),
                                     .owner = STR("call"),
                                     .family = STR("objects"),
                                     .safety = SAFETY_REVIEW});
    vec_add(&f->plan.files, ((PlannedFile){.path = STR("a.py"),
                                           .before = STR("x = g\n"),
                                           .after = STR("x = f(g)\n"),
                                           .mode = 0640,
                                           .edit_count = 2}));
    vec_add(&f->plan.files,
            ((PlannedFile){
                .path = STR("new/\xff.py"), .after = STR("\xfe\n"), .is_new = true, .mode = 0644}));
    plan_identify(&f->plan);
    PlanMaker maker = {.weft = STR("1"), .packs = STR("p")};
    plan_write(&f->plan, &maker, &f->json);
}

static void forget_reading(Fixture *f) {
    plan_release(&f->again);
    plan_maker_release(&f->maker);
    diagnostics_release(&f->diagnostics);
    f->again = (Plan){0};
    f->maker = (PlanMaker){0};
    f->diagnostics = (Diagnostics){0};
}

static void finish(Fixture *f) {
    forget_reading(f);
    plan_release(&f->plan);
    strbuf_release(&f->json);
}

static bool read_again(Fixture *f, Str json) {
    forget_reading(f);
    return plan_read(STR("p.json"), json, &f->again, &f->maker, &f->diagnostics);
}

static bool resolve(Fixture *f) {
    return plan_resolve(temporary_path(f->here, "root"), &f->again, 2, &f->stale,
                        &f->diagnostics);
}

static void comes_back_as_it_was(void **state) {
    Fixture f;
    start(&f, state);
    assert_true(read_again(&f, strbuf_str(&f.json)));
    assert_true(resolve(&f));
    assert_int_equal(f.again.files.count, 2);
    const PlannedFile *changed = &f.again.files.items[0], *created = &f.again.files.items[1];
    assert_str(changed->path, "a.py");
    assert_str(changed->after, "x = f(g)\n");
    assert_int_equal(changed->mode, 0644); // that of the file on disk
    assert_str(created->path, "new/\xff.py");
    assert_str(created->after, "\xfe\n");
    assert_int_equal(f.again.edits.list.items[1].safety, SAFETY_REVIEW);
    assert_str(f.again.edits.list.items[1].family, "objects");
    assert_str(f.again.edits.list.items[1].owner, "call");
    StrBuf twice = {0};
    plan_write(&f.again, &f.maker, &twice);
    assert_str(strbuf_str(&twice), f.json.data);
    strbuf_release(&twice);
    finish(&f);
}

static void assert_stale(Fixture *f, const char *why) {
    assert_true(read_again(f, strbuf_str(&f->json)));
    assert_false(resolve(f));
    assert_true(f->stale);
    assert_int_equal(f->diagnostics.list.items[0].code, DIAGNOSTIC_E602);
    assert_true(str_find_str(f->diagnostics.list.items[0].message, str_from(why)) >= 0);
}

static void says_what_changed_since(void **state) {
    Fixture f;
    start(&f, state);
    temporary_write(f.here, "root/a.py", STR("x = h\n"));
    assert_stale(&f, "its blob was ");
    temporary_write(f.here, "root/a.py", STR("x = f(g)\n"));
    assert_stale(&f, "it is already what the plan would make of it");
    temporary_write(f.here, "root/a.py", STR("x = g\n"));
    assert_int_equal(chmod(temporary_path(f.here, "root/a.py").data, 0755), 0);
    assert_stale(&f, "its mode was 100644 and is 100755");
    assert_int_equal(unlink(temporary_path(f.here, "root/a.py").data), 0);
    assert_stale(&f, "it is gone");
    temporary_write(f.here, "root/a.py", STR("x = g\n"));
    temporary_write(f.here, "root/new/\xff.py", STR("mine\n"));
    assert_stale(&f, "the plan creates it, and it is there");
    finish(&f);
}

// The document with the first OLD replaced by NEW.
static Str with(Fixture *f, const char *old, const char *new) {
    Str json = strbuf_str(&f->json), from = str_from(old);
    ptrdiff_t at = str_find_str(json, from);
    assert_true(at >= 0);
    Str rest = str_slice(json, (size_t)at + from.length, json.length);
    return arena_format(&f->here->arena, "%.*s%s%.*s", (int)at, json.data, new, STR_ARG(rest));
}

static void assert_refused(Fixture *f, Str json, const char *why) {
    assert_false(read_again(f, json));
    assert_int_equal(f->diagnostics.list.count, 1);
    assert_int_equal(f->diagnostics.list.items[0].code, DIAGNOSTIC_E601);
    if (str_find_str(f->diagnostics.list.items[0].message, str_from(why)) < 0)
        fail_msg("no '%s' in: %.*s", why, STR_ARG(f->diagnostics.list.items[0].message));
}

static void refuses_what_it_does_not_know(void **state) {
    Fixture f;
    start(&f, state);
    assert_refused(&f, STR(""), "line 1");
    assert_refused(&f, STR("[]"), "it is no JSON object");
    assert_refused(&f, STR("{}"), "the document lacks 'schema_version'");
    assert_refused(&f, with(&f, "\"schema_version\": 1", "\"schema_version\": 2"),
                   "its schema_version is 2, and this weft reads 1");
    assert_refused(&f, with(&f, "\"types\"", "\"kinds\""), "unknown key 'kinds' in the document");
    assert_refused(&f, with(&f, "\"start\": 4", "\"start\": \"4\""),
                   "files[0].edits[0] has a wrong value of 'start'; it takes a byte offset");
    assert_refused(&f, with(&f, "\"end\": 4", "\"end\": 3"), "not before 'start'");
    assert_refused(&f, with(&f, "\"end\": 4", "\"end\": 9"), "files[0].edits[1] starts before");
    assert_refused(&f, with(&f, "\"family\": \"objects\"", "\"family\": \"two words\""),
                   "the name of a family");
    assert_refused(&f, with(&f, "\"safe\"", "\"sure\""), "safe, review or display");
    assert_refused(&f, with(&f, "\"f(\"", "\"\\udc66\""), "half a surrogate pair");
    assert_refused(&f, with(&f, "\"f(\"", "\"\xed\xb1\xa6\""), "it is not UTF-8");
    assert_refused(&f, with(&f, "\"f(\"", "\"\\u0000\""), "a text holds a NUL");
    assert_refused(&f, with(&f, "\"end\": 4", "\"end\": 4, \"end\": 4"), "repeated key 'end'");
    assert_refused(&f, with(&f, "\"change\"", "\"delete\""), "change or create");
    assert_refused(&f, with(&f, "100644", "100664"), "100644 or 100755");
    assert_refused(&f, with(&f, "\"blob\": \"", "\"blob\": \"0"), "40 lower-case");
    assert_refused(&f, with(&f, "fe0a", "fe0a0"), "pairs of hexadecimal digits");
    assert_refused(&f, with(&f, "fe0a", "fe0b"), "the blob id of its text");
    finish(&f);
}

// A plan is data from elsewhere: it must not write where weft never writes.
static void refuses_paths_that_lead_elsewhere(void **state) {
    Fixture f;
    start(&f, state);
    const char *const paths[] = {"",        "/etc/a.py", "../a.py",         "b/../../a.py",
                                 "b//a.py", "./a.py",    ".git/hooks/a",    "b/.git/config",
                                 ".weft/x", "b/",        "a.py\\u0000.txt", "."};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        Str path = arena_format(&f.here->arena, "\"path\": \"%s\"", paths[i]);
        Str json = with(&f, "\"path\": \"a.py\"", path.data);
        assert_false(read_again(&f, json));
        assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E601);
    }
    assert_refused(&f, with(&f, "\"path_hex\": \"6e65772fff2e7079\"", "\"path\": \"a.py\""),
                   "'a.py' is in it twice");
    finish(&f);
}

static void refuses_edits_that_do_not_give_the_result(void **state) {
    Fixture f;
    start(&f, state);
    assert_true(read_again(&f, with(&f, "\"text\": \"f(\"", "\"text\": \"g(\"")));
    assert_false(resolve(&f));
    assert_false(f.stale);
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E601);
    assert_true(read_again(&f, with(&f, "\"end\": 5", "\"end\": 900")));
    assert_false(resolve(&f));
    assert_int_equal(f.diagnostics.list.items[0].code, DIAGNOSTIC_E601);
    finish(&f);
}

// Offsets are those of the text: a signature and the file's own encoding do not count.
static void edits_text_in_any_encoding(void **state) {
    Temporary *here = *state;
    Edit edit = {.start = 32, .end = 32, .text = STR("\xe4\xb8\xad")};
    Str raw = STR("# -*- coding: gbk -*-\nx = '\xd6\xd0'\n"), after;
    assert_true(plan_edit_bytes(&here->arena, raw, &edit, 0, &after));
    assert_true(str_equal(after, raw));
    edit.start = edit.end = 30;
    assert_true(plan_edit_bytes(&here->arena, raw, &edit, 1, &after));
    assert_str(after, "# -*- coding: gbk -*-\nx = '\xd6\xd0\xd6\xd0'\n");
    edit.start = edit.end = 0;
    assert_true(plan_edit_bytes(&here->arena, STR("\xef\xbb\xbfx\n"), &edit, 1, &after));
    assert_str(after, "\xef\xbb\xbf\xe4\xb8\xadx\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        temporary_test(comes_back_as_it_was),
        temporary_test(says_what_changed_since),
        temporary_test(refuses_what_it_does_not_know),
        temporary_test(refuses_paths_that_lead_elsewhere),
        temporary_test(refuses_edits_that_do_not_give_the_result),
        temporary_test(edits_text_in_any_encoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
