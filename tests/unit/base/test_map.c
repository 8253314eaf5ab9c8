// Map: put, get, replace, many.
#include "testing.h"

#include "base/map.h"

static void an_empty_map_answers(void **state) {
    (void)state;
    Map map = {0};
    uint32_t value = 5;
    assert_false(map_get(&map, 1, &value));
    assert_int_equal(value, 5);
    assert_int_equal(map_count(&map), 0);
    map_release(&map);
}

static void values_are_replaced(void **state) {
    (void)state;
    Map map = {0};
    uint32_t value = 0;
    map_put(&map, map_key(1, 2), 10);
    map_put(&map, map_key(2, 1), 20);
    map_put(&map, map_key(1, 2), 30);
    assert_int_equal(map_count(&map), 2);
    assert_true(map_get(&map, map_key(1, 2), &value));
    assert_int_equal(value, 30);
    map_release(&map);
    assert_false(map_get(&map, map_key(1, 2), &value));
    map_put(&map, 0, 1); // ready again
    assert_true(map_get(&map, 0, &value));
    map_release(&map);
}

static void many_entries(void **state) {
    (void)state;
    Map map = {0};
    uint32_t value = 0;
    for (uint32_t i = 0; i < 50000; i++) map_put(&map, map_key(i, ~i), i);
    assert_int_equal(map_count(&map), 50000);
    for (uint32_t i = 0; i < 50000; i++) {
        assert_true(map_get(&map, map_key(i, ~i), &value));
        assert_int_equal(value, i);
    }
    map_release(&map);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_map_answers),
        cmocka_unit_test(values_are_replaced),
        cmocka_unit_test(many_entries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
