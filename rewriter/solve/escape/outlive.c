// How long functions live as values: one answer for all who ask. Comes in: who calls what, and, once it is settled
// which singletons become one for each tenant, the places that outlive a context (places.c). Goes out:
// Solver.outlives and FunctionPlan.runs_later.
//
//     def on_message(user):
//         def now(): ...            called here only: OUTLIVES_NOTHING, it may use the context around it
//         def soon(): ...
//         JOBS.append(soon)         the process keeps it: OUTLIVES_CONTEXT, whoever runs it is another tenant
//         def later(): ...
//         now()
//         return later              who called on_message runs it: OUTLIVES_MAKER
#include "program/forward.h"
#include "solve/escape/places.h"

static bool is_around(const Program *program, FunctionId outer, FunctionId function) {
    while (fact_is(function) && !fact_same(function, outer))
        function = program_function(program, function)->enclosing;
    return fact_is(function);
}

// The edge by itself lets the function run when its maker has returned: it is kept, or called from outside.
static bool outlives_by(const Solver *solver, FunctionId maker, uint32_t index) {
    const EdgeFact *edge = program_edge(solver->program, index);
    FunctionId caller = program_edge_caller(solver->program, index);
    if (edge->kind == EDGE_ESCAPE && !program_is_forward(solver->program, edge)) return true;
    return !is_around(solver->program, maker, caller);
}

static bool outlives_maker(const Solver *solver, uint32_t id) {
    const FunctionFact *function = program_function(solver->program, (FunctionId){id});
    RowList callers = program_callers(solver->program, (FunctionId){id});
    if (row_count(callers) == 0 || (function->flags & FUNCTION_WRAPPED)) return true;
    for (; callers.at < callers.end; callers.at++)
        if (outlives_by(solver, function->enclosing, *callers.at)) return true;
    return false;
}

static bool is_inner(const Program *program, uint32_t function) {
    return fact_is(program_function(program, (FunctionId){function})->enclosing);
}

// Who outlives its maker takes the inner functions along that it calls.
static void spread(Solver *solver) {
    const Program *program = solver->program;
    Vec(uint32_t) work = {0};
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        if (!is_inner(program, i)) continue;
        if (!solver->outlives[i] && outlives_maker(solver, i)) solver->outlives[i] = OUTLIVES_MAKER;
        if (solver->outlives[i]) vec_add(&work, i);
    }
    while (work.count > 0) {
        uint32_t caller = *vec_last(&work);
        work.count--;
        for (RowList edges = program_edges_from(program, (FunctionId){caller});
             edges.at < edges.end; edges.at++) {
            uint32_t callee = program_edge(program, *edges.at)->callee.index;
            if (callee == 0 || solver->outlives[callee] || !is_inner(program, callee)) continue;
            solver->outlives[callee] = OUTLIVES_MAKER;
            vec_add(&work, callee);
        }
    }
    vec_release(&work);
}

void solver_find_outliving(Solver *solver) {
    if (solver->keeps) solver_find_kept(solver);
    spread(solver);
    for (uint32_t i = 1; i < program_function_count(solver->program); i++)
        solver->solution->functions[i].runs_later =
            solver->outlives[i] && is_inner(solver->program, i);
}
