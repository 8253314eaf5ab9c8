// weft: threads a context parameter through a code base. This file only finds the command; each
// command is in cmd_NAME.c and what they share, the pipeline, in run.c.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/bug.h"
#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/exit.h"
#include "cli/manual.h"
#include "cli/version.h"

static void print_help(FILE *out) {
    fputs("Usage: weft COMMAND [OPTION...] [PATH...]\n"
          "Threads a context parameter through a Python code base.\n\n"
          "Commands:\n",
          out);
    size_t count;
    const CommandRow *commands = commands_all(&count);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].summary);
    fputs("\n'weft help COMMAND' shows the options of a command; 'weft completion bash', zsh or "
          "fish\n"
          "prints a completion script, 'weft --version -v' what this program is made of.\n\n"
          "Exit status: 0 done; 1 `diff --exit-code` found changes, `check` a broken limit, or "
          "`verify`\n"
          "a worse tree; 2 wrong command line, rules or plan; 3 done, but some files could not be "
          "read\n"
          "or parsed, or were left as they are; 4 the tree is not the one of the plan; 5 apply "
          "failed\n"
          "and was rolled back; 6 interrupted, to be resumed or rolled back; 70 no memory left. "
          "When\n"
          "several apply: 70, 6, 5, 4, 2, 3, 1; `verify` says 1 before 3.\n",
          out);
}

static int refuse_command(const char *given) {
    if (given[0] != '-') return commands_refuse(given);
    fprintf(stderr,
            "weft: error[E902]: options come after the command: weft COMMAND %s\n"
            "help: 'weft --help' lists the commands\n",
            given);
    return EXIT_WRONG;
}

// `weft help COMMAND` is `weft COMMAND --help`.
static int help(const char *name) {
    const CommandRow *command = commands_find(name);
    if (command == NULL) return commands_refuse(name);
    char argument[] = "--help", *argv[] = {(char *)name, argument, NULL};
    return command->run(2, argv);
}

static bool is_any(const char *given, const char *a, const char *b) {
    return strcmp(given, a) == 0 || strcmp(given, b) == 0;
}

int main(int argc, char **argv) {
    json_set_alloc_funcs(memory_alloc, free);
    const char *given = argc > 1 ? argv[1] : "", *next = argc > 2 ? argv[2] : NULL;
    if (argc < 2) {
        print_help(stderr);
        return EXIT_WRONG;
    }
    if (strcmp(given, "help") == 0 && next != NULL) return help(next);
    if (strcmp(given, "help") == 0 || is_any(given, "--help", "-h")) {
        print_help(stdout);
        return EXIT_DONE;
    }
    if (is_any(given, "--version", "-V")) {
        version_print(next != NULL && is_any(next, "-v", "--verbose"), stdout);
        return EXIT_DONE;
    }
    if (strcmp(given, "completion") == 0) return completion_print(next, stdout);
    if (strcmp(given, "manual") == 0) return manual_print(next, stdout);
    const CommandRow *command = commands_find(given);
    return command != NULL ? command->run(argc - 1, argv + 1) : refuse_command(given);
}
