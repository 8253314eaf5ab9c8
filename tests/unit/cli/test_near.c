// near_word: one good suggestion or none.
#include "testing.h"

#include "cli/near.h"

static const char *const NAMES[] = {"scan", "diff", "apply", "config_system", "memory"};
enum { COUNT = sizeof NAMES / sizeof NAMES[0] };

static void finds_a_slip_of_the_finger(void **state) {
    (void)state;
    assert_string_equal(near_word("dif", NAMES, COUNT), "diff");
    assert_string_equal(near_word("scna", NAMES, COUNT), "scan");
    assert_string_equal(near_word("aply", NAMES, COUNT), "apply");
    assert_string_equal(near_word("config-system", NAMES, COUNT), "config_system");
}

static void finds_the_rest_of_a_beginning(void **state) {
    (void)state;
    assert_string_equal(near_word("config", NAMES, COUNT), "config_system");
}

static void suggests_nothing_far_away(void **state) {
    (void)state;
    assert_null(near_word("frobnicate", NAMES, COUNT));
    assert_null(near_word("", NAMES, COUNT));
    assert_null(near_word("x", NAMES, COUNT));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_slip_of_the_finger),
        cmocka_unit_test(finds_the_rest_of_a_beginning),
        cmocka_unit_test(suggests_nothing_far_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
