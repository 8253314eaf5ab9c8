// How long lines are where only a command says it, or nothing but that a formatter is used.
#include "testing.h"

#include "source/style_command.h"

static void commands_say_it_by_an_option(void **state) {
    (void)state;
    assert_int_equal(style_command_limit(STR("format:\n\tblack -l 100 app tests\n"), 88), 100);
    assert_int_equal(style_command_limit(STR("commands =\n    black --line-length=110 --check .\n"), 88), 110);
    assert_int_equal(style_command_limit(STR("    session.run(\"black\", \"--line-length\", \"95\", \".\")\n"), 88), 95);
    assert_int_equal(style_command_limit(STR("\tpoetry run black app\n"), 88), 88);
    assert_int_equal(style_command_limit(STR("\truff format --line-length 90 .\n"), 88), 90);
}

static void hooks_have_their_arguments_below(void **state) {
    (void)state;
    Str hooks = STR("repos:\n"
                    "  - repo: https://example.org/flake8\n"
                    "    hooks:\n"
                    "      - id: flake8\n"
                    "        args: [--max-line-length=120]\n"
                    "  - repo: https://example.org/black\n"
                    "    hooks:\n"
                    "      - id: black\n"
                    "        args:\n"
                    "          - --line-length\n"
                    "          - \"99\"\n"
                    "      - id: other\n"
                    "        args: [-l, \"50\"]\n");
    assert_int_equal(style_command_limit(hooks, 88), 99);
    assert_int_equal(style_command_limit(STR("  - id: black\n  - id: other\n    args: [-l, \"50\"]\n"), 88), 88);
    assert_int_equal(style_command_limit(STR("  - id: ruff-format\n"), 88), 88);
    assert_int_equal(style_command_limit(STR("      - uses: psf/black@24.1.0\n        with:\n"
                                             "          options: \"--check --line-length 90\"\n"),
                                         88),
                     90);
    assert_int_equal(style_command_limit(STR("      - run: black --check .\n"), 88), 88);
    assert_int_equal(style_command_limit(STR("  - id: ruff\n    args: [--line-length=50]\n"), 88), 0);
}

static void other_words_say_nothing(void **state) {
    (void)state;
    assert_int_equal(style_command_limit(STR("# black -l 100 was too wide\n"), 88), 0);
    assert_int_equal(style_command_limit(STR("deps =\n    black\n    flake8\n"), 88), 0);
    assert_int_equal(style_command_limit(STR("\t./black-box -l 100\n\techo the black sheep\n"), 88), 0);
    assert_int_equal(style_command_limit(STR("black:\n\tmake format\n"), 88), 0);
    assert_int_equal(style_command_limit(STR("\tls -l 100\n"), 88), 0);
}

static void lists_of_tools_name_black(void **state) {
    (void)state;
    assert_true(style_names_black(STR("pytest\nblack>=23.1\n")));
    assert_true(style_names_black(STR("dev = [\n  \"black\",\n]\n")));
    assert_true(style_names_black(STR("black = \"^24\"\n")));
    assert_false(style_names_black(STR("black-box==1\nblackjack\n# black\n")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_say_it_by_an_option),
        cmocka_unit_test(hooks_have_their_arguments_below),
        cmocka_unit_test(other_words_say_nothing),
        cmocka_unit_test(lists_of_tools_name_black),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
