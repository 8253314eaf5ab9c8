// Command lines: what each option sets, and that a wrong one ends with status 2 and a hint.
#include "temporary.h"

#include <sys/wait.h>

#include "base/message.h"
#include "cli/exit.h"
#include "cli/options.h"
#include "rule/rule.h"

enum { MOST_WORDS = 24 };

// Splits LINE at spaces; the first word is the command's name.
static void parse(Command command, const char *line, Options *options) {
    static char copy[256]; // argp may keep pointers into it until the parse ends
    char *words[MOST_WORDS + 1] = {0};
    int count = 0;
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " ")) {
        assert_true(count < MOST_WORDS);
        words[count++] = word;
    }
    options_parse(command, count, words, options);
}

// The exit status of a wrong command line; its message goes to a file in HERE.
static int status_of(Temporary *here, Command command, const char *line, Str *message) {
    Str path = temporary_path(here, "stderr");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        Options options;
        if (freopen(path.data, "w", stderr) == NULL) _exit(99);
        parse(command, line, &options);
        _exit(98);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(file_read(&here->arena, path, 0, message, NULL), FILE_OK);
    return WEXITSTATUS(status);
}

static void assert_wrong(Temporary *here, Command command, const char *line, const char *hint) {
    Str message = STR_NONE;
    assert_int_equal(status_of(here, command, line, &message), EXIT_WRONG);
    if (str_find_str(message, str_from(hint)) < 0)
        fail_msg("'%s' says \"%.*s\"", line, STR_ARG(message));
}

static void has_defaults(void **state) {
    (void)state;
    Options options;
    parse(COMMAND_DIFF, "diff", &options);
    assert_int_equal(options.context, 3);
    assert_int_equal(options.types.count, 0);
    assert_int_equal(options.verbosity, 0);
    assert_int_equal(options.color, COLOR_AUTO);
    assert_true(options.sources.threads >= 1);
    assert_int_equal(options.sources.size_limit, 0);
    options_release(&options);
}

static void reads_what_all_commands_share(void **state) {
    (void)state;
    Options options;
    parse(COMMAND_SCAN,
          "scan -C dir -j 3 --types objects,settings --include *.py --exclude a --exclude b "
          "--pack p --color=never -v src tests",
          &options);
    assert_str(options.sources.root, "dir");
    assert_int_equal(options.sources.threads, 3);
    assert_int_equal(options.types.count, 2);
    assert_str(options.types.items[1], "settings");
    assert_str(options.sources.include.items[0], "*.py");
    assert_int_equal(options.sources.exclude.count, 2);
    assert_str(options.packs.items[0], "p");
    assert_int_equal(options.color, COLOR_NEVER);
    assert_int_equal(options.verbosity, 1);
    assert_int_equal(options.sources.paths.count, 2);
    assert_str(options.sources.paths.items[1], "tests");
    options_release(&options);
}

static void reads_sizes(void **state) {
    (void)state;
    static const struct {
        const char *line;
        size_t size;
    } rows[] = {{"scan --size-limit 1", 1},
                {"scan --size-limit 64k", 65536},
                {"scan --size-limit=2M", 2097152},
                {"scan --size-limit=1G", 1073741824}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        Options options;
        parse(COMMAND_SCAN, rows[i].line, &options);
        assert_int_equal(options.sources.size_limit, rows[i].size);
        options_release(&options);
    }
}

static void reads_what_is_a_commands_own(void **state) {
    (void)state;
    Options options;
    parse(COMMAND_DIFF, "diff --stat --exit-code -U0", &options);
    assert_true(options.stat && options.exit_code);
    assert_int_equal(options.context, 0);
    options_release(&options);
    parse(COMMAND_SCAN, "scan --format json", &options);
    assert_int_equal(options.format, FORMAT_JSON);
    options_release(&options);
    parse(COMMAND_EXPLAIN, "explain a.b:3 src --format=json", &options);
    assert_str(options.query, "a.b:3");
    assert_int_equal(options.sources.paths.count, 1);
    assert_int_equal(options.format, FORMAT_JSON);
    options_release(&options);
    parse(COMMAND_APPLY, "apply --dry-run", &options);
    assert_true(options.dry_run);
    options_release(&options);
}

static void refuses_wrong_values_with_a_hint(void **state) {
    Temporary *here = *state;
    assert_wrong(here, COMMAND_DIFF, "diff --types=", "--types");
    assert_wrong(here, COMMAND_DIFF, "diff --types memory,", "--types");
    assert_wrong(here, COMMAND_DIFF, "diff --color allways", "did you mean 'always'?");
    assert_wrong(here, COMMAND_SCAN, "scan --format yaml", "known are: text, json");
    assert_wrong(here, COMMAND_SCAN, "scan -j 0", "--jobs");
    assert_wrong(here, COMMAND_SCAN, "scan -j 3x", "--jobs");
    assert_wrong(here, COMMAND_SCAN, "scan -j 99999999999999999999", "--jobs");
    assert_wrong(here, COMMAND_SCAN, "scan --size-limit K", "--size-limit");
    assert_wrong(here, COMMAND_SCAN, "scan --size-limit 1T", "--size-limit");
    assert_wrong(here, COMMAND_DIFF, "diff -U -1", "--unified");
    assert_wrong(here, COMMAND_EXPLAIN, "explain", "needs a name");
}

static void refuses_options_of_other_commands(void **state) {
    Temporary *here = *state;
    assert_wrong(here, COMMAND_SCAN, "scan --exit-code", "--exit-code");
    assert_wrong(here, COMMAND_APPLY, "apply --exit-code", "--exit-code");
    assert_wrong(here, COMMAND_DIFF, "diff --frobnicate", "--frobnicate");
}

static void speaks_the_language_of_the_catalogue(void **state) {
    static const MessageRow ROWS[] = {
        {"%s needs a name", "%s braucht einen Namen"},
        {"only these families", "nur diese"},
    };
    const MessageCatalogue catalogue = {ROWS, sizeof ROWS / sizeof *ROWS};
    Temporary *here = *state;
    message_use_catalogue(&catalogue);
    assert_wrong(here, COMMAND_DIFF, "diff --phase=", "E902]: --phase braucht einen Namen");
    char *help = option_translate(0, ROWS[1].key, NULL);
    assert_string_equal(help, "nur diese");
    message_use_catalogue(NULL);
    free(help); // as argp does
    assert_ptr_equal(option_translate(0, ROWS[1].key, NULL), ROWS[1].key);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_defaults),
        cmocka_unit_test(reads_what_all_commands_share),
        cmocka_unit_test(reads_sizes),
        cmocka_unit_test(reads_what_is_a_commands_own),
        temporary_test(speaks_the_language_of_the_catalogue),
        temporary_test(refuses_wrong_values_with_a_hint),
        temporary_test(refuses_options_of_other_commands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
