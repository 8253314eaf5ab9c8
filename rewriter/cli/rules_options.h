// The command line of `weft rules`: which of its commands, and for which packs.
#ifndef WEFT_CLI_RULES_OPTIONS_H
#define WEFT_CLI_RULES_OPTIONS_H

#include "cli/options.h"

typedef enum RulesCommand {
    RULES_LIST,
    RULES_CHECK,
    RULES_TEST,
    RULES_SCHEMA,
    RULES_NEW,
    RULES_SHOW,
    RULES_UPGRADE,
    RULES_COMMAND_COUNT
} RulesCommand;

typedef struct RulesOptions {
    RulesCommand command;
    Vec(Str) names; // packs; `new`: where to make one
    bool accept;    // test
    bool for_c;     // new
    Str to;         // upgrade: the tree
    bool write;     // upgrade
    Options base;   // root, threads, colour, verbosity, format; no packs
} RulesOptions;

// As options_parse; argv[0] is "rules".
void rules_options_parse(int argc, char **argv, RulesOptions *options);
void rules_options_release(RulesOptions *options);
// As options_argp.
const struct argp *rules_argp(void);

#endif
