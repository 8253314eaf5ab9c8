// Arena: alignment, zeroing, marks, adoption.
#include "testing.h"

#include "base/arena.h"

static void blocks_are_aligned_and_zeroed(void **state) {
    (void)state;
    Arena arena = {0};
    for (size_t size = 0; size < 5000; size = size * 2 + 1) {
        unsigned char *block = arena_alloc(&arena, size);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(block[i], 0);
        memset(block, 0xAA, size);
    }
    arena_release(&arena);
    assert_int_equal(arena.total, 0);
    assert_non_null(arena_alloc(&arena, 1)); // ready again
    arena_release(&arena);
}

static void large_blocks_get_a_chunk_of_their_own(void **state) {
    (void)state;
    Arena arena = {0};
    char *small = arena_alloc(&arena, 10);
    char *large = arena_alloc(&arena, 5 * 1024 * 1024);
    small[9] = 'x';
    large[5 * 1024 * 1024 - 1] = 'y';
    assert_int_equal(arena.total, 10 + 5 * 1024 * 1024);
    arena_release(&arena);
}

static void copies_and_formats_end_in_nul(void **state) {
    (void)state;
    Arena arena = {0};
    Str copy = arena_copy(&arena, (Str){"a\0b", 3});
    assert_int_equal(copy.length, 3);
    assert_memory_equal(copy.data, "a\0b", 4);
    assert_str(arena_copy(&arena, STR_NONE), "");
    assert_str(arena_format(&arena, "%s-%d", "x", 42), "x-42");
    assert_str(arena_format(&arena, "%s", ""), "");
    arena_release(&arena);
}

static void rewinding_drops_later_blocks_only(void **state) {
    (void)state;
    Arena arena = {0};
    ArenaMark empty = arena_mark(&arena);
    Str kept = arena_copy(&arena, STR("kept"));
    ArenaMark mark = arena_mark(&arena);
    for (int i = 0; i < 1000; i++) memset(arena_alloc(&arena, 100), 0xFF, 100);
    arena_rewind(&arena, mark);
    assert_int_equal(arena.total, 5);
    assert_str(kept, "kept");
    const char *again = arena_alloc(&arena, 100); // reused memory is zeroed
    for (int i = 0; i < 100; i++) assert_int_equal(again[i], 0);
    assert_str(kept, "kept");
    arena_rewind(&arena, empty);
    assert_null(arena.chunk);
}

static void adopted_blocks_live_on(void **state) {
    (void)state;
    Arena into = {0}, from = {0}, nothing = {0};
    Str own = arena_copy(&into, STR("own"));
    Str first = arena_copy(&from, STR("first"));
    arena_alloc(&from, 100000);
    Str last = arena_copy(&from, STR("last"));
    arena_adopt(&into, &from);
    arena_adopt(&into, &nothing);
    arena_adopt(&nothing, &from);
    assert_null(from.chunk);
    arena_copy(&into, STR("more"));
    assert_str(own, "own");
    assert_str(first, "first");
    assert_str(last, "last");
    arena_adopt(&nothing, &into); // into an empty arena
    assert_str(first, "first");
    arena_release(&nothing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_aligned_and_zeroed),
        cmocka_unit_test(large_blocks_get_a_chunk_of_their_own),
        cmocka_unit_test(copies_and_formats_end_in_nul),
        cmocka_unit_test(rewinding_drops_later_blocks_only),
        cmocka_unit_test(adopted_blocks_live_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
