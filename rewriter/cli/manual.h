// Manual pages, made from the same texts as --help. `weft manual [COMMAND]` prints one, for packages.
#ifndef WEFT_CLI_MANUAL_H
#define WEFT_CLI_MANUAL_H

#include <stdio.h>

// Prints the page of COMMAND, or of weft itself when it is NULL, to OUT as man(7) source; gives the exit
// status.
int manual_print(const char *command, FILE *out);

#endif
