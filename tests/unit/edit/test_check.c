// plan_check, with a language whose only syntax error is '!'.
#include "testing.h"

#include "edit/check.h"

static bool accepts(Str path) { return str_ends_with(path, STR(".py")); }

static uint32_t count_errors(Str text, uint32_t *first_error) {
    uint32_t count = 0;
    for (size_t i = text.length; i-- > 0;) {
        if (text.data[i] != '!') continue;
        *first_error = (uint32_t)i;
        count++;
    }
    return count;
}

static const Language LANGUAGE = {.accepts = accepts, .count_errors = count_errors};

typedef struct Fixture {
    Sources sources;
    Rules rules;
    Plan plan;
    Diagnostics diagnostics;
} Fixture;

static void insert(Fixture *f, FileId file, uint32_t at, const char *text) {
    edits_add(&f->plan.edits, (Edit){.file = file,
                                     .start = at,
                                     .end = at,
                                     .text = str_from(text),
                                     .owner = STR("argument of 'greet'")});
}

static bool check(Fixture *f) {
    assert_true(edits_finish(&f->plan.edits, &f->sources, &f->diagnostics));
    assert_true(plan_build(&f->sources, &f->rules, &f->plan, &f->diagnostics));
    return plan_check(&f->sources, &LANGUAGE, &f->plan, 2, &f->diagnostics);
}

static void finish(Fixture *f) {
    plan_release(&f->plan);
    vec_release(&f->rules.runtime);
    diagnostics_release(&f->diagnostics);
    sources_release(&f->sources);
}

static FileId add_file(Fixture *f, const char *path, Str bytes) {
    return sources_add_memory(&f->sources, str_from(path), bytes, &f->diagnostics);
}

static void accepts_a_tree_that_is_no_worse(void **state) {
    (void)state;
    Fixture f = {0};
    insert(&f, add_file(&f, "a.py", STR("x\n")), 0, "y\n");
    insert(&f, add_file(&f, "broken.py", STR("!\n")), 0, "y\n");
    assert_true(check(&f));
    assert_int_equal(f.diagnostics.list.count, 0);
    finish(&f);
}

static void names_file_line_and_edit(void **state) {
    (void)state;
    Fixture f = {0};
    insert(&f, add_file(&f, "a.py", STR("x\ny\n")), 2, "1\n!2\n");
    assert_false(check(&f));
    const Diagnostic *diagnostic = &f.diagnostics.list.items[0];
    assert_int_equal(diagnostic->code, DIAGNOSTIC_E501);
    assert_str(diagnostic->message, "the new text of 'a.py' would not parse at its line 3");
    assert_str(diagnostic->note, "the edit before it is 'argument of 'greet''");
    assert_int_equal(diagnostic->span.start, 2);
    finish(&f);
}

// The error is in old text behind an edit: it is shown where it was before.
static void finds_the_old_place_behind_an_edit(void **state) {
    (void)state;
    Fixture f = {0};
    FileId file = add_file(&f, "a.py", STR("# coding: latin-1\nx\ny\n"));
    insert(&f, file, 18, "1\n");
    insert(&f, file, 20, "!");
    assert_false(check(&f));
    assert_int_equal(f.diagnostics.list.items[0].span.start, 20);
    finish(&f);
}

static void checks_new_files_of_the_language_only(void **state) {
    (void)state;
    Fixture f = {0};
    insert(&f, add_file(&f, "a.py", STR("x\n")), 0, "y\n");
    vec_add(&f.rules.runtime, ((RuntimeFile){STR("note.txt"), STR("hello!\n")}));
    vec_add(&f.rules.runtime, ((RuntimeFile){STR("run.py"), STR("!\n")}));
    assert_false(check(&f));
    assert_int_equal(f.diagnostics.list.count, 1);
    assert_str(f.diagnostics.list.items[0].message,
               "the new text of 'run.py' would not parse at its line 1");
    finish(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_a_tree_that_is_no_worse),
        cmocka_unit_test(names_file_line_and_edit),
        cmocka_unit_test(finds_the_old_place_behind_an_edit),
        cmocka_unit_test(checks_new_files_of_the_language_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
