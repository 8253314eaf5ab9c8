// From decisions to a plan: what `weft data plan` does.
#ifndef WEFT_DATA_PLANNER_H
#define WEFT_DATA_PLANNER_H

#include "data/migration.h"
#include "data/target.h"

// Fills PLAN, zeroed, with the steps that bring the target's schema to what the rules say. Steps whose effect is
// there already are left out: of a database where all is done, and of one that has just been planned and
// carried out, there are none. TARGET must outlive PLAN; texts live in PLAN.
void planner_make(const Target *target, Str weft, Migration *plan, Diagnostics *diagnostics);

#endif
