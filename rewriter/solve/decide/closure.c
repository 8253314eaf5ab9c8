// Functions that are made while modules are imported or the program starts, and run later, for anybody.
// Comes in: callers and lifetimes of this attempt. Goes out: Solver.made_early. Such a function must not
// keep the context of its maker, which is nobody's; what its maker calls there and then may use it.
#include "solve/decide/edge_lists.h"
#include "solve/find/written.h"
#include "solve/solver.h"

static bool is_around(const Program *program, FunctionId outer, FunctionId function) {
    while (fact_is(function) && !fact_same(function, outer))
        function = program_function(program, function)->enclosing;
    return fact_is(function);
}

// ---- what runs after its maker ---------------------------------------------------------------------
// The edge by itself lets the function run when its maker has returned: it is kept, or called from outside.
static bool runs_later_by(const Solver *solver, FunctionId maker, uint32_t index) {
    const EdgeFact *edge = program_edge(solver->program, index);
    FunctionId caller = program_edge_caller(solver->program, index);
    if (edge->kind == EDGE_ESCAPE && !program_is_forward(solver->program, edge)) return true;
    return !is_around(solver->program, maker, caller);
}

static bool runs_later(const Solver *solver, uint32_t id) {
    const FunctionFact *function = program_function(solver->program, (FunctionId){id});
    RowList callers = program_callers(solver->program, (FunctionId){id});
    if (row_count(callers) == 0 || (function->flags & FUNCTION_WRAPPED)) return true;
    for (; callers.at < callers.end; callers.at++)
        if (runs_later_by(solver, function->enclosing, *callers.at)) return true;
    return false;
}

// Who turns out to run later takes the inner functions along that it calls.
static bool *find_late(const Solver *solver) {
    const Program *program = solver->program;
    bool *late = arena_array(solver->arena, bool, program_function_count(program) + 1);
    Vec(uint32_t) work = {0};
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        late[i] = fact_is(program_function(program, (FunctionId){i})->enclosing) &&
                  runs_later(solver, i);
        if (late[i]) vec_add(&work, i);
    }
    while (work.count > 0) {
        uint32_t caller = *vec_last(&work);
        work.count--;
        for (RowList edges = program_edges_from(program, (FunctionId){caller});
             edges.at < edges.end; edges.at++) {
            uint32_t callee = program_edge(program, *edges.at)->callee.index;
            if (callee == 0 || late[callee] ||
                !fact_is(program_function(program, (FunctionId){callee})->enclosing))
                continue;
            late[callee] = true;
            vec_add(&work, callee);
        }
    }
    vec_release(&work);
    return late;
}

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
        .functions = arena_array(solver->arena, bool, program_function_count(program) + 1),
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

void solver_find_early_closures(Solver *solver) {
    const Program *program = solver->program;
    const bool *late = find_late(solver), *early = find_early(solver);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionId maker = program_function(program, (FunctionId){i})->enclosing;
        solver->solution->functions[i].runs_later = late[i];
        for (; late[i] && fact_is(maker) && !has_own_context(solver, maker);
             maker = program_function(program, maker)->enclosing)
            if (early[maker.index] || is_called_at_start(solver, maker))
                solver->made_early[i] = true;
    }
}
