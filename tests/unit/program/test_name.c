// Names of a program that is made by hand, without a front end: what they mean below an import root, and
// what they do not.
#include "testing.h"

#include "program/name.h"

typedef struct Made {
    Facts facts;
    Rules rules;
    Program program;
} Made;

static const char *const NAMES[] = {"src.app.state", "src.app.bot", "src.app.bot.Bot",
                                    "src.app.bot.Bot.run", "app.bot"};
enum { STATE, BOT, BOT_CLASS, BOT_RUN, BOT_PATH };

static Name name_of(Made *made, int index) {
    return intern(made->facts.names, str_from(NAMES[index]));
}

// `import app.bot` leads to src.app.bot.
static int open_program(void **state) {
    static Made made;
    static const Sources none;
    made = (Made){.rules = {.pack = STR_NONE}};
    facts_init(&made.facts, &none);
    vec_push(&made.facts.modules)->name = name_of(&made, STATE);
    vec_push(&made.facts.modules)->name = name_of(&made, BOT);
    vec_push(&made.facts.classes)->qualified = name_of(&made, BOT_CLASS);
    vec_push(&made.facts.functions)->qualified = name_of(&made, BOT_RUN);
    ImportFact *import = vec_push(&made.facts.imports);
    import->path = name_of(&made, BOT_PATH);
    import->target = (ModuleId){2};
    program_build(&made.program, &made.facts, &made.rules);
    *state = &made;
    return 0;
}

static int close_program(void **state) {
    Made *made = *state;
    program_release(&made->program);
    facts_release(&made->facts);
    return 0;
}

static void rows_are_found_by_either_name(void **state) {
    const Program *program = &((Made *)*state)->program;
    assert_int_equal(program_find_module(program, STR("app.state")).index, 1);
    assert_int_equal(program_find_module(program, STR("src.app.bot")).index, 2);
    assert_int_equal(program_find_class(program, STR("app.bot.Bot")).index, 1);
    assert_int_equal(program_find_class(program, STR("src.app.bot.Bot")).index, 1);
    assert_int_equal(program_find_function(program, STR("app.bot.Bot.run")).index, 1);
    assert_int_equal(program_find_class(program, STR("bot.Bot")).index, 0);
    assert_int_equal(program_find_module(program, STR("other.app.bot")).index, 0);
}

static void patterns_match_either_name(void **state) {
    const Program *program = &((Made *)*state)->program;
    assert_true(program_name_matches(program, STR("app.*.Bot"), STR("src.app.bot.Bot")));
    assert_true(program_name_matches(program, STR("src.app.*.Bot"), STR("src.app.bot.Bot")));
    assert_false(program_name_matches(program, STR("bot.*"), STR("src.app.bot.Bot")));
    assert_false(program_name_matches(program, STR("app.*"), STR("other.app.bot")));
}

static void texts_are_the_same_name_or_not(void **state) {
    const Program *program = &((Made *)*state)->program;
    assert_true(program_is_named(program, STR("app.iso.scoped"), STR("src.app.iso.scoped")));
    assert_true(program_is_named(program, STR("lib.scoped"), STR("lib.scoped")));
    assert_false(program_is_named(program, STR("iso.scoped"), STR("src.app.iso.scoped")));
    assert_false(program_is_named(program, STR_NONE, STR("src.app")));
    assert_true(program_is_below(program, STR("app.iso"), STR("src.app.iso.context")));
    assert_true(program_is_below(program, STR("app.iso"), STR("app.iso")));
    assert_false(program_is_below(program, STR("app.iso"), STR("src.app.isolation")));
    Str imported = program_imported_name(program, STR("src.app.bot.Bot"));
    assert_true(str_is(imported, "app.bot.Bot"));
    assert_true(str_is(program_imported_name(program, STR("src")), "src"));
}

#define program_test(function)                                                                     \
    cmocka_unit_test_setup_teardown(function, open_program, close_program)

int main(void) {
    const struct CMUnitTest tests[] = {
        program_test(rows_are_found_by_either_name),
        program_test(patterns_match_either_name),
        program_test(texts_are_the_same_name_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
