// UTF-8 characters and their widths.
#include "testing.h"

#include "source/utf8.h"

static void characters_are_taken_one_by_one(void **state) {
    (void)state;
    Str rest = STR("a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80\xFF\xE4\xB8");
    const uint32_t expected[] = {'a',          0xE9,         0x4E2D,      0x1F600,
                                 UTF8_INVALID, UTF8_INVALID, UTF8_INVALID};
    for (size_t i = 0; i < 7; i++) assert_int_equal(utf8_code_point(utf8_take(&rest)), expected[i]);
    assert_int_equal(rest.length, 0);
}

static void validity(void **state) {
    (void)state;
    assert_int_equal(utf8_valid_length(STR("aé中😀")), 10);
    assert_int_equal(utf8_valid_length(STR_NONE), 0);
    assert_int_equal(utf8_valid_length(STR("ab\x80")), 2);
    assert_int_equal(utf8_valid_length(STR("\xF5\x80\x80\x80")), 0);
    assert_int_equal(utf8_valid_length(STR("\xE0\x9F\xBF")), 0);
    assert_int_equal(utf8_valid_length(STR("\xED\x9F\xBF\xEE\x80\x80")), 6); // around surrogates
}

static void showing(void **state) {
    (void)state;
    assert_int_equal(utf8_width('a'), 1);
    assert_int_equal(utf8_width(0x4E2D), 2);
    assert_int_equal(utf8_width(0x301), 0);
    assert_int_equal(utf8_width(0x1F600), 2);
    assert_true(utf8_is_printable(0x4E2D));
    assert_false(utf8_is_printable(0x1B));
    assert_false(utf8_is_printable(0x9B));
    assert_false(utf8_is_printable(0x202E));
}

static void json_is_escaped(void **state) {
    (void)state;
    static const struct {
        const char *given, *expected;
    } cases[] = {
        {"{\n \"a\": 1\n}\n", "{\n \"a\": 1\n}\n"},
        {"\"12345678\x7f\"", "\"12345678\\u007f\""}, // in the middle of a word of eight, and behind one
        {"\"\u202ecod\u2066\"", "\"\\u202ecod\\u2066\""},
        {"\"\xc2\x9b" "31m\"", "\"\\u009b31m\""},
        {"\"中文 é 😀\"", "\"中文 é 😀\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        StrBuf out = {0};
        utf8_add_json(&out, str_from(cases[i].given));
        assert_string_equal(strbuf_str(&out).data, cases[i].expected);
        strbuf_release(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_are_taken_one_by_one),
        cmocka_unit_test(validity),
        cmocka_unit_test(showing),
        cmocka_unit_test(json_is_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
