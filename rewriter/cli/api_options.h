// The command line of `weft api`: what it compares, and how it says so.
#ifndef WEFT_CLI_API_OPTIONS_H
#define WEFT_CLI_API_OPTIONS_H

#include "api/change.h"
#include "cli/options.h"

typedef struct ApiOptions {
    ApiFormat format;
    Str output;   // a file in place of standard output; empty: none
    Str baseline; // empty: none
    bool update_baseline;
    Options base; // trees, commit, packs, threads, colour, verbosity
} ApiOptions;

// As options_parse; argv[0] is "api".
void api_options_parse(int argc, char **argv, ApiOptions *options);
void api_options_release(ApiOptions *options);
// As options_argp.
const struct argp *api_argp(void);

#endif
