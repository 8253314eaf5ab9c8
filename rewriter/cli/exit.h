// Exit statuses, the same for every command (README, "Exit codes"). When several apply, the status
// of a failure comes first: 70, 6, 5, 4, 2, then 3, then 1.
#ifndef WEFT_CLI_EXIT_H
#define WEFT_CLI_EXIT_H

// One enumerator a row of exit_codes.def, e.g. EXIT_DONE.
enum ExitStatus {
#define EXIT_STATUS(NAME, number, text) EXIT_##NAME = (number),
#include "cli/exit_codes.def"
#undef EXIT_STATUS
};

#endif
