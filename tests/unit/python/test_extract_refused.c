// Files that are not Python 3, or that nest beyond reason: refused, never crashed on.
#include "python/support_extract.h"

static void syntax_errors(void **state) {
    (void)state;
    assert_refused(STR("x = 1\ndef f(:\n  pass\n"), "does not parse", 2, 7);
    assert_refused(STR("x = (\n"), "does not parse", 1, 1);
    assert_refused(STR("x = a as b\n"), "does not parse: 'as' is not possible", 1, 5);
    assert_refused(STR("def f():\n  return 1 +\n"), "does not parse", 2, 3);
}

static void several_errors(void **state) {
    (void)state;
    Extract extract;
    assert_false(
        extract_open(&extract, "a.py", STR("def f(:\n  pass\ndef g(:\n  pass\ndef h(:\n  pass\n")));
    assert_int_equal(extract.diagnostics.list.count, 1);
    assert_int_equal(extract.diagnostics.unreadable_count, 1);
    assert_str(extract.diagnostics.list.items[0].note,
               "3 errors in all, the next on lines 3 and 5");
    extract_close(&extract);
}

static void python_2(void **state) {
    (void)state;
    assert_refused(STR("x = 1\nprint x\n"), "print statement is Python 2", 2, 1);
    assert_refused(STR("print >>f, x\n"), "print statement is Python 2", 1, 1);
    assert_refused(STR("exec 'x'\n"), "exec statement is Python 2", 1, 1);
    assert_refused(STR("x = a <> b\n"), "'<>' is Python 2", 1, 7);
    assert_refused(STR("raise A, b\n"), "raise with a comma is Python 2", 1, 7);
    assert_refused(STR("def f((a, b)): pass\n"), "a tuple as parameter is Python 2", 1, 7);
    assert_refused(STR("x = `a`\n"), "backquotes are Python 2", 1, 5);
    assert_refused(STR("[x for x in 1, 2]\n"), "needs parentheses", 1, 4);
    assert_dumps("print(x)\nprint\nexec(x)\n", "callee=(name print)");
}

static void missing_parts(void **state) {
    (void)state;
    assert_refused(STR("def f():\nx = 1\n"), "indented block is missing", 1, 9);
    assert_refused(STR("x = {y:=}\n"), "':=' needs a value", 1, 6);
    assert_refused(STR("a = b += 1\n"), "augmented assignment", 1, 5);
}

static Str repeated(StrBuf *buffer, const char *head, const char *open, const char *middle,
                    const char *close, uint32_t count) {
    strbuf_add_text(buffer, head);
    for (uint32_t i = 0; i < count; i++) strbuf_add_text(buffer, open);
    strbuf_add_text(buffer, middle);
    for (uint32_t i = 0; i < count; i++) strbuf_add_text(buffer, close);
    strbuf_add_text(buffer, "\n");
    return strbuf_str(buffer);
}

static bool accepts(const char *head, const char *open, const char *middle, const char *close,
                    uint32_t count) {
    StrBuf buffer = {0};
    Extract extract;
    bool accepted =
        extract_open(&extract, "a.py", repeated(&buffer, head, open, middle, close, count));
    if (!accepted) {
        Str message = extract.diagnostics.list.items[0].message;
        assert_true(str_ends_with(message, STR("nested too deeply")));
    }
    extract_close(&extract);
    strbuf_release(&buffer);
    return accepted;
}

static void depth(void **state) {
    (void)state;
    assert_true(accepts("x = ", "[", "1", "]", 900));
    assert_false(accepts("x = ", "[", "", "]", 20000));
    assert_false(accepts("x = ", "f(", "", ")", 5000));
    assert_false(accepts("x = a", ".b()", "", "", 5000));
    assert_false(accepts("x = ", "lambda: ", "1", "", 5000));
    assert_false(accepts("x = ", "not ", "1", "", 5000));
    assert_false(accepts("x = ", "a if b else ", "1", "", 5000));
    // Parentheses, chains of operators and of assignments are as shallow as they read.
    assert_true(accepts("x = ", "(", "1", ")", 20000));
    assert_true(accepts("x = ", "'a' + ", "1", "", 10000));
    assert_true(accepts("x = ", "a or ", "1", "", 10000));
    assert_true(accepts("", "a = ", "1", "", 10000));
    assert_true(accepts("x: ", "a | ", "b", "", 10000));
}

static void counting(void **state) {
    (void)state;
    uint32_t first = 7;
    assert_int_equal(python_count_errors(STR("x = 1\n"), &first), 0);
    assert_int_equal(python_count_errors(STR("x = 1\ndef f(:\n  pass\n"), &first), 1);
    assert_int_equal(first, 12);
    assert_int_equal(python_count_errors(STR("x = f'{a:=}'\n"), &first), 0);
    assert_int_equal(python_count_errors(STR(""), &first), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syntax_errors), cmocka_unit_test(several_errors),
        cmocka_unit_test(python_2),      cmocka_unit_test(missing_parts),
        cmocka_unit_test(depth),         cmocka_unit_test(counting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
