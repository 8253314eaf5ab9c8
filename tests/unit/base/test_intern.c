// Interner: equal bytes, equal ids; stable bytes.
#include "testing.h"

#include <stdio.h>
#include "base/intern.h"

static void equal_bytes_have_equal_ids(void **state) {
    (void)state;
    Interner *interner = interner_new();
    assert_int_equal(intern_count(interner), 1);
    Name first = intern(interner, STR("first")), second = intern(interner, STR("second"));
    assert_int_equal(first.index, 1);
    assert_int_equal(second.index, 2);
    char copy[] = "first";
    assert_true(name_equal(first, intern(interner, str_from(copy))));
    assert_int_equal(intern_count(interner), 3);
    assert_true(name_equal(intern_find(interner, STR("second")), second));
    assert_true(name_equal(intern_find(interner, STR("third")), NAME_NONE));
    interner_free(interner);
}

static void the_empty_name_and_nul_bytes(void **state) {
    (void)state;
    Interner *interner = interner_new();
    assert_true(name_equal(intern(interner, STR("")), NAME_NONE));
    assert_true(name_equal(intern_find(interner, STR_NONE), NAME_NONE));
    assert_str(intern_str(interner, NAME_NONE), "");
    Name with_nul = intern(interner, (Str){"a\0b", 3}), without = intern(interner, STR("a"));
    assert_false(name_equal(with_nul, without));
    assert_int_equal(intern_str(interner, with_nul).length, 3);
    interner_free(interner);
    interner_free(NULL);
}

static void bytes_stay_where_they_are(void **state) {
    (void)state;
    Interner *interner = interner_new();
    Str early = intern_str(interner, intern(interner, STR("early")));
    char text[16];
    for (int i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "name%d", i);
        assert_int_equal(intern(interner, str_from(text)).index, i + 2);
    }
    assert_ptr_equal(intern_str(interner, intern(interner, STR("early"))).data, early.data);
    assert_string_equal(early.data, "early");
    assert_str(intern_str(interner, intern_find(interner, STR("name19999"))), "name19999");
    interner_free(interner);
}

static void dotted_names_are_found_by_their_parts(void **state) {
    (void)state;
    Interner *interner = interner_new();
    char longer[400];
    memset(longer, 'x', sizeof longer);
    Str part = {longer, sizeof longer};
    Name whole = intern(interner, STR("app.shop"));
    assert_true(name_equal(intern_find_dotted(interner, STR("app"), STR("shop")), whole));
    assert_true(name_equal(intern_find_dotted(interner, STR("app"), STR("shops")), NAME_NONE));
    assert_true(name_equal(intern_find_dotted(interner, part, part), NAME_NONE));
    char both[801];
    memset(both, 'x', sizeof both);
    both[400] = '.';
    whole = intern(interner, (Str){both, sizeof both});
    assert_true(name_equal(intern_find_dotted(interner, part, part), whole));
    assert_true(name_equal(intern_find_dotted(interner, STR("app"), STR_NONE), NAME_NONE));
    interner_free(interner);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_bytes_have_equal_ids),
        cmocka_unit_test(the_empty_name_and_nul_bytes),
        cmocka_unit_test(bytes_stay_where_they_are),
        cmocka_unit_test(dotted_names_are_found_by_their_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
