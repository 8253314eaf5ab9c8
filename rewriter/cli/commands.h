// The table of all commands: what `weft --help`, manual pages and completions are made from.
#ifndef WEFT_CLI_COMMANDS_H
#define WEFT_CLI_COMMANDS_H

#include <argp.h>

#include "base/vec.h"

typedef struct CommandRow {
    const char *name;
    int (*run)(int argc, char **argv); // argv[0] is the name; gives the exit status
    const char *summary;
    const struct argp *(*argp)(void); // its options
    const char *words; // what its first argument may be, separated by spaces; NULL: anything
} CommandRow;

// One option that --help shows.
typedef struct OptionRow {
    char letter;          // 0: none
    const char *name;     // NULL: none
    const char *argument; // NULL: none
    const char *about;
} OptionRow;
typedef Vec(OptionRow) OptionRows;

// All commands, in the order of --help.
const CommandRow *commands_all(size_t *count);
// NULL when there is none of that name.
const CommandRow *commands_find(const char *name);
// Says on stderr that there is no command NAME, and which is near; gives the exit status.
int commands_refuse(const char *name);
// Appends the options of COMMAND that are not hidden; the texts are constant.
void commands_options(const CommandRow *command, OptionRows *rows);

#endif
