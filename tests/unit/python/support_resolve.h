// What calls reach in a piece of Python: how the tests of the resolver ask what it has found out.
//
//     assert_reaches(CLASSES "def f(x: A):\n    x.go()\n", "x.go", "A.go");
//
// A type is not looked at by itself: it counts by the function that a call on it runs.
#ifndef WEFT_TESTS_UNIT_PYTHON_SUPPORT_RESOLVE_H
#define WEFT_TESTS_UNIT_PYTHON_SUPPORT_RESOLVE_H

#include "testing.h"

// Two classes that have nothing in common but a method's name, and a subclass of the first.
#define CLASSES                                                                                    \
    "class A:\n    def go(self): ...\n\n"                                                          \
    "class B:\n    def go(self): ...\n\n"                                                          \
    "class Sub(A):\n    def go(self): ...\n\n"

// In TEXT, a module of the name m, the calls of CALLEE as it is written there run WHAT: names of functions
// without the module, with a blank between them; "" when it is not known. All calls of that text together.
#define assert_reaches(text, callee, what)                                                         \
    assert_reaches_at((text), (callee), (what), __FILE__, __LINE__)
void assert_reaches_at(const char *text, const char *callee, const char *what, const char *file,
                       int line);

#endif
