// Type parameters: what they stand for comes from the arguments of a class, of its bases, or of the call.
#include "python/support_resolve.h"

#define BOX                                                                                        \
    "from typing import Generic, TypeVar\n\nT = TypeVar('T')\nU = TypeVar('U')\n\n" CLASSES        \
    "class Box(Generic[T]):\n    def get(self) -> T: ...\n\n"

static void the_receiver_says_what_the_parameter_is(void **state) {
    (void)state;
    assert_reaches(BOX "def f(x: Box[A]):\n    x.get().go()\n", "x.get().go", "A.go");
    assert_reaches(BOX "def f(x: Box[Box[B]]):\n    x.get().get().go()\n", "x.get().get().go",
                   "B.go");
    assert_reaches(BOX "def f(x: Box):\n    x.get().go()\n", "x.get().go", "");
}

static void a_base_says_it_for_a_subclass(void **state) {
    (void)state;
    assert_reaches(BOX "class Of(Box[A]): ...\n\nOf().get().go()\n", "Of().get().go", "A.go");
    assert_reaches(BOX "class Pair(Box[U], Generic[T, U]): ...\n\n"
                       "def f(x: Pair[A, B]):\n    x.get().go()\n",
                   "x.get().go", "B.go");
}

static void a_call_says_it_by_its_arguments(void **state) {
    (void)state;
    assert_reaches(BOX "def same(x: T) -> T:\n    return x\n\nsame(A()).go()\n", "same(A()).go",
                   "A.go");
    assert_reaches(BOX "def first(xs: list[T]) -> T: ...\n\nfirst([B()]).go()\n", "first([B()]).go",
                   "B.go");
    assert_reaches(BOX "def make(c: type[T]) -> T: ...\n\nmake(A).go()\n", "make(A).go", "A.go");
    assert_reaches(BOX "def unwrap(b: Box[T]) -> T: ...\n\ndef f(b: Box[A]):\n    unwrap(b).go()\n",
                   "unwrap(b).go", "A.go");
}

// PEP 695 writes the parameters at the function and the class.
static void the_new_syntax_means_the_same(void **state) {
    (void)state;
    assert_reaches(CLASSES "def same[T](x: T) -> T:\n    return x\n\nsame(A()).go()\n",
                   "same(A()).go", "A.go");
    assert_reaches(CLASSES "class Box[T]:\n    def get(self) -> T: ...\n\n"
                           "def f(x: Box[B]):\n    x.get().go()\n",
                   "x.get().go", "B.go");
}

static void a_bound_is_what_is_known_at_least(void **state) {
    (void)state;
    assert_reaches(BOX "V = TypeVar('V', bound=A)\n\ndef f(x: V):\n    x.go()\n", "x.go", "A.go");
}

static void self_is_the_class_that_was_asked(void **state) {
    (void)state;
    assert_reaches(
        "from typing import Self\n\nclass P:\n    def same(self) -> Self: ...\n"
        "    def go(self): ...\n\nclass C(P):\n    def go(self): ...\n\nC().same().go()\n",
        "C().same().go", "C.go");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_receiver_says_what_the_parameter_is),
        cmocka_unit_test(a_base_says_it_for_a_subclass),
        cmocka_unit_test(a_call_says_it_by_its_arguments),
        cmocka_unit_test(the_new_syntax_means_the_same),
        cmocka_unit_test(a_bound_is_what_is_known_at_least),
        cmocka_unit_test(self_is_the_class_that_was_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
