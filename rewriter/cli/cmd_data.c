// `weft data`: finds the word. Each is in data_WORD.c.
#include "cli/cmd.h"

#include <argp.h>
#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "cli/data_command.h"
#include "cli/data_options.h"
#include "cli/exit.h"
#include "cli/near.h"

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} WORDS[] = {
    {"plan", data_plan},     {"check", data_check},   {"models", data_models},
    {"apply", data_apply},   {"resume", data_apply},  {"status", data_status},
    {"pause", data_ask},     {"cancel", data_ask},    {"rollback", data_rollback},
    {"tenant", data_tenant}, {"grants", data_grants},
};
enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS };

static int refuse(const char *word) {
    const char *names[WORD_COUNT];
    for (int i = 0; i < WORD_COUNT; i++) names[i] = WORDS[i].name;
    message_print(stderr, "weft: error[E902]: `weft data` has no '%s'\n", word);
    const char *near = near_word(word, names, WORD_COUNT);
    if (near != NULL) message_print(stderr, "help: did you mean '%s'?\n", near);
    message_print(stderr, "help: 'weft data --help' lists what it has\n");
    return EXIT_WRONG;
}

static bool asks_for_help(const char *word) {
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

int cmd_data(int argc, char **argv) {
    static char program[] = "weft data";
    if (argc < 2 || asks_for_help(argv[1])) {
        option_help(data_argp(), false, program, argc < 2 ? stderr : stdout);
        return argc < 2 ? EXIT_WRONG : EXIT_DONE;
    }
    for (int i = 0; i < WORD_COUNT; i++)
        if (strcmp(argv[1], WORDS[i].name) == 0) return WORDS[i].run(argc - 1, argv + 1);
    return refuse(argv[1]);
}
