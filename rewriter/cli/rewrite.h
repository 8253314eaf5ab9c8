// `--pattern P --rewrite R`: search and replace without rules.
#ifndef WEFT_CLI_REWRITE_H
#define WEFT_CLI_REWRITE_H

#include "cli/run.h"

// Instead of the pipeline: a plan of what options->pattern matches and options->rewrite makes of it. False
// after errors: E410 for a rewrite with a metavariable that the pattern has not, E501 when the new text of a
// file would not parse.
bool run_rewrite(Run *run, const Options *options);

#endif
