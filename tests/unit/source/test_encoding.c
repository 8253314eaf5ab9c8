// Encodings: what is declared, decoded and written back.
#include "testing.h"

#include "source/encoding.h"

typedef struct Declared {
    const char *raw;
    const char *name; // NULL: refused
} Declared;

static void cookies_by_pep_263(void **state) {
    (void)state;
    static const Declared CASES[] = {
        {"", "UTF-8"},
        {"x = 1\n", "UTF-8"},
        {"# -*- coding: latin-1 -*-\n", "ISO-8859-1"},
        {"#!/usr/bin/python\n# vim: set fileencoding=gbk :\n", "GBK"},
        {"\n# coding: gbk\n", "GBK"},
        {"\r\n# coding: gbk\r\n", "GBK"},
        {" \t\f# coding=GB2312\n", "GB2312"},
        {"# coding: UTF_8\n", "UTF-8"},
        {"# coding: utf8\n", "UTF-8"},
        {"# coding: utf-8-sig\n", "UTF-8"},
        {"# coding: utf-8-unix\n", "UTF-8"},
        {"# coding: iso-8859-15\n", "ISO-8859-15"},
        {"# coding: cp936\n", "GBK"},
        {"# coding: Big5\n", "BIG5"},
        {"# coding: shift_jis\n", "CP932"},
        {"# coding: euc-kr\n", "EUC-KR"},
        {"# coding: windows-1251\n", "WINDOWS-1251"},
        {"# coding: ascii\n", "ASCII"},
        {"# encoding coding here, coding: gbk\n", "GBK"}, // the second "coding" counts
        {"# coding : gbk\n", "UTF-8"},                    // a blank before the colon: no cookie
        {"x = 1\n# coding: gbk\n", "UTF-8"},              // code on the first line
        {"#\n#\n# coding: gbk\n", "UTF-8"},               // third line
        {"x = '# coding: gbk'\n", "UTF-8"},
        {"\xEF\xBB\xBF# coding: utf-8\n", "UTF-8"},
        {"\xEF\xBB\xBF# coding: gbk\n", NULL},
        {"# coding: klingon\n", NULL},
        {"# coding: utf-16\n", NULL},
        {"# coding: cp037\n", NULL}, // EBCDIC: the cookie itself could not be read
    };
    Arena arena = {0};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Encoding encoding;
        Str reason = STR_NONE;
        bool good = encoding_detect(&arena, str_from(CASES[i].raw), &encoding, &reason);
        if (good != (CASES[i].name != NULL)) fail_msg("case %zu: '%s'", i, CASES[i].raw);
        if (good) assert_str(encoding.name, CASES[i].name);
        if (!good) assert_true(reason.length > 0);
    }
    arena_release(&arena);
}

// Decodes RAW, compares with EXPECTED, encodes and compares with RAW.
static void check_round_trip(Str raw, const char *expected) {
    Arena arena = {0};
    Encoding encoding;
    Str reason, text, again;
    size_t bad;
    assert_true(encoding_detect(&arena, raw, &encoding, &reason));
    assert_true(encoding_decode(&arena, &encoding, raw, &text, &bad));
    assert_str(text, expected);
    assert_true(encoding_encode(&arena, &encoding, text, &again));
    assert_true(str_equal(again, raw));
    arena_release(&arena);
}

static void round_trips(void **state) {
    (void)state;
    check_round_trip(STR(""), "");
    check_round_trip(STR("s = 'é中'"), "s = 'é中'");
    check_round_trip(STR("\xEF\xBB\xBFx\r\n"), "x\r\n");
    check_round_trip(STR("\xEF\xBB\xBF"), "");
    check_round_trip(STR("# coding: gbk\ns = '\xD6\xD0\xCE\xC4'"), "# coding: gbk\ns = '中文'");
    check_round_trip(STR("# coding: gb2312\r\n'\xD6\xD0'\r\n"), "# coding: gb2312\r\n'中'\r\n");
    check_round_trip(STR("# coding: latin-1\n'\xE9'\n"), "# coding: latin-1\n'é'\n");
    check_round_trip(STR("# coding: big5\n'\xA4\xA4'\n"), "# coding: big5\n'中'\n");
    check_round_trip(STR("# coding: sjis\n'\x93\xFA\\n~'\n"), "# coding: sjis\n'日\\n~'\n");
    check_round_trip(STR("# coding: euc-kr\n'\xC7\xD1'\n"), "# coding: euc-kr\n'한'\n");
    check_round_trip(STR("# coding: euc-jp\n'\xC6\xFC'\n"), "# coding: euc-jp\n'日'\n");
}

static void long_texts_pass_the_block_size(void **state) {
    (void)state;
    StrBuf raw = {0}, expected = {0};
    strbuf_add_text(&raw, "# coding: gbk\n");
    strbuf_add_text(&expected, "# coding: gbk\n");
    for (int i = 0; i < 20000; i++) {
        strbuf_add_text(&raw, i % 7 ? "\xD6\xD0" : "x");
        strbuf_add_text(&expected, i % 7 ? "中" : "x");
    }
    check_round_trip(strbuf_str(&raw), expected.data);
    strbuf_release(&raw);
    strbuf_release(&expected);
}

static size_t offset_of_bad_byte(Str raw) {
    Arena arena = {0};
    Encoding encoding;
    Str reason, text;
    size_t bad = 12345;
    assert_true(encoding_detect(&arena, raw, &encoding, &reason));
    assert_false(encoding_decode(&arena, &encoding, raw, &text, &bad));
    arena_release(&arena);
    return bad;
}

static void bad_bytes_have_an_offset(void **state) {
    (void)state;
    assert_int_equal(offset_of_bad_byte(STR("abc\xFF")), 3);
    assert_int_equal(offset_of_bad_byte(STR("\xEF\xBB\xBF"
                                            "ab\xC3")),
                     5);                                               // cut short; after a BOM
    assert_int_equal(offset_of_bad_byte(STR("\xC0\x80")), 0);          // overlong
    assert_int_equal(offset_of_bad_byte(STR("x\xED\xA0\x80")), 1);     // surrogate
    assert_int_equal(offset_of_bad_byte(STR("x\xF4\x90\x80\x80")), 1); // over U+10FFFF
    assert_int_equal(offset_of_bad_byte(STR("# coding: ascii\n\xE9")), 16);
    assert_int_equal(offset_of_bad_byte(STR("# coding: gbk\nx\xFF\xFF")), 15);
    assert_int_equal(offset_of_bad_byte(STR("# coding: gbk\nx\xD6")), 15); // half a character
}

static void what_does_not_fit_is_not_written(void **state) {
    (void)state;
    Arena arena = {0};
    Encoding encoding;
    Str reason, raw;
    assert_true(encoding_detect(&arena, STR("# coding: latin-1\n"), &encoding, &reason));
    assert_false(encoding_encode(&arena, &encoding, STR("中"), &raw));
    assert_true(encoding_encode(&arena, &encoding, STR("é"), &raw));
    assert_str(raw, "\xE9");
    assert_true(encoding_detect(&arena, STR("# coding: ascii\n"), &encoding, &reason));
    assert_false(encoding_encode(&arena, &encoding, STR("é"), &raw));
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cookies_by_pep_263),
        cmocka_unit_test(round_trips),
        cmocka_unit_test(long_texts_pass_the_block_size),
        cmocka_unit_test(bad_bytes_have_an_offset),
        cmocka_unit_test(what_does_not_fit_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
