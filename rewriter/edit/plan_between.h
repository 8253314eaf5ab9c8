// The step from one plan to a bigger one, as a plan of its own.
#ifndef WEFT_EDIT_PLAN_BETWEEN_H
#define WEFT_EDIT_PLAN_BETWEEN_H

#include "edit/plan.h"

// Fills STEP, which is empty: what is left to do of AFTER once BEFORE is done, both built on SOURCES.
// Its edits are spans of the files that BEFORE leaves; each has the owner and family of the edit of AFTER
// that it comes from. Contents and texts are borrowed from both plans. Files whose bytes do not change
// between the two are left out.
void plan_between(const Sources *sources, const Plan *before, const Plan *after, Plan *step);

#endif
