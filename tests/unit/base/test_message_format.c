// What a translation may do with the arguments of its message.
#include "testing.h"

#include "base/message_format.h"

static void fits_what_reads_the_same_arguments(void **state) {
    (void)state;
    assert_true(message_format_fits("%u of %s", "%2$s: %1$u"));
    assert_true(message_format_fits("%.*s in %lu", "%3$lu, %2$.*1$s"));
    assert_true(message_format_fits("%u file%s", "%u%.0s"));
    assert_true(message_format_fits("100 %%", "%% 100"));
    assert_false(message_format_fits("%u of %s", "%s of %u"));
    assert_false(message_format_fits("%u of %s", "%u"));
    assert_false(message_format_fits("%u", "%u %s"));
    assert_false(message_format_fits("%u", "%lu"));
    assert_false(message_format_fits("%s", "%1$s %3$s"));
    assert_false(message_format_fits("%s", "%n"));
    assert_false(message_format_fits("%s", "%999999$s"));
    assert_false(message_format_fits("%s", "%"));
}

// "it is a link" is a message, and so is a text of the program that is handed on with its length.
static const char LINK[] = "it is a link";

static const char *shout(const char *text) {
    return strcmp(text, LINK) == 0 ? "LINK" : strcmp(text, "link") == 0 ? "WORD" : text;
}

__attribute__((format(printf, 2, 4))) static void expect(const char *wanted, const char *key,
                                                         const char *translation, ...) {
    StrBuf out = {0};
    va_list arguments;
    va_start(arguments, translation);
    message_format_add(&out, key, translation, arguments, shout);
    va_end(arguments);
    assert_str(strbuf_str(&out), wanted);
    strbuf_release(&out);
}

static void puts_arguments_where_they_belong(void **state) {
    (void)state;
    expect("b before 7", "%u behind %s", "%2$s before %1$u", 7u, "b");
    expect("3 个文件", "%u file%s", "%u 个文件%.0s", 3u, "s");
    expect("[ 12] [-1] [0x2a] [1.50] [c] [%]", "%3u %d %x %.2f %c", "[%3u] [%d] [0x%x] [%.2f] [%c] [%%]", 12u, -1, 42u,
           1.5, 'c');
    expect("18446744073709551615 -9 4294967295", "%llu %lld %u", "%llu %lld %u", ~0ULL, -9LL, ~0U);
    expect("ab|", "%.*s|", "%.*s|", 2, "abc");
    expect("|", "%.*s|", "%.*s|", STR_ARG(STR_NONE));
}

static void widths_are_columns(void **state) {
    (void)state;
    expect("风险  |", "%-6s|", "%-6s|", "风险");
    expect("  风险|", "%*s|", "%*s|", 6, "风险");
    expect("风险  |", "%*s|", "%*s|", -6, "风险");
}

static void texts_of_the_program_are_messages(void **state) {
    (void)state;
    char users[] = "it is a link";
    expect("LINK", "%s", "%s", LINK);
    expect("LINK", "%.*s", "%.*s", (int)strlen(LINK), LINK);
    expect("it is", "%.*s", "%.*s", 5, LINK);
    expect("it is a link", "%s", "%s", users);
    expect("link", "%s", "%s", "link"); // a word may be a key
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_what_reads_the_same_arguments),
        cmocka_unit_test(puts_arguments_where_they_belong),
        cmocka_unit_test(widths_are_columns),
        cmocka_unit_test(texts_of_the_program_are_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
