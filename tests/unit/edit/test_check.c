// plan_check: a plan that is sound, and new texts that do not parse.
#include "edit/support_check.h"

#include "python/python.h"

static const Language *const LIST[] = {&language_python};
static const Languages LANGUAGES = {LIST, 1};

static void a_sound_rewrite_passes(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "import os\n\ndef f(n):\n    return os.sep\n"},
              {"b.py", "from a import f\n\n\nclass A:\n    def m(self):\n        return f(1)\n"});
    tree_calls(&c.tree, "b", "f", false, 0);
    case_append(&c, "a.py", "import os\n", "from iso import Context, get_cfg\n");
    case_append(&c, "a.py", "n", ", *, context: Context");
    case_replace(&c, "a.py", "os.sep", "get_cfg(context)");
    case_append(&c, "b.py", "from a import f\n", "from iso import Context\n");
    case_append(&c, "b.py", "class A:\n",
                "    def __init__(self, *, context: Context):\n        self.context = context\n\n");
    case_append(&c, "b.py", "(1", ", context=self.context");
    case_add_file(&c, "iso.py", "class Context: pass\ndef get_cfg(c): return str(c)\n");
    case_good(&c);
    case_close(&c);
}

static void an_empty_plan_passes(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "print(missing)\n"});
    case_good(&c);
    case_close(&c);
}

static void names_file_line_and_edit(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "x = 1\ny = 2\n"});
    case_insert(&c, "a.py", "y", "z = 1\nfor\n");
    case_wrong(&c, DIAGNOSTIC_E501, "the new text of 'a.py' would not parse at its line 3");
    const Diagnostic *diagnostic = &c.tree.diagnostics.list.items[0];
    assert_str(diagnostic->note, "line 3 would be 'for'; the edit before it is 'argument of 'f''");
    assert_true(str_starts_with(diagnostic->help, STR("this is a fault of weft and nothing was ")));
    assert_int_equal(diagnostic->span.start, 6);
    case_close(&c);
}

// The error is in old text behind an edit: it is shown where it was before.
static void finds_the_old_place_behind_an_edit(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "# coding: latin-1\nx = 1\ny = 2\n"});
    case_insert(&c, "a.py", "x", "w = 0\n");
    case_replace(&c, "a.py", " = 2", "\n  = 2");
    case_wrong(&c, DIAGNOSTIC_E501, "the new text of 'a.py' would not parse at its line 5");
    assert_int_equal(c.tree.diagnostics.list.items[0].span.start, 25);
    case_close(&c);
}

static void checks_new_files_of_the_language_only(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "x = 1\n"});
    case_insert(&c, "a.py", "x", "y = 2\n");
    case_add_file(&c, "note.txt", "for\n");
    case_add_file(&c, "run.py", "for\n");
    case_wrong(&c, DIAGNOSTIC_E501, "the new text of 'run.py' would not parse at its line 1");
    case_close(&c);
}

static void new_bytes_must_read_back(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "x = 1\n"});
    case_insert(&c, "a.py", "x", "y = 2\n");
    case_add_file(&c, "run.py", "# coding: nonsense\n");
    case_wrong(&c, DIAGNOSTIC_E501, "the new bytes of 'run.py' cannot be decoded again");
    case_close(&c);
}

static void many_faults_are_summed_up(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "x = 1\n"});
    for (int i = 0; i < 25; i++) case_insert(&c, "a.py", "x", "missing\n");
    PlanFaults faults = {0};
    CheckInput input = {&c.tree.program, &c.tree.solution, &LANGUAGES, &c.plan, 1, &faults};
    assert_true(edits_finish(&c.plan.edits, &c.tree.sources, NULL, &c.tree.diagnostics));
    assert_true(plan_build(&c.tree.sources, &c.tree.rules, &c.plan, NULL, &c.tree.diagnostics));
    assert_false(plan_check(&input, &c.tree.diagnostics));
    assert_int_equal(c.tree.diagnostics.list.count, 20);
    assert_true(str_find_str(vec_last(&c.tree.diagnostics.list)->help, STR("5 more")) > 0);
    assert_int_equal(faults.list.count, 25);
    plan_faults_release(&faults);
    case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_rewrite_passes),
        cmocka_unit_test(an_empty_plan_passes),
        cmocka_unit_test(names_file_line_and_edit),
        cmocka_unit_test(finds_the_old_place_behind_an_edit),
        cmocka_unit_test(checks_new_files_of_the_language_only),
        cmocka_unit_test(new_bytes_must_read_back),
        cmocka_unit_test(many_faults_are_summed_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
