// `weft scan --pattern` and `--debug-pattern`: code patterns without rules.
#ifndef WEFT_CLI_SEARCH_H
#define WEFT_CLI_SEARCH_H

#include "cli/run.h"

// A pattern from the command line, as the only rule.
typedef struct CodeSearch {
    Run *run; // of which there are sources and diagnostics
    Matcher matcher, replaced;
    PatternRules rules;
    PatternProgram *program;
} CodeSearch;

// Compiles options->pattern, and options->rewrite when there is one; false after errors. search_free frees it
// in either case, but not the run.
bool search_compile(CodeSearch *search, const Options *options);
void search_free(CodeSearch *search);

// Prints what options->pattern matches in the tree; returns the exit status.
int search_code(const Options *options);
// Prints how options->pattern is understood and, for arguments FILE:LINE, why it does not match there.
int search_debug(Options *options);

#endif
