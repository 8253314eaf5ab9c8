// Statements laid out, by exact text: what black 24 makes of each within so many columns.
#include "base/arena.h"
#include "python/style/statement.h"
#include "testing.h"

typedef struct StyleCase {
    uint32_t limit;
    const char *line, *wanted;
} StyleCase;

static void lay_out(const StyleCase *one, Str text, const char *wanted) {
    Arena arena = {0};
    Laid laid = {0};
    StatementStyle style = {.limit = one->limit, .level = STR("    "), .newline = STR("\n")};
    assert_true(statement_lay_out(&arena, &style, text, &laid));
    assert_string_equal(laid.text.data, wanted);
    assert_true(statement_is_laid_out(&arena, &style, str_from(wanted)));
    laid_release(&laid);
    arena_release(&arena);
}

// From one line, and again from the lines that it became.
static void statements(void **state) {
    (void)state;
    const StyleCase cases[] = {
        {40, "total = add(first(x, ctx=ctx), second, third)",
         "total = add(\n"
         "    first(x, ctx=ctx), second, third\n"
         ")"},
        {36, "return first_name + second_name + third_name_of_it",
         "return (\n"
         "    first_name\n"
         "    + second_name\n"
         "    + third_name_of_it\n"
         ")"},
        {40, "result = session.query(User).filter(User.id == ident).one()",
         "result = (\n"
         "    session.query(User)\n"
         "    .filter(User.id == ident)\n"
         "    .one()\n"
         ")"},
        {40, "def method(self, one, two, *, ctx: Context | None = None) -> str:",
         "def method(\n"
         "    self,\n"
         "    one,\n"
         "    two,\n"
         "    *,\n"
         "    ctx: Context | None = None,\n"
         ") -> str:"},
        {40, "def single(self_and_only_parameter_that_is_long) -> None:",
         "def single(\n"
         "    self_and_only_parameter_that_is_long,\n"
         ") -> None:"},
        {40, "if first_condition(a) and second_condition(b):",
         "if first_condition(\n"
         "    a\n"
         ") and second_condition(b):"},
        {40, "for key, value in something(with_arguments, here).items():",
         "for key, value in something(\n"
         "    with_arguments, here\n"
         ").items():"},
        {40, "value = one_thing(a) if condition_of_it else other_thing(b)",
         "value = (\n"
         "    one_thing(a)\n"
         "    if condition_of_it\n"
         "    else other_thing(b)\n"
         ")"},
        {40, "call(key, one_thing(a) if condition else other(b), last)",
         "call(\n"
         "    key,\n"
         "    (\n"
         "        one_thing(a)\n"
         "        if condition\n"
         "        else other(b)\n"
         "    ),\n"
         "    last,\n"
         ")"},
        {40, "assert some_function(argument) == {\"key\": \"value\"}, \"text\"",
         "assert some_function(argument) == {\n"
         "    \"key\": \"value\"\n"
         "}, \"text\""},
        {40, "items[first_key_of][second_key_of] = compute(value, ctx)",
         "items[first_key_of][second_key_of] = (\n"
         "    compute(value, ctx)\n"
         ")"},
        {40, "names = [name for name in all_names if name.startswith(prefix)]",
         "names = [\n"
         "    name\n"
         "    for name in all_names\n"
         "    if name.startswith(prefix)\n"
         "]"},
        {36, "answer = await self.client.send(message, timeout=10, ctx=ctx)",
         "answer = await self.client.send(\n"
         "    message, timeout=10, ctx=ctx\n"
         ")"},
        {40, "x = {\"first\": one, \"second\": two, \"third\": three}",
         "x = {\n"
         "    \"first\": one,\n"
         "    \"second\": two,\n"
         "    \"third\": three,\n"
         "}"},
        {40, "call(argument)(other_argument)(yet_another_argument, z)",
         "call(argument)(other_argument)(\n"
         "    yet_another_argument, z\n"
         ")"},
        {40, "call(\"text that is long\" \"and goes on here\", ctx=ctx)",
         "call(\n"
         "    \"text that is long\"\n"
         "    \"and goes on here\",\n"
         "    ctx=ctx,\n"
         ")"},
        {40, "text = \"a string that is much too long for the line %s\" % name",
         "text = (\n"
         "    \"a string that is much too long for the line %s\"\n"
         "    % name\n"
         ")"},
        {40, "self.attribute_of_it: Dict[str, Value] = make(value, ctx)",
         "self.attribute_of_it: Dict[\n"
         "    str, Value\n"
         "] = make(value, ctx)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lay_out(&cases[i], str_from(cases[i].line), cases[i].wanted);
        lay_out(&cases[i], str_from(cases[i].wanted), cases[i].wanted);
    }
}

// What has no layout: strings of several lines, backslashes, a block on the line of its header, two statements.
static void refused(void **state) {
    (void)state;
    const char *const texts[] = {"x = \"\"\"a\nb\"\"\"", "x = 1 + \\\n    2", "if x: y()", "x = 1; y = 2", "f(", "f(]",
                                 "import a", "x = 1,"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Arena arena = {0};
        Laid laid = {0};
        StatementStyle style = {.limit = 10, .level = STR("    "), .newline = STR("\n")};
        assert_false(statement_lay_out(&arena, &style, str_from(texts[i]), &laid));
        laid_release(&laid);
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
