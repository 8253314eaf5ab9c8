// Tokens of text that compilers and people write.
#include "clang/syntax/token.h"

#include "testing.h"

// The texts of TOKENS, joined by spaces.
static void join(Str text, const TokenList *list, StrBuf *out) {
    strbuf_clear(out);
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].kind == TOKEN_END) break;
        if (i) strbuf_add_char(out, ' ');
        strbuf_add(out, token_text(text, &list->items[i]));
    }
}

static void expect(const char *text, const char *wanted) {
    Tokens tokens;
    StrBuf out = {0};
    tokens_read(str_from(text), &tokens);
    join(str_from(text), &tokens.list, &out);
    assert_string_equal(out.data ? out.data : "", wanted);
    strbuf_release(&out);
    tokens_release(&tokens);
}

static void test_signs(void **state) {
    (void)state;
    expect("a->b=c==d...e##f", "a -> b = c == d ... e ## f");
    expect("x=1.5e+3f+.5-0x1p-2;", "x = 1.5e+3f + .5 - 0x1p-2 ;");
    expect("L\"w\" u8\"x\" 'a' '\\''", "L\"w\" u8\"x\" 'a' '\\''");
}

static void test_white(void **state) {
    (void)state;
    expect("a/* b */c // d\\\n e\nf", "a c f");
    expect("ab\\\ncd", "ab cd"); // a name that is cut in two: nobody writes that
    expect("\"a\\\nb\" c", "\"a\\\nb\" c");
}

static void test_directives(void **state) {
    (void)state;
    Str text = STR("#if A /* x\n y */\n# define F(a, b) a + \\\n b\n#include <x.h>\n#else\n#error don't\n#endif\nz");
    Tokens tokens;
    StrBuf out = {0};
    tokens_read(text, &tokens);
    const TokenKind kinds[] = {TOKEN_IF, TOKEN_MACRO, TOKEN_INCLUDE, TOKEN_ELSE, TOKEN_ENDIF, TOKEN_NAME, TOKEN_END};
    assert_int_equal(tokens.list.count, 7);
    for (uint32_t i = 0; i < 7; i++) assert_int_equal(tokens.list.items[i].kind, kinds[i]);
    assert_false(tokens.unfinished);
    assert_true(tokens.bodies.items[0].head.count > 0);
    join(text, &tokens.bodies.items[0].tokens, &out);
    assert_string_equal(out.data, "a + b");
    strbuf_release(&out);
    tokens_release(&tokens);
}

static void test_unfinished(void **state) {
    (void)state;
    const struct {
        const char *text;
        uint32_t fault;
    } cases[] = {{"a /* b", 2}, {"a \"b\n c", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Tokens tokens;
        tokens_read(str_from(cases[i].text), &tokens);
        assert_true(tokens.unfinished);
        assert_int_equal(tokens.fault, cases[i].fault);
        tokens_release(&tokens);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_signs), cmocka_unit_test(test_white),
                                       cmocka_unit_test(test_directives), cmocka_unit_test(test_unfinished)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
