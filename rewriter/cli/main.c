// weft: threads a context parameter through a code base. This file only finds the command; each
// command is in cmd_NAME.c and what they share, the pipeline, in run.c.
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "base/bug.h"
#include "cli/cmd.h"
#include "cli/exit.h"
#include "cli/near.h"

typedef struct CommandRow {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *summary;
} CommandRow;

static const CommandRow COMMANDS[] = {
    {"scan", cmd_scan, "list every access that needs the context"},
    {"diff", cmd_diff, "show what would change, as a unified diff"},
    {"plan", cmd_plan, "write the change as a plan file, for review and `apply --plan`"},
    {"apply", cmd_apply, "write the changes, all or nothing"},
    {"report", cmd_report, "say how much there is to migrate, and how risky it is"},
    {"status", cmd_status, "list what weft has done to the tree, and whether it is finished"},
    {"resume", cmd_resume, "finish what was interrupted"},
    {"rollback", cmd_rollback, "take a run back, byte for byte"},
    {"prune", cmd_prune, "forget old runs and what they keep"},
    {"check", cmd_check, "fail when the tree breaks a limit: the gate for CI"},
    {"verify", cmd_verify, "judge a tree after migration, beside the tree before"},
    {"trust", cmd_trust, "allow the commands that a tree's weft.yml names for `verify`"},
    {"init", cmd_init, "look at a tree and write a weft.yml to begin with"},
    {"rules", cmd_rules, "list, check, test and begin rule packs"},
    {"explain", cmd_explain, "say why something is changed, bridged or refused"},
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof COMMANDS[0] };

static void print_help(FILE *out) {
    fputs("Usage: weft COMMAND [OPTION...] [PATH...]\n"
          "Threads a context parameter through a Python code base.\n\n"
          "Commands:\n",
          out);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-8s %s\n", COMMANDS[i].name, COMMANDS[i].summary);
    fputs(
        "\n'weft COMMAND --help' shows the options of a command.\n\n"
        "Exit status: 0 done; 1 `diff --exit-code` found changes, `check` a broken limit, or `verify`\n"
        "a worse tree; 2 wrong command line, rules or plan; 3 done, but some files could not be read\n"
        "or parsed, or were left as they are; 4 the tree is not the one of the plan; 5 apply failed\n"
        "and was rolled back; 6 interrupted, to be resumed or rolled back; 70 no memory left. When\n"
        "several apply: 70, 6, 5, 4, 2, 3, 1; `verify` says 1 before 3.\n",
        out);
}

static int refuse_command(const char *given) {
    const char *names[COMMAND_COUNT];
    for (int i = 0; i < COMMAND_COUNT; i++) names[i] = COMMANDS[i].name;
    if (given[0] == '-') {
        fprintf(stderr, "weft: error[E902]: options come after the command: weft COMMAND %s\n",
                given);
    } else {
        fprintf(stderr, "weft: error[E902]: unknown command '%s'\n", given);
        const char *near = near_word(given, names, COMMAND_COUNT);
        if (near != NULL) fprintf(stderr, "help: did you mean '%s'?\n", near);
    }
    fputs("help: 'weft --help' lists the commands\n", stderr);
    return EXIT_WRONG;
}

int main(int argc, char **argv) {
    json_set_alloc_funcs(memory_alloc, free);
    const char *given = argc > 1 ? argv[1] : "";
    if (argc < 2) {
        print_help(stderr);
        return EXIT_WRONG;
    }
    if (strcmp(given, "--help") == 0 || strcmp(given, "-h") == 0 || strcmp(given, "help") == 0) {
        print_help(stdout);
        return EXIT_DONE;
    }
    if (strcmp(given, "--version") == 0) {
        puts("weft " WEFT_VERSION);
        return EXIT_DONE;
    }
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(given, COMMANDS[i].name) == 0) return COMMANDS[i].run(argc - 1, argv + 1);
    return refuse_command(given);
}
