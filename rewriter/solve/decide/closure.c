// Functions that are made while modules are imported or the program starts, and run later, for anybody.
// Comes in: callers and lifetimes of this attempt. Goes out: Solver.made_early. Such a function must not
// keep the context of its maker, which is nobody's; what its maker calls there and then may use it.
#include "solve/solver.h"

static bool is_around(const Facts *facts, FunctionId outer, FunctionId function) {
    while (fact_is(function) && !fact_same(function, outer))
        function = facts_function(facts, function)->enclosing;
    return fact_is(function);
}

// ---- what runs after its maker ---------------------------------------------------------------------
// The edge lets the function run when its maker has returned: it is kept, or called from outside, or by
// another function that runs then.
static bool runs_later_by(const Solver *solver, const bool *late, FunctionId maker, uint32_t index) {
    const EdgeFact *edge = &solver->facts->edges.items[index];
    FunctionId caller = solver->edge_caller[index];
    if (edge->kind == EDGE_ESCAPE && !supply_is_forward(solver, edge)) return true;
    return !is_around(solver->facts, maker, caller) || late[caller.index];
}

static bool runs_later(const Solver *solver, const bool *late, uint32_t id) {
    const FunctionFact *function = &solver->facts->functions.items[id];
    uint32_t first = solver->callers.first[id], end = solver->callers.first[id + 1];
    if (first == end || (function->flags & FUNCTION_WRAPPED)) return true;
    for (uint32_t i = first; i < end; i++)
        if (runs_later_by(solver, late, function->enclosing, solver->callers.items[i])) return true;
    return false;
}

static bool *find_late(const Solver *solver) {
    const Facts *facts = solver->facts;
    bool *late = arena_array(solver->arena, bool, facts->functions.count + 1);
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 1; i < facts->functions.count; i++) {
            if (late[i] || !fact_is(facts->functions.items[i].enclosing)) continue;
            late[i] = runs_later(solver, late, i);
            changed = changed || late[i];
        }
    }
    return late;
}

// ---- what runs at import ---------------------------------------------------------------------------
typedef struct Early {
    const Solver *solver;
    bool *functions;     // runs while modules are imported, perhaps at other times, too
    uint32_t *first;     // by function: the first edge in it; 0 none
    uint32_t *next;      // by edge: the next one in the same function
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
    const Facts *facts = solver->facts;
    Early early = {.solver = solver,
                   .functions = arena_array(solver->arena, bool, facts->functions.count + 1),
                   .first = arena_array(solver->arena, uint32_t, facts->functions.count + 1),
                   .next = arena_array(solver->arena, uint32_t, facts->edges.count + 1)};
    for (uint32_t i = facts->edges.count; i-- > 1;) {
        uint32_t caller = solver->edge_caller[i].index;
        early.next[i] = early.first[caller];
        early.first[caller] = i;
    }
    for (uint32_t i = early.first[0]; i; i = early.next[i]) {
        const EdgeFact *edge = &facts->edges.items[i];
        if (edge->kind != EDGE_ESCAPE && !solver_inside_accessor(solver, edge->expr))
            reach(&early, edge->callee);
    }
    while (early.work.count) {
        uint32_t caller = *vec_last(&early.work);
        early.work.count--;
        for (uint32_t i = early.first[caller]; i; i = early.next[i])
            if (facts->edges.items[i].kind != EDGE_ESCAPE)
                reach(&early, facts->edges.items[i].callee);
    }
    vec_release(&early.work);
    return early.functions;
}

// What the start of the program alone calls is no better than what a module calls.
static bool is_called_at_start(const Solver *solver, FunctionId function) {
    for (uint32_t i = solver->callers.first[function.index];
         i < solver->callers.first[function.index + 1]; i++) {
        uint32_t edge = solver->callers.items[i];
        if (solver->facts->edges.items[edge].kind != EDGE_ESCAPE &&
            solver_is_process_place(solver, edge))
            return true;
    }
    return false;
}

void solver_find_early_closures(Solver *solver) {
    const Facts *facts = solver->facts;
    const bool *late = find_late(solver), *early = find_early(solver);
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        FunctionId maker = facts->functions.items[i].enclosing;
        solver->solution->functions[i].runs_later = late[i];
        for (; late[i] && fact_is(maker); maker = facts_function(facts, maker)->enclosing)
            if (early[maker.index] || is_called_at_start(solver, maker))
                solver->made_early[i] = true;
    }
}
