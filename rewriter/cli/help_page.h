// What --help prints in a language whose characters are not one column wide, where argp's own page would not fit.
#ifndef WEFT_CLI_HELP_PAGE_H
#define WEFT_CLI_HELP_PAGE_H

#include <argp.h>
#include <stdio.h>

// The page of PROGRAM ("weft scan") by TABLE, as argp lays it out, with its texts looked up by TABLE's filter.
void help_page_print(const struct argp *table, const char *program, FILE *out);
// The lines of how it is called alone.
void help_page_usage(const struct argp *table, const char *program, FILE *out);

#endif
