// The command line of `weft trust`.
#ifndef WEFT_CLI_TRUST_OPTIONS_H
#define WEFT_CLI_TRUST_OPTIONS_H

#include "cli/options.h"

typedef struct TrustOptions {
    bool list, revoke;
    bool yes;     // without a question
    Str tree;     // relative to the root of BASE; empty: that root
    Options base; // root, colour, verbosity
} TrustOptions;

// As options_parse; argv[0] is "trust".
void trust_options_parse(int argc, char **argv, TrustOptions *options);
void trust_options_release(TrustOptions *options);
// As options_argp.
const struct argp *trust_argp(void);

#endif
