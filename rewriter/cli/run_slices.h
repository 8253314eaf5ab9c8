// The plan of a run in slices.
#ifndef WEFT_CLI_RUN_SLICES_H
#define WEFT_CLI_RUN_SLICES_H

#include "cli/run.h"
#include "solve/part/slice.h"

// Takes the plan of one slice; false ends the work.
typedef bool (*SliceUse)(void *context, Str name, const Plan *step);

// Makes the plans of SLICES in their order, each for the tree that the ones before it leave, and gives
// those that change something to USE. The run has come to RUN_TO_SOLUTION. Each tree in between has
// passed the post-check. False after a diagnostic, or when USE said so.
bool run_slices(Run *run, const Options *options, const Slices *slices, SliceUse use,
                void *context);

#endif
