// Programs made by hand (program/support_made.h) and what the solver says of them.
#ifndef WEFT_TESTS_UNIT_SOLVE_SUPPORT_SOLVED_H
#define WEFT_TESTS_UNIT_SOLVE_SUPPORT_SOLVED_H

#include "program/support_made.h"
#include "solve/solution.h"

// Builds and solves; all rows are made before. Made.solution goes with made_close.
void made_solve(Made *made);

static inline const FunctionPlan *made_plan(const Made *made, FunctionId function) {
    return &made->solution->functions[function.index];
}
// The outcome of the access EXPR.
Outcome made_outcome(const Made *made, ExprId expr);
// What CALL does; CALL_UNCHANGED when the solver says nothing of it.
CallSupply made_passes(const Made *made, CallId call);

#endif
