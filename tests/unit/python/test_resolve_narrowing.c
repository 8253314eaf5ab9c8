// Narrowing: what a test has told of a name holds in the code that runs only after it, up to the next assignment.
#include "python/support_resolve.h"

// x may be either, and is asked what it is.
#define EITHER CLASSES "def f(x: A | B):\n"

static void a_test_holds_in_its_branch(void **state) {
    (void)state;
    assert_reaches(EITHER "    if isinstance(x, A):\n        x.go()\n", "x.go", "A.go");
    assert_reaches(EITHER "    if isinstance(x, A):\n        pass\n    else:\n        x.go()\n",
                   "x.go", "B.go");
    assert_reaches(EITHER "    if not isinstance(x, A):\n        x.go()\n", "x.go", "B.go");
    assert_reaches(EITHER "    x.go() if isinstance(x, B) else None\n", "x.go", "B.go");
    assert_reaches(EITHER "    isinstance(x, A) and x.go()\n", "x.go", "A.go");
}

static void a_branch_that_leaves_holds_for_the_rest(void **state) {
    (void)state;
    assert_reaches(EITHER "    if isinstance(x, A):\n        return\n    x.go()\n", "x.go", "B.go");
    assert_reaches(EITHER "    if not isinstance(x, A):\n        raise ValueError\n    x.go()\n",
                   "x.go", "A.go");
    assert_reaches(EITHER "    assert isinstance(x, B)\n    x.go()\n", "x.go", "B.go");
    assert_reaches(EITHER "    if isinstance(x, A):\n        pass\n    x.go()\n", "x.go",
                   "A.go B.go");
}

static void an_assignment_ends_it(void **state) {
    (void)state;
    assert_reaches(EITHER "    if isinstance(x, A):\n        x = B()\n        x.go()\n", "x.go",
                   "B.go");
    assert_reaches(EITHER "    if isinstance(x, A):\n        x = other()\n        x.go()\n", "x.go",
                   "A.go B.go");
}

static void attributes_are_told_as_well(void **state) {
    (void)state;
    assert_reaches(CLASSES "class C:\n    x: A | B\n\ndef f(c: C):\n    if isinstance(c.x, A):\n"
                           "        c.x.go()\n",
                   "c.x.go", "A.go");
}

static void several_classes_are_left_together(void **state) {
    (void)state;
    assert_reaches(EITHER "    if isinstance(x, (A, B)):\n        x.go()\n", "x.go", "A.go B.go");
}

static void a_subclass_is_told_from_its_base(void **state) {
    (void)state;
    assert_reaches(CLASSES "def f(x: A):\n    if isinstance(x, Sub):\n        x.go()\n", "x.go",
                   "Sub.go");
}

static void a_case_tells_its_class(void **state) {
    (void)state;
    assert_reaches(EITHER "    match x:\n        case A():\n            x.go()\n", "x.go", "A.go");
    assert_reaches(EITHER "    match x:\n        case B() as y:\n            y.go()\n", "y.go",
                   "B.go");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_holds_in_its_branch),
        cmocka_unit_test(a_branch_that_leaves_holds_for_the_rest),
        cmocka_unit_test(an_assignment_ends_it),
        cmocka_unit_test(attributes_are_told_as_well),
        cmocka_unit_test(several_classes_are_left_together),
        cmocka_unit_test(a_subclass_is_told_from_its_base),
        cmocka_unit_test(a_case_tells_its_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
