// Expressions: what a name, an attribute, a container or an operator gives.
#include "python/support_resolve.h"

static void containers_keep_what_is_put_in(void **state) {
    (void)state;
    assert_reaches(CLASSES "xs = [A()]\nxs[0].go()\n", "xs[0].go", "A.go");
    assert_reaches(CLASSES "xs = {1: A()}\nxs[1].go()\n", "xs[1].go", "A.go");
    assert_reaches(CLASSES "xs = {1: A()}\nfor x in xs.values():\n    x.go()\n", "x.go", "A.go");
    assert_reaches(CLASSES "xs = {1: A()}\nfor k, x in xs.items():\n    x.go()\n", "x.go", "A.go");
    assert_reaches(CLASSES "xs = []\nxs.append(A())\nxs[0].go()\n", "xs[0].go", "A.go");
    assert_reaches(CLASSES "x = (A(), B())\nx[1].go()\n", "x[1].go", "B.go");
    assert_reaches(CLASSES "for x in [A() for n in range(3)]:\n    x.go()\n", "x.go", "A.go");
}

static void choices_give_what_may_be_chosen(void **state) {
    (void)state;
    assert_reaches(CLASSES "x = A() if c else B()\nx.go()\n", "x.go", "A.go B.go");
    assert_reaches(CLASSES "x = None or A()\nx.go()\n", "x.go", "A.go");
}

static void classes_and_functions_are_values(void **state) {
    (void)state;
    assert_reaches(CLASSES "make = A\nmake().go()\n", "make().go", "A.go");
    assert_reaches(CLASSES "run = A().go\nrun()\n", "run", "A.go");
    assert_reaches(CLASSES "def f():\n    pass\n\ntable = {'f': f}\ntable['f']()\n", "table['f']",
                   "f");
    assert_reaches(CLASSES "x = getattr(A(), 'go')\nx()\n", "x", "A.go");
}

static void attributes_are_looked_up_in_bases(void **state) {
    (void)state;
    assert_reaches("class P:\n    def go(self): ...\n\nclass C(P): ...\n\nC().go()\n", "C().go",
                   "P.go");
    assert_reaches("class P:\n    def go(self): ...\n\nclass Q:\n    def go(self): ...\n\n"
                   "class C(Q, P): ...\n\nC().go()\n",
                   "C().go", "Q.go");
    assert_reaches("class P:\n    def go(self): ...\n\nclass C(P):\n"
                   "    def go(self):\n        super().go()\n",
                   "super().go", "P.go");
}

// Whoever overrides a method may run in its place: the call says so when the object may be one of them.
static void overrides_count_for_a_receiver(void **state) {
    (void)state;
    assert_reaches(CLASSES "def f(x: A):\n    x.go()\n", "x.go", "A.go");
    assert_reaches(CLASSES "def f(x: Sub):\n    x.go()\n", "x.go", "Sub.go");
}

static void properties_give_their_result(void **state) {
    (void)state;
    assert_reaches(CLASSES
                   "class C:\n    @property\n    def x(self):\n        return A()\n\nC().x.go()\n",
                   "C().x.go", "A.go");
}

static void managers_give_what_they_enter(void **state) {
    (void)state;
    assert_reaches(CLASSES "class M:\n    def __enter__(self):\n        return A()\n"
                           "    def __exit__(self, *a): ...\n\nwith M() as x:\n    x.go()\n",
                   "x.go", "A.go");
}

// Nothing is guessed, not even where only one class has a method of that name.
static void what_is_not_known_is_not_claimed(void **state) {
    (void)state;
    assert_reaches(CLASSES "def f(x):\n    x.go()\n", "x.go", "");
    assert_reaches(CLASSES "import outside\noutside.make().go()\n", "outside.make().go", "");
    assert_reaches("class A:\n    def only(self): ...\n\ndef f(x):\n    x.only()\n", "x.only", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(containers_keep_what_is_put_in),
        cmocka_unit_test(choices_give_what_may_be_chosen),
        cmocka_unit_test(classes_and_functions_are_values),
        cmocka_unit_test(attributes_are_looked_up_in_bases),
        cmocka_unit_test(overrides_count_for_a_receiver),
        cmocka_unit_test(properties_give_their_result),
        cmocka_unit_test(managers_give_what_they_enter),
        cmocka_unit_test(what_is_not_known_is_not_claimed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
