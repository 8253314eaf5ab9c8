// Comments that a change makes wrong.
#ifndef WEFT_EDIT_COMMENT_H
#define WEFT_EDIT_COMMENT_H

#include "edit/plan.h"
#include "solve/solution.h"

// W313 for each comment beside the one instance that an accessor of SOLUTION replaces, or that one of an earlier run has
// replaced, where it calls that a global instance or a singleton. PLAN is the change: a file that it leaves alone has nothing to report.
void comments_report(const Program *program, const Solution *solution, const Plan *plan,
                     Diagnostics *diagnostics);

#endif
