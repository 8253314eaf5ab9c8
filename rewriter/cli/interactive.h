// `weft apply --interactive`: the change is chosen hunk by hunk, as with `git add -p`.
#ifndef WEFT_CLI_INTERACTIVE_H
#define WEFT_CLI_INTERACTIVE_H

#include "cli/run.h"

// Instead of run_pipeline: asks on standard output, reads answers from standard input, and makes the run's
// plan of what was taken. The end of the input takes nothing. False after a diagnostic; *REFUSED when no
// part of the change could be written as the tree is, which is found out before the first question.
bool run_interactive(Run *run, const Options *options, bool *refused);

#endif
