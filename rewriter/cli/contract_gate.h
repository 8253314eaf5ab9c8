// What stands in front of `apply --stage contract`, and of a plan for it: the counts of old callers.
#ifndef WEFT_CLI_CONTRACT_GATE_H
#define WEFT_CLI_CONTRACT_GATE_H

#include "api/usage.h"
#include "cli/run.h"

// Reads the usage files that the options name, and those of the folder of the rules. False after E704.
bool contract_gate_read(Run *run, const Options *options, Usage *usage);
// Whether the contracted tree of RUN breaks nobody who was counted lately: E705 for each function that it would break,
// with --force W706 instead, W707 where nothing was counted. True for other stages, and without `api:`.
bool contract_gate_pass(Run *run, const Options *options);

#endif
