// Private to cli/options.c: --pattern and --rewrite.
#ifndef WEFT_CLI_PATTERN_OPTIONS_H
#define WEFT_CLI_PATTERN_OPTIONS_H

#include <argp.h>

#include "cli/options.h"

extern const struct argp_option PATTERN_OPTIONS[];
// Parses them; its children have the same options as input.
error_t options_parse_pattern(int key, char *value, struct argp_state *state);
// A pattern, which ends the program with status 2 when it is the second one or empty.
void options_read_pattern(struct argp_state *state, const char *value, Options *options);

#endif
