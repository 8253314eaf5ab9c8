// The last look before anything is shown or written: a plan that would leave a worse tree is
// stopped.
#ifndef WEFT_EDIT_CHECK_H
#define WEFT_EDIT_CHECK_H

#include "edit/plan.h"
#include "solve/solution.h"

typedef struct CheckInput {
    const Program *program;   // the tree as it is
    const Solution *solution; // which calls pass the context
    const Languages *languages;
    const Plan *plan;
    unsigned threads;
    PlanFaults *faults;       // NULL: only the diagnostics are asked for
} CheckInput;

// Reads the new contents of the plan again and compares them with the tree: each parses (E501), no
// import cycle arises (E505), calls and signatures fit (E506), every name that is read is bound
// (E507), every imported name exists (E508) and, where a language has a compiler, that finds no fault (E509). What was wrong in the tree before does not count.
// False after at least one error: a mistake of weft (E505, E508: perhaps of the rules), never of the
// user's code.
// CheckInput.faults gets all of them, the diagnostics at most twenty.
bool plan_check(const CheckInput *input, Diagnostics *diagnostics);

#endif
