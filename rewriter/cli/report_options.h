// Private to cli/options.c: the values of --format and --date of reports.
#ifndef WEFT_CLI_REPORT_OPTIONS_H
#define WEFT_CLI_REPORT_OPTIONS_H

#include "cli/options.h"

// Each ends the program with status 2 when something is wrong.
// Stands in the help of --format for the names of all formats.
#define FORMATS "FORMATS"
// Puts them there: a help filter of argp.
char *options_name_formats(int key, const char *text, void *input);
// One --format FORMAT[:FILE].
void options_read_format(struct argp_state *state, const char *value, Options *options);
// When all are read: text when there is none; one at most goes to standard output, or to -o.
void options_settle_formats(struct argp_state *state, Options *options);
// --date, in full.
void options_read_date(struct argp_state *state, const char *value, Options *options);

#endif
