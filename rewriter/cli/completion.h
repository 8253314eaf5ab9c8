// Completion scripts, made from the option tables.
#ifndef WEFT_CLI_COMPLETION_H
#define WEFT_CLI_COMPLETION_H

#include <stdio.h>

// Prints the script for SHELL (bash, zsh or fish) to OUT; gives the exit status. NULL and other names are
// refused on stderr.
int completion_print(const char *shell, FILE *out);

#endif
