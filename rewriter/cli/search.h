// `weft scan --pattern` and `--debug-pattern`: code patterns without rules.
#ifndef WEFT_CLI_SEARCH_H
#define WEFT_CLI_SEARCH_H

#include "cli/options.h"

// Prints what options->pattern matches in the tree; returns the exit status.
int search_code(const Options *options);
// Prints how options->pattern is understood and, for arguments FILE:LINE, why it does not match there.
int search_debug(Options *options);

#endif
