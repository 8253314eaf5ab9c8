// Paths as git writes them.
#include "testing.h"

#include "patch/quote.h"

static void assert_quoted(const char *path, const char *expected) {
    StrBuf out = {0};
    quote_path(&out, "a/", str_from(path));
    assert_str(strbuf_str(&out), expected);
    strbuf_release(&out);
}

static void leaves_plain_paths_alone(void **state) {
    (void)state;
    assert_quoted("src/a.py", "a/src/a.py");
    assert_quoted("with space/it's.py", "a/with space/it's.py");
}

static void quotes_odd_paths(void **state) {
    (void)state;
    assert_quoted("\xe4\xbd\xa0.py", "\"a/\\344\\275\\240.py\"");
    assert_quoted("a\tb\n\"c\\d.py", "\"a/a\\tb\\n\\\"c\\\\d.py\"");
    assert_quoted("\x1b[31m\x7f.py", "\"a/\\033[31m\\177.py\"");
    assert_quoted("\a\b\v\f\r", "\"a/\\a\\b\\v\\f\\r\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_plain_paths_alone),
        cmocka_unit_test(quotes_odd_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
