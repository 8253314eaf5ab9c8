// Families that a command line names. Which ones there are is known when rules or a plan are read, and not before.
#ifndef WEFT_CLI_FAMILIES_H
#define WEFT_CLI_FAMILIES_H

#include "cli/run.h"

// Looks --types and --phase up in the run's rules: fills Run.families and Run.phase. False after E902.
bool families_choose(Run *run, const Options *options);
// Whether a plan that was made for TYPES has all that --types names. False after E902.
bool families_check_plan(Run *run, const Options *options, const PlanMaker *maker);

#endif
