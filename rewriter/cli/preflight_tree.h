// The questions of `weft preflight` that the tree and its rules answer, and the order of all of them.
#ifndef WEFT_CLI_PREFLIGHT_TREE_H
#define WEFT_CLI_PREFLIGHT_TREE_H

#include "cli/run.h"
#include "manage/preflight.h"

typedef struct PreflightInput {
    Str database; // empty: that of the rules
    bool no_code, no_data;
} PreflightInput;

// Loads the tree of OPTIONS into RUN and asks. False after errors that leave nothing to ask, wrong rules for one; they
// lie in the diagnostics of RUN, which is to be released in any case.
bool preflight_ask(const PreflightInput *input, const Options *options, Run *run,
                   Preflight *preflight);

// The options of the command, as options_argp.
const struct argp *preflight_argp(void);

#endif
