// The command line of `weft api`: what it looks at, and how it says so.
#ifndef WEFT_CLI_API_OPTIONS_H
#define WEFT_CLI_API_OPTIONS_H

#include "api/change.h"
#include "cli/options.h"

typedef enum ApiWord {
    API_WORD_DIFF,
    API_WORD_CHECK,
    API_WORD_USAGE,
    API_WORD_REPORT,
    API_WORD_TIMELINE,
    API_WORD_COUNT
} ApiWord;

typedef struct ApiOptions {
    ApiWord word;
    Str today;  // a day
    bool write; // timeline
    ApiFormat format;
    Str output;   // a file in place of standard output; empty: none
    Str baseline; // empty: none
    bool update_baseline;
    Options base; // trees, commit, usage files, packs, threads, colour, verbosity
} ApiOptions;

// Which word NAME is; false when none.
bool api_word_find(const char *name, ApiWord *word);
// As options_parse; argv[0] is "api".
void api_options_parse(int argc, char **argv, ApiOptions *options);
void api_options_release(ApiOptions *options);
// As options_argp.
const struct argp *api_argp(void);

#endif
