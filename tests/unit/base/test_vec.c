// Vec: growth, zeroing, the pointer that a push returns.
#include "testing.h"

#include "base/vec.h"

typedef struct Item {
    uint32_t number;
    const char *text;
} Item;

static void pushes_survive_growth(void **state) {
    (void)state;
    Vec(Item) items = {0};
    for (uint32_t i = 0; i < 10000; i++) {
        Item *item = vec_push(&items);
        assert_ptr_equal(item, vec_last(&items)); // even when this push moved the items
        assert_int_equal(item->number, 0);
        assert_null(item->text);
        item->number = i;
        item->text = "x";
    }
    assert_int_equal(items.count, 10000);
    for (uint32_t i = 0; i < items.count; i++) assert_int_equal(items.items[i].number, i);
    vec_release(&items);
    assert_null(items.items);
    assert_int_equal(items.capacity, 0);
}

static void extensions_and_reuse_are_zeroed(void **state) {
    (void)state;
    Vec(int) numbers = {0};
    assert_int_equal(vec_extend(&numbers, 0), 0);
    assert_null(numbers.items);
    vec_add(&numbers, 7);
    assert_int_equal(vec_extend(&numbers, 100), 1);
    assert_int_equal(numbers.count, 101);
    for (uint32_t i = 1; i < 101; i++) assert_int_equal(numbers.items[i], 0);
    vec_clear(&numbers);
    assert_int_equal(*vec_push(&numbers), 0); // not the old 7
    vec_release(&numbers);
}

static void fitting_keeps_the_items_and_room_grows_again(void **state) {
    (void)state;
    Vec(uint32_t) numbers = {0};
    vec_fit(&numbers); // nothing is there
    assert_null(numbers.items);
    for (uint32_t i = 0; i < 1000; i++) vec_add(&numbers, i);
    vec_fit(&numbers);
    assert_int_equal(numbers.capacity, 1000);
    vec_add(&numbers, 1000);
    for (uint32_t i = 0; i < numbers.count; i++) assert_int_equal(numbers.items[i], i);
    vec_release(&numbers);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pushes_survive_growth),
        cmocka_unit_test(extensions_and_reuse_are_zeroed),
        cmocka_unit_test(fitting_keeps_the_items_and_room_grows_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
