// The last look before anything is shown or written: a plan that would leave a worse tree is
// stopped.
#ifndef WEFT_EDIT_CHECK_H
#define WEFT_EDIT_CHECK_H

#include "edit/plan.h"
#include "facts/language.h"

// Runs every check over the new contents of PLAN, on up to THREADS threads. False after at least
// one E501; a failed check is a mistake in weft, never in the user's code.
bool plan_check(const Sources *sources, const Language *language, const Plan *plan,
                unsigned threads, Diagnostics *diagnostics);

#endif
