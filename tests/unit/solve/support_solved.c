// The solver asked about a program that was made by hand.
#include "support_solved.h"

#include <stdlib.h>

#include "base/bug.h"

static void release(Made *made) {
    solution_release(made->solution);
    free(made->solution);
}

void made_solve(Made *made) {
    made_build(made);
    made->solution = memory_alloc_zeroed(1, sizeof *made->solution);
    made->release = release;
    solve_context(&made->program, &(SolveOptions){0}, made->solution, &made->diagnostics);
}

Outcome made_outcome(const Made *made, ExprId expr) {
    for (uint32_t i = 1; i < made->solution->sinks.count; i++)
        if (fact_same(made->solution->sinks.items[i].expr, expr))
            return made->solution->sinks.items[i].outcome;
    fail_msg("expression %u is no access", expr.index);
    return OUTCOME_COUNT;
}

CallSupply made_passes(const Made *made, CallId call) {
    for (uint32_t i = 0; i < made->solution->calls.count; i++)
        if (fact_same(made->solution->calls.items[i].call, call))
            return made->solution->calls.items[i].supply;
    return CALL_UNCHANGED;
}
