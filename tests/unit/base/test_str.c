// Str and StrBuf.
#include "testing.h"

#include "base/str.h"

static void comparing(void **state) {
    (void)state;
    assert_true(str_equal(STR_NONE, STR("")));
    assert_true(str_equal((Str){"a\0b", 3}, (Str){"a\0b", 3}));
    assert_false(str_equal((Str){"a\0b", 3}, (Str){"a\0c", 3}));
    assert_true(str_compare(STR("ab"), STR("abc")) < 0);
    assert_true(str_compare(STR("b"), STR("abc")) > 0);
    assert_true(str_compare(STR("\xff"), STR("a")) > 0); // bytes are unsigned
    assert_int_equal(str_compare(STR_NONE, STR("")), 0);
    assert_true(str_starts_with(STR("abc"), STR("ab")));
    assert_false(str_starts_with(STR("a"), STR("ab")));
    assert_true(str_ends_with(STR("abc"), STR("bc")));
    assert_true(str_ends_with(STR("abc"), STR_NONE));
    assert_true(str_hash(STR("a")) != str_hash(STR("b")));
}

static void slicing_is_clamped(void **state) {
    (void)state;
    assert_str(str_slice(STR("hello"), 1, 3), "el");
    assert_str(str_slice(STR("hello"), 3, 100), "lo");
    assert_str(str_slice(STR("hello"), 9, 100), "");
    assert_str(str_slice(STR("hello"), 4, 2), "");
    assert_str(str_slice(STR_NONE, 0, 5), "");
    assert_str(str_trim(STR(" \t\r\n a b \n")), "a b");
    assert_str(str_trim(STR("  ")), "");
}

static void finding(void **state) {
    (void)state;
    assert_int_equal(str_find(STR("a.b.c"), '.'), 1);
    assert_int_equal(str_find_last(STR("a.b.c"), '.'), 3);
    assert_int_equal(str_find(STR_NONE, '.'), -1);
    assert_int_equal(str_find_last(STR("abc"), '.'), -1);
    assert_int_equal(str_find_str(STR("abcabd"), STR("abd")), 3);
    assert_int_equal(str_find_str(STR("abc"), STR("")), 0);
    assert_int_equal(str_find_str(STR("ab"), STR("abc")), -1);
    assert_int_equal(str_find_word(STR("lookup, x.look"), STR("look")), 10);
    assert_int_equal(str_find_word(STR("\xc3\xa9" "a a_"), STR("a")), -1);
    assert_int_equal(str_find_word(STR(""), STR("a")), -1);
    assert_int_equal(str_find_word(STR("a"), STR("")), -1);
}

static void splitting_keeps_empty_parts(void **state) {
    (void)state;
    Str rest = STR("a..b."), part;
    const char *const expected[] = {"a", "", "b", ""};
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_split_next(&rest, '.', &part));
        assert_str(part, expected[i]);
    }
    assert_false(str_split_next(&rest, '.', &part));
    rest = STR("");
    assert_true(str_split_next(&rest, '.', &part)); // one empty part
    assert_false(str_split_next(&rest, '.', &part));
}

static void distances(void **state) {
    (void)state;
    assert_int_equal(str_distance(STR("kitten"), STR("sitting")), 3);
    assert_int_equal(str_distance(STR(""), STR("abc")), 3);
    assert_int_equal(str_distance(STR("abc"), STR_NONE), 3);
    assert_int_equal(str_distance(STR("same"), STR("same")), 0);
    char word[65];
    memset(word, 'a', sizeof word);
    assert_true(str_distance((Str){word, 65}, STR("a")) > 64);
    assert_int_equal(str_distance((Str){word, 64}, (Str){word, 63}), 1);
    assert_int_equal(str_distance_within(STR("kitten"), STR("sitting"), 3), 3);
    assert_true(str_distance_within(STR("kitten"), STR("sitting"), 2) > 2);
    assert_int_equal(str_distance_within(STR("abcxdef"), STR("abcdef"), 1), 1);
    assert_int_equal(str_distance_within(STR("aaa"), STR("aa"), 1), 1);
}

// What is looked at no farther than needed is the same distance, or too far as well.
static void distances_within(void **state) {
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        char a[12], b[12];
        for (size_t i = 0; i < sizeof a; i++) {
            seed = seed * 1664525u + 1013904223u;
            a[i] = (char)('a' + (seed >> 16) % 3);
            b[i] = (char)('a' + (seed >> 24) % 3);
        }
        Str left = {a, (seed >> 8) % (sizeof a + 1)}, right = {b, (seed >> 4) % (sizeof b + 1)};
        size_t whole = str_distance(left, right);
        for (size_t most = 0; most < 14; most++) {
            size_t found = str_distance_within(left, right, most);
            assert_true(whole <= most ? found == whole : found > most);
        }
    }
}

static void buffers_are_always_terminated(void **state) {
    (void)state;
    StrBuf buffer = {0};
    assert_str(strbuf_str(&buffer), "");
    strbuf_clear(&buffer);
    strbuf_add(&buffer, STR_NONE);
    assert_string_equal(buffer.data, "");
    for (int i = 0; i < 1000; i++) strbuf_addf(&buffer, "%d,", i);
    assert_int_equal(strlen(buffer.data), buffer.length);
    assert_true(str_ends_with(strbuf_str(&buffer), STR("998,999,")));
    strbuf_clear(&buffer);
    strbuf_add_text(&buffer, "ab");
    strbuf_add_char(&buffer, '\0');
    strbuf_add_repeat(&buffer, 'x', 3);
    assert_int_equal(buffer.length, 6);
    assert_memory_equal(buffer.data, "ab\0xxx", 7);
    strbuf_release(&buffer);
    strbuf_add_repeat(&buffer, 'y', 0);
    assert_string_equal(buffer.data, "");
    strbuf_release(&buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing), cmocka_unit_test(slicing_is_clamped),
        cmocka_unit_test(finding),   cmocka_unit_test(splitting_keeps_empty_parts),
        cmocka_unit_test(distances), cmocka_unit_test(distances_within),
        cmocka_unit_test(buffers_are_always_terminated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
