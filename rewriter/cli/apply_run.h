// What `weft apply` does once its command line is read, for others that write a plan.
#ifndef WEFT_CLI_APPLY_RUN_H
#define WEFT_CLI_APPLY_RUN_H

#include "cli/options.h"

// Makes the plan that OPTIONS ask for, writes it, says what was written, and releases OPTIONS. COMMAND is the command
// line for the journal. The exit status.
int apply_run(Options *options, Str command);

#endif
