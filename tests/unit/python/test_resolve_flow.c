// Values on their way: what is known of a name comes from every place that gives it one, in whatever order the
// functions stand.
#include "python/support_resolve.h"

static void an_assignment_gives_its_value(void **state) {
    (void)state;
    assert_reaches(CLASSES "x = A()\nx.go()\n", "x.go", "A.go");
    assert_reaches(CLASSES "x = y = A()\nx.go()\n", "x.go", "A.go");
    assert_reaches(CLASSES "x, y = A(), B()\ny.go()\n", "y.go", "B.go");
    assert_reaches(CLASSES "first, *rest = [A()]\nfirst.go()\n", "first.go", "A.go");
    assert_reaches(CLASSES "def f():\n    if (x := A()):\n        x.go()\n", "x.go", "A.go");
}

static void two_places_give_both(void **state) {
    (void)state;
    assert_reaches(CLASSES "def f(c):\n    x = A()\n    if c:\n        x = B()\n    x.go()\n",
                   "x.go", "A.go B.go");
    assert_reaches(CLASSES "x = A()\ndef f():\n    global x\n    x = B()\nx.go()\n", "x.go",
                   "A.go B.go");
}

// The caller stands first, and what it calls is only known when the callee is.
static void results_flow_to_calls_above(void **state) {
    (void)state;
    assert_reaches(CLASSES "def f():\n    make().go()\n\ndef make():\n    return A()\n",
                   "make().go", "A.go");
    assert_reaches(CLASSES "def f():\n    outer().go()\ndef outer():\n    return inner()\n"
                           "def inner():\n    return B()\n",
                   "outer().go", "B.go");
}

static void arguments_flow_to_parameters(void **state) {
    (void)state;
    assert_reaches(CLASSES "def f(x):\n    x.go()\n\nf(A())\n", "x.go", "A.go");
    assert_reaches(CLASSES "def f(x):\n    x.go()\n\nf(x=A())\nf(B())\n", "x.go", "A.go B.go");
    assert_reaches(CLASSES "def f(x=A()):\n    x.go()\n", "x.go", "A.go");
    assert_reaches(CLASSES "def f(*xs):\n    xs[0].go()\n\nf(A())\n", "xs[0].go", "A.go");
}

// An annotation is meant: what flows in does not count beside it.
static void a_declared_name_is_what_it_says(void **state) {
    (void)state;
    assert_reaches(CLASSES "def f(x: A):\n    x.go()\n\nf(B())\n", "x.go", "A.go");
    assert_reaches(CLASSES "x: A = make()\nx.go()\n", "x.go", "A.go");
}

// Equations that read each other end, with what both know.
static void recursion_ends(void **state) {
    (void)state;
    assert_reaches(CLASSES "def f(n):\n    return g(n) if n else A()\n"
                           "def g(n):\n    return f(n - 1)\n\ng(3).go()\n",
                   "g(3).go", "A.go");
    assert_reaches(CLASSES "def f(x):\n    return f([x])\n\nf(A()).go()\n", "f(A()).go", "");
}

static void attributes_remember_what_any_method_stores(void **state) {
    (void)state;
    assert_reaches(CLASSES "class C:\n    def __init__(self):\n        self.x = None\n"
                           "    def open(self):\n        self.x = A()\n"
                           "    def use(self):\n        self.x.go()\n",
                   "self.x.go", "A.go");
}

static void generators_and_coroutines_give_what_they_hold(void **state) {
    (void)state;
    assert_reaches(CLASSES "def f():\n    yield A()\n\nfor x in f():\n    x.go()\n", "x.go",
                   "A.go");
    assert_reaches(CLASSES "async def make():\n    return A()\n"
                           "async def f():\n    (await make()).go()\n",
                   "(await make()).go", "A.go");
    assert_reaches(CLASSES "async def make():\n    return A()\n"
                           "async def f():\n    x = make()\n    x.go()\n",
                   "x.go", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_assignment_gives_its_value),
        cmocka_unit_test(two_places_give_both),
        cmocka_unit_test(results_flow_to_calls_above),
        cmocka_unit_test(arguments_flow_to_parameters),
        cmocka_unit_test(a_declared_name_is_what_it_says),
        cmocka_unit_test(recursion_ends),
        cmocka_unit_test(attributes_remember_what_any_method_stores),
        cmocka_unit_test(generators_and_coroutines_give_what_they_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
