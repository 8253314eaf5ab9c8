// One phase of a change: what the accesses of one family need.
#ifndef WEFT_CLI_RUN_PHASE_H
#define WEFT_CLI_RUN_PHASE_H

#include "apply/later.h"
#include "cli/run.h"

// Instead of run_pipeline, when the options name a phase: fills the run's plan with that phase, and its
// part of the solution. *DOCUMENT is the plan as a plan file; LATER, empty and freed by vec_release, gains
// the plans of the phases after it when they were planned together with it. Texts live as long as the run.
// An earlier phase may have left the plan; then that one is used. False after a diagnostic.
bool run_phase(Run *run, const Options *options, Str *document, LaterPlans *later);
// One line to stderr, unless it is to be quiet: how large the phase is, and which accesses of other families come
// with it. Nothing without a phase.
void run_phase_say(const Run *run, const Options *options);

#endif
