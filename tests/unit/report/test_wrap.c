// Lines of a terminal, in scripts with spaces and without.
#include "testing.h"

#include "report/wrap.h"

static void expect(const char *text, uint32_t width, const char *wanted) {
    StrBuf out = {0};
    wrap_add(&out, str_from(text), 2, 2, width);
    assert_str(strbuf_str(&out), wanted);
    strbuf_release(&out);
}

static void breaks_at_spaces(void **state) {
    (void)state;
    expect("one two three", 10, "one two\n  three");
    expect("a-word-that-is-too-long for it", 10, "a-word-that-is-too-long\n  for it");
    expect("one\n\ntwo", 10, "one\n  \n  two");
}

static void breaks_beside_wide_characters(void **state) {
    (void)state;
    expect("把文件写入磁盘", 10, "把文件写\n  入磁盘");
    expect("写入 FILE，否则不写", 13, "写入 FILE，\n  否则不写");
}

static void marks_stay_with_their_words(void **state) {
    (void)state;
    expect("一二三四。五", 10, "一二三\n  四。五");
    expect("一二三（四）", 10, "一二三\n  （四）");
}

static void counts_columns(void **state) {
    (void)state;
    assert_int_equal(wrap_columns(STR("FILE，文件")), 10);
    assert_int_equal(wrap_columns(STR_NONE), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(breaks_at_spaces),
        cmocka_unit_test(breaks_beside_wide_characters),
        cmocka_unit_test(marks_stay_with_their_words),
        cmocka_unit_test(counts_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
