// weft: threads a context parameter through a code base. This file only finds the command; each
// command is in cmd_NAME.c and what they share, the pipeline, in run.c.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "base/bug.h"
#include "base/message.h"
#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/exit.h"
#include "cli/language.h"
#include "cli/manual.h"
#include "cli/version.h"
#include "report/wrap.h"
#include "manage/child.h"

static const struct {
    int number;
    const char *text;
} STATUSES[] = {
#define EXIT_STATUS(NAME, number, text) {number, text},
#include "cli/exit_codes.def"
#undef EXIT_STATUS
};

enum { WIDTH = 79, STATUS_COLUMN = 6, SUMMARY_COLUMN = 12 };

// HEAD, which is COLUMN wide, and behind it TEXT, in lines of a terminal.
static void print_beside(FILE *out, const char *head, uint32_t column, const char *text) {
    StrBuf lines = {0};
    strbuf_add_text(&lines, head);
    wrap_add(&lines, str_from(text), column, column, WIDTH);
    fprintf(out, "%.*s\n", STR_ARG(strbuf_str(&lines)));
    strbuf_release(&lines);
}

static void print_command(FILE *out, const CommandRow *command) {
    char head[SUMMARY_COLUMN + 1];
    snprintf(head, sizeof head, "  %-9s ", command->name);
    print_beside(out, head, SUMMARY_COLUMN, message_text(command->summary));
}

static void print_status(FILE *out, int number, const char *text) {
    char head[16];
    snprintf(head, sizeof head, "  %2d  ", number);
    print_beside(out, head, STATUS_COLUMN, message_text(text));
}

static void print_help(FILE *out) {
    fprintf(out, "%s\n%s\n\n%s\n", message_text("Usage: weft COMMAND [OPTION...] [PATH...]"),
            message_text("Threads a context parameter through a code base."),
            message_text("Commands:"));
    size_t count;
    const CommandRow *commands = commands_all(&count);
    for (size_t i = 0; i < count; i++)
        print_command(out, &commands[i]);
    fprintf(out, "\n");
    print_beside(out, "", 0,
                 message_text("'weft help COMMAND' shows the options of a command; 'weft completion bash', zsh or fish "
                              "prints a completion script, 'weft --version -v' what this program is made of."));
    fprintf(out, "\n%s\n", message_text("Exit status:"));
    for (size_t i = 0; i < sizeof STATUSES / sizeof *STATUSES; i++)
        print_status(out, STATUSES[i].number, STATUSES[i].text);
    fprintf(
        out, "%s\n",
        message_text("When several apply: 70, 6, then 5, 4, 2, 3, 1; `verify` says 1 before 3."));
}

static int refuse_command(const char *given) {
    if (given[0] != '-') return commands_refuse(given);
    message_print(stderr,
                  "weft: error[E902]: options come after the command: weft COMMAND %s\n"
                  "help: 'weft --help' lists the commands\n",
                  given);
    return EXIT_WRONG;
}

// `weft help COMMAND` is `weft COMMAND --help`, and `weft help data plan` is `weft data plan --help`.
static int help(int argc, char **words) {
    const CommandRow *command = commands_find(words[0]);
    if (command == NULL) return commands_refuse(words[0]);
    char argument[] = "--help", *argv[] = {words[0], argument, NULL, NULL};
    bool has_word = argc > 1 && words[1][0] != '-' && command->words != NULL;
    if (has_word) {
        argv[1] = words[1];
        argv[2] = argument;
    }
    return command->run(has_word ? 3 : 2, argv);
}

static bool is_any(const char *given, const char *a, const char *b) {
    return strcmp(given, a) == 0 || strcmp(given, b) == 0;
}

// What `weft migrate` hands to a command of its own is for that one alone, not for what it starts.
static void keep_descriptors(void) {
    if (getenv(MANAGER_VARIABLE) == NULL) return;
    unsetenv(MANAGER_VARIABLE);
    close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
}

static void go_on(int number) { (void)number; }

// A file that reaches the limit of sizes (`ulimit -f`) is a disk without room, and not the end of weft in the middle of
// something. By a handler, which programs that weft starts do not inherit, as they would that it is ignored.
static void survive_large_files(void) {
    struct sigaction action = {.sa_handler = go_on, .sa_flags = SA_RESTART};
    sigaction(SIGXFSZ, &action, NULL);
}

// How many words before the command are about the language.
static int count_language(int argc, char **argv) {
    int count = 0;
    while (count + 1 < argc && strncmp(argv[count + 1], "--lang", 6) == 0) {
        const char *rest = argv[count + 1] + 6;
        if (*rest != '=' && (*rest != '\0' || count + 2 >= argc)) break;
        count += *rest == '=' ? 1 : 2;
    }
    return count;
}

// weft -C DIR COMMAND, as git has it, is weft COMMAND -C DIR.
static int run_elsewhere(int argc, char **argv) {
    const CommandRow *command = commands_find(argv[3]);
    if (command == NULL) return commands_refuse(argv[3]);
    bool has_word = argc > 4 && command->words != NULL && argv[4][0] != '-';
    int words = has_word ? 2 : 1;
    char *option = argv[1], *folder = argv[2];
    memmove(&argv[1], &argv[3], (size_t)words * sizeof *argv);
    argv[1 + words] = option;
    argv[2 + words] = folder;
    return command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv) {
    keep_descriptors();
    survive_large_files();
    json_set_alloc_funcs(memory_alloc, free);
    language_begin(argc, argv);
    int before = count_language(argc, argv); // weft --lang zh COMMAND
    argc -= before;
    argv += before;
    const char *given = argc > 1 ? argv[1] : "", *next = argc > 2 ? argv[2] : NULL;
    if (argc < 2) {
        print_help(stderr);
        return EXIT_WRONG;
    }
    if (strcmp(given, "help") == 0 && next != NULL) return help(argc - 2, argv + 2);
    if (strcmp(given, "help") == 0 || is_any(given, "--help", "-h")) {
        print_help(stdout);
        return EXIT_DONE;
    }
    if (is_any(given, "--version", "-V")) {
        version_print(next != NULL && is_any(next, "-v", "--verbose"), stdout);
        return EXIT_DONE;
    }
    if (strcmp(given, "-C") == 0 && argc > 3) return run_elsewhere(argc, argv);
    if (strcmp(given, "completion") == 0) return completion_print(next, stdout);
    if (strcmp(given, "manual") == 0) return manual_print(next, stdout);
    const CommandRow *command = commands_find(given);
    return command != NULL ? command->run(argc - 1, argv + 1) : refuse_command(given);
}
