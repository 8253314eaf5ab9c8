// plan_check: calls and the signatures they meet in the new text (E506).
#include "edit/support_check.h"

#define WRONG(c, message) case_wrong((c), DIAGNOSTIC_E506, message)
#define MISSING(callee)                                                                            \
    "the new call of '" callee "' does not pass 'context', which its function requires"

static void a_call_misses_what_is_required(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "def f(n): pass\n\ndef g():\n    f(1)\n"});
    case_append(&c, "a.py", "n", ", *, context");
    WRONG(&c, MISSING("f"));
    assert_int_equal(c.tree.diagnostics.list.items[0].span.start, 30);
    case_close(&c);
}

static void a_call_in_another_file_misses_it(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "def f(n): pass\n"}, {"b.py", "from a import f\nf(1)\n"});
    case_append(&c, "a.py", "n", ", *, context");
    WRONG(&c, "the call of 'f' does not pass 'context', which its function requires");
    case_close(&c);
}

static void what_may_be_left_out_may_be_left_out(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "def f(n): pass\ndef g(n, **more): pass\n\nf(1)\ng(1)\n"});
    case_append(&c, "a.py", "(n", ", *, context=None");
    case_append(&c, "a.py", "g(1", ", context=1");
    case_good(&c);
    case_close(&c);
}

static void what_was_decided_is_passed(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "def f(n): pass\n\nf(1)\n"});
    tree_calls(&c.tree, "a", "f", false, 0);
    case_append(&c, "a.py", "n", ", *, context=None");
    WRONG(&c, "the new call of 'f' does not pass the context as it was decided");
    case_close(&c);
}

static void once_is_enough(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "def f(n): pass\n\nf(1)\n"});
    case_append(&c, "a.py", "n", ", *, context");
    case_append(&c, "a.py", "f(1", ", context=1");
    case_append(&c, "a.py", "f(1", ", context=1");
    WRONG(&c, "the new call of 'f' passes the context twice");
    case_close(&c);
}

static void position_and_keyword_are_twice(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "class A:\n    def f(self, context): pass\n\nA().f(1)\n"});
    case_append(&c, "a.py", "f(1", ", context=1");
    WRONG(&c, "the new call of 'A().f' passes 'context' twice");
    case_close(&c);
}

static void a_function_that_takes_none_gets_none(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "def f(n): pass\n\nf(1)\n"});
    case_append(&c, "a.py", "f(1", ", context=1");
    WRONG(&c, "the new call of 'f' passes 'context' to a function that does not take it");
    case_close(&c);
}

static void a_class_that_takes_none_gets_none(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "class A: pass\n\nA()\n"});
    case_append(&c, "a.py", "A(", "context=1");
    WRONG(&c, "the new call of 'A' passes 'context' to a class that does not take it");
    case_close(&c);
}

static void inherited_constructors_count(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "class A:\n    x = 1\n"},
              {"b.py", "from a import A\n\nclass B(A): pass\n\nB()\nA()\n"});
    case_append(&c, "a.py", "class A:\n", "    def __init__(self, *, context): pass\n");
    case_append(&c, "b.py", "\nB(", "context=1");
    WRONG(&c, MISSING("A"));
    case_close(&c);
}

// The bracket that marks a call goes with the text around it.
static void calls_in_replaced_text_are_not_judged(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "def f(n): pass\n\nx = f(1)\n"});
    case_append(&c, "a.py", "n", ", *, context");
    case_replace(&c, "a.py", "f(1)", "2");
    case_good(&c);
    case_close(&c);
}

// Whatever the parameter is called.
static void any_parameter_counts(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "def f(a, b): pass\n\nf(1, 2)\n"});
    case_replace(&c, "a.py", "b)", "b, c)");
    WRONG(&c, "the new call of 'f' does not pass 'c', which its function requires");
    case_close(&c);

    case_open(&c, {"a.py", "def f(a, b): pass\n\nf(1, 2)\n"});
    case_append(&c, "a.py", "f(1", ", 3");
    WRONG(&c, "the new call of 'f' passes more positional arguments than its function takes");
    case_close(&c);
}

static void faults_of_the_tree_do_not_count(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "def f(*, context): pass\n\nf()\nx = 1\n"});
    case_append(&c, "a.py", "x = 1", "2");
    case_good(&c);
    case_close(&c);
}

static void keyword_dictionaries_may_have_it(void **state) {
    (void)state;
    Case c;
    case_open(&c, {"a.py", "def f(n): pass\n\ndef g(**k): f(1, **k)\n"});
    case_append(&c, "a.py", "n", ", *, context");
    case_good(&c);
    case_close(&c);
}

static void open_forward(Case *c) {
    case_open(c, {"a.py", "def f(): pass\n\nrun = print\nrun(f)\n"});
    ExprId expr = FACT_NONE(ExprId);
    for (uint32_t i = 1; i < c->tree.facts.exprs.count; i++)
        if (c->tree.facts.exprs.items[i].end == 32) expr = (ExprId){i};
    vec_add(&c->tree.solution.forwards, ((ForwardPlan){.expr = expr}));
    case_append(c, "a.py", "f(", "*, context=None");
}

static void a_function_handed_over_is_bound(void **state) {
    (void)state;
    Case c;
    open_forward(&c);
    case_insert(&c, "a.py", "f)", "partial(");
    case_append(&c, "a.py", "(f", ", context=1)");
    case_insert(&c, "a.py", "def", "from functools import partial\n");
    case_good(&c);
    case_close(&c);
}

static void a_function_handed_over_bare_is_a_fault(void **state) {
    (void)state;
    Case c;
    open_forward(&c);
    WRONG(&c, "the context is not bound to 'f', which is handed over");
    case_close(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_misses_what_is_required),
        cmocka_unit_test(a_call_in_another_file_misses_it),
        cmocka_unit_test(what_may_be_left_out_may_be_left_out),
        cmocka_unit_test(what_was_decided_is_passed),
        cmocka_unit_test(once_is_enough),
        cmocka_unit_test(position_and_keyword_are_twice),
        cmocka_unit_test(a_function_that_takes_none_gets_none),
        cmocka_unit_test(a_class_that_takes_none_gets_none),
        cmocka_unit_test(inherited_constructors_count),
        cmocka_unit_test(calls_in_replaced_text_are_not_judged),
        cmocka_unit_test(any_parameter_counts),
        cmocka_unit_test(faults_of_the_tree_do_not_count),
        cmocka_unit_test(keyword_dictionaries_may_have_it),
        cmocka_unit_test(a_function_handed_over_is_bound),
        cmocka_unit_test(a_function_handed_over_bare_is_a_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
