// `weft thread` instead of the pipeline.
#ifndef WEFT_CLI_THREAD_H
#define WEFT_CLI_THREAD_H

#include "cli/run.h"

// A plan for options->signature. False after errors, and then there is none.
bool run_thread(Run *run, const Options *options);

#endif
