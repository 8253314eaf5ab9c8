// Functions that are made while modules are imported or the program starts, and run later, for anybody.
// Comes in: what outlives its maker (escape/outlive.c), callers and lifetimes of this attempt. Goes out:
// Solver.made_early. Such a function must not keep the context of its maker, which is nobody's; what its maker
// calls there and then may use it.
//
//     def make():
//         def handle(user): ...     made early, when `make` runs at import: it takes a context of its own
//         return handle
//     HANDLERS = [make()]
#include "solve/decide/edge_lists.h"
#include "solve/find/written.h"
#include "solve/solver.h"

// ---- what runs at import ---------------------------------------------------------------------------
typedef struct Early {
    const Solver *solver;
    bool *functions;     // runs while modules are imported, perhaps at other times, too
    EdgeLists edges;
    Vec(uint32_t) work;
} Early;

static void reach(Early *early, FunctionId function) {
    if (!fact_is(function) || early->functions[function.index] ||
        early->solver->solution->functions[function.index].boundary)
        return;
    early->functions[function.index] = true;
    vec_add(&early->work, function.index);
}

// A boundary has a context of its own for all that it calls.
static bool *find_early(const Solver *solver) {
    const Program *program = solver->program;
    Early early = {
        .solver = solver,
        .functions = arena_array(&solver->solution->attempt, bool, program_function_count(program) + 1),
        .edges = edge_lists_make(program)};
    for (uint32_t i = early.edges.first[0]; i; i = early.edges.next[i]) {
        const EdgeFact *edge = program_edge(program, i);
        if (edge->kind != EDGE_ESCAPE && !written_inside_accessor(solver, edge->expr))
            reach(&early, edge->callee);
    }
    while (early.work.count) {
        uint32_t caller = *vec_last(&early.work);
        early.work.count--;
        for (uint32_t i = early.edges.first[caller]; i; i = early.edges.next[i])
            if (program_edge(program, i)->kind != EDGE_ESCAPE)
                reach(&early, program_edge(program, i)->callee);
    }
    edge_lists_release(&early.edges);
    vec_release(&early.work);
    return early.functions;
}

// What the start of the program alone calls is no better than what a module calls.
static bool is_called_at_start(const Solver *solver, FunctionId function) {
    for (RowList callers = program_callers(solver->program, function); callers.at < callers.end;
         callers.at++) {
        uint32_t edge = *callers.at;
        if (program_edge(solver->program, edge)->kind != EDGE_ESCAPE &&
            solver_is_process_place(solver, edge))
            return true;
    }
    return false;
}

// Whoever calls it, even a module: what it makes keeps the context that it has made. Start-up has none to keep.
static bool has_own_context(const Solver *solver, FunctionId maker) {
    uint32_t boundary = solver->solution->functions[maker.index].boundary;
    return boundary &&
           solver->program->rules->boundaries.items[boundary - 1].origin != ORIGIN_START_UP;
}

// By function: it, or one around it up to one with a context of its own, makes functions at import or start-up.
static bool *find_early_makers(const Solver *solver) {
    const Program *program = solver->program;
    const bool *early = find_early(solver);
    bool *makers = arena_array(&solver->solution->attempt, bool, program_function_count(program) + 1);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionId maker = {i}, outer = program_function(program, maker)->enclosing;
        makers[i] = !has_own_context(solver, maker) &&
                    (early[i] || makers[outer.index] || is_called_at_start(solver, maker));
    }
    return makers;
}

void solver_find_early_closures(Solver *solver) {
    const Program *program = solver->program;
    const bool *makers = find_early_makers(solver);
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (solver->outlives[i] && makers[program_function(program, (FunctionId){i})->enclosing.index])
            solver->made_early[i] = true;
}
