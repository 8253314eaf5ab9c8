// cmocka with what it needs before it, and assertions on Str. For unit tests only.
#ifndef WEFT_TESTS_UNIT_TESTING_H
#define WEFT_TESTS_UNIT_TESTING_H

// clang-format off: cmocka.h needs these first
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
#include <string.h>
#include "base/str.h"

// Fails with both texts when ACTUAL is not EXPECTED (a C string).
#define assert_str(actual, expected) assert_str_at((actual), (expected), __FILE__, __LINE__)

static inline void assert_str_at(Str actual, const char *expected, const char *file, int line) {
    if (str_is(actual, expected)) return;
    // One call prints no more than a kilobyte.
    print_error("expected \"%s\"\n", expected);
    print_error("but got  \"%.*s\"\n", STR_ARG(actual));
    _fail(file, line);
}

#endif
