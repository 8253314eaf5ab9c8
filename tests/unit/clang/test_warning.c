// Words of a command that decide whether a parameter that nothing reads is an error.
#include "clang/unit/warning.h"

#include "testing.h"

static void expect(const char *text, UnusedParameter wanted) {
    Str words[16];
    uint32_t count = 0;
    Str rest = str_from(text);
    while (rest.length > 0 && count < 16) {
        ptrdiff_t white = str_find(rest, ' ');
        size_t end = white < 0 ? rest.length : (size_t)white;
        words[count++] = str_slice(rest, 0, end);
        rest = str_slice(rest, end < rest.length ? end + 1 : end, rest.length);
    }
    if (warning_of_unused(words, count) != wanted) fail_msg("'%s' makes %d of it", text, (int)warning_of_unused(words, count));
}

static void test_asked_for(void **state) {
    (void)state;
    expect("-Wall -Wextra -Werror", UNUSED_NEEDS_STATEMENT);
    expect("-Wall -W -Werror", UNUSED_NEEDS_STATEMENT);
    expect("-Weverything -Werror", UNUSED_NEEDS_STATEMENT);
    expect("-Wunused-parameter -Werror", UNUSED_NEEDS_STATEMENT);
    expect("-Werror=unused-parameter", UNUSED_NEEDS_STATEMENT);
    expect("-Werror=extra", UNUSED_NEEDS_STATEMENT);
    expect("-Werror -Wno-error -Wextra -Werror", UNUSED_NEEDS_STATEMENT);
}

static void test_not_asked_for(void **state) {
    (void)state;
    expect("", UNUSED_MAY_STAY);
    expect("-Wextra", UNUSED_MAY_STAY);
    expect("-Wall -Werror", UNUSED_MAY_STAY);
    expect("-Wextra -Werror -Wno-unused-parameter", UNUSED_MAY_STAY);
    expect("-Wno-unused-parameter -Wextra -Werror", UNUSED_MAY_STAY); // the word about it alone counts first
    expect("-Wextra -Werror -Wno-error=unused-parameter", UNUSED_MAY_STAY);
    expect("-Wextra -Werror -Wno-error=extra", UNUSED_MAY_STAY);
    expect("-Wextra -Werror -Wno-extra", UNUSED_MAY_STAY);
    expect("-Wextra -Werror -Wno-unused", UNUSED_MAY_STAY);
    expect("-Wextra -Werror -Wno-error", UNUSED_MAY_STAY);
    expect("-Wextra -Werror -w", UNUSED_MAY_STAY);
}

static void test_declared_first(void **state) {
    (void)state;
    expect("-std=c90 -pedantic -Wextra -Werror", UNUSED_NEEDS_ATTRIBUTE);
    expect("-ansi -pedantic-errors -Werror=unused-parameter", UNUSED_NEEDS_ATTRIBUTE);
    expect("-Wdeclaration-after-statement -Wextra -Werror", UNUSED_NEEDS_ATTRIBUTE);
    expect("-std=c90 -Wextra -Werror", UNUSED_NEEDS_STATEMENT);
    expect("-std=c90 -std=c11 -pedantic -Wextra -Werror", UNUSED_NEEDS_STATEMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_asked_for), cmocka_unit_test(test_not_asked_for),
                                       cmocka_unit_test(test_declared_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
