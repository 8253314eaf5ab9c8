// What is kept comes back for its key alone; tests/cache tries the rest with the whole program.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "source/cache.h"

static int make_home(void **state) {
    static char home[] = "/tmp/weft-cache-XXXXXX";
    *state = mkdtemp(home);
    return *state == NULL || setenv("XDG_CACHE_HOME", home, 1) != 0;
}

static int remove_home(void **state) {
    static const char *const FOLDERS[] = {"weft/facts", "weft/solved", "weft/text", "weft", ""};
    int failed = 0;
    for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s/%s", (char *)*state, FOLDERS[i]);
        failed |= rmdir(path);
    }
    return failed;
}

static void test_entries_come_back_by_their_key(void **state) {
    (void)state;
    Arena arena = {0};
    Str bytes = STR_NONE;
    Digest one = digest_of(STR("one")), other = digest_of(STR("other"));
    Cache *cache = cache_open(STR("/nowhere"));
    assert_non_null(cache);
    assert_false(cache_find(cache, CACHE_SOLVED, &one, &arena, &bytes));
    cache_keep(cache, CACHE_SOLVED, &one, STR("kept\0bytes"));
    cache_close(cache);
    cache = cache_open(STR("/nowhere"));
    assert_true(cache_find(cache, CACHE_SOLVED, &one, &arena, &bytes));
    assert_true(str_equal(bytes, STR("kept\0bytes")));
    assert_false(cache_find(cache, CACHE_SOLVED, &other, &arena, &bytes));
    assert_false(cache_find(cache, CACHE_TEXT, &one, &arena, &bytes));
    cache_keep(cache, CACHE_SOLVED, &one, STR_NONE);
    assert_true(cache_find(cache, CACHE_SOLVED, &one, &arena, &bytes));
    assert_int_equal(bytes.length, 0);
    assert_int_equal(cache_size(cache).entries, 1);
    cache_clear(cache);
    assert_int_equal(cache_size(cache).entries, 0);
    assert_false(cache_find(cache, CACHE_SOLVED, &one, &arena, &bytes));
    cache_close(cache);
    arena_release(&arena);
}

static void keep_facts(Str tree, uint32_t from, uint32_t to) {
    Cache *cache = cache_open(tree);
    for (uint32_t i = from; i < to; i++) {
        Str text = {(const char *)&i, sizeof i};
        Digest key = digest_of(text);
        cache_keep(cache, CACHE_FACTS, &key, text);
    }
    cache_close(cache);
}

// Asks for those in [FROM, TO) of a tree that has those below COUNT.
static void ask_for_facts(Str tree, uint32_t from, uint32_t to, uint32_t count) {
    Cache *cache = cache_open(tree);
    Arena arena = {0};
    for (uint32_t i = from; i < to; i++) {
        Str text = {(const char *)&i, sizeof i}, bytes = STR_NONE;
        Digest key = digest_of(text);
        assert_int_equal(cache_find(cache, CACHE_FACTS, &key, &arena, &bytes), i < count);
        if (i < count) assert_true(str_equal(bytes, text));
    }
    arena_release(&arena);
    cache_close(cache);
}

static void test_facts_of_a_tree_are_together(void **state) {
    (void)state;
    Str tree = STR("/nowhere"), other = STR("/elsewhere");
    keep_facts(tree, 0, 100);
    ask_for_facts(tree, 0, 101, 100);
    ask_for_facts(other, 0, 3, 0);
    for (uint32_t i = 100; i < 110; i++) { // each a little more
        Cache *cache = cache_open(tree);
        Arena arena = {0};
        Str bytes, text = {(const char *)&i, sizeof i};
        for (uint32_t k = 0; k < 100; k++) {
            Digest key = digest_of((Str){(const char *)&k, sizeof k});
            assert_true(cache_find(cache, CACHE_FACTS, &key, &arena, &bytes));
        }
        Digest key = digest_of(text);
        cache_keep(cache, CACHE_FACTS, &key, text);
        assert_true(cache_find(cache, CACHE_FACTS, &key, &arena, &bytes)); // by the run that keeps it
        arena_release(&arena);
        cache_close(cache);
    }
    ask_for_facts(tree, 0, 111, 110);
    keep_facts(tree, 1000, 1400); // more than what is there, which nobody asked for
    ask_for_facts(tree, 0, 110, 110);
    keep_facts(tree, 2000, 2010);
    Cache *cache = cache_open(tree);
    assert_int_equal(cache_size(cache).entries, 1);
    cache_clear(cache);
    cache_close(cache);
}

static void test_a_cache_inside_the_tree_is_none(void **state) {
    assert_null(cache_open(str_from(*state)));
    cache_close(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries_come_back_by_their_key),
        cmocka_unit_test(test_facts_of_a_tree_are_together),
        cmocka_unit_test(test_a_cache_inside_the_tree_is_none),
    };
    return cmocka_run_group_tests(tests, make_home, remove_home);
}
