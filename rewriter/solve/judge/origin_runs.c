// Who runs what: the second question of origin.c. Comes in: callers, and what escape/ says outlives a
// context. Goes out: sets as known so far.
//
//     def on_message(raw):                       message
//         session.store.load()                   who calls load() has the tenant of the store that it holds
//
// That holds as long as the object is in no place that another tenant reaches. Where one is, or where not all
// callers are seen, the origins of its constructions count as well.
#include "solve/escape/handed.h"
#include "solve/find/written.h"
#include "solve/judge/origin.h"

bool is_kept(const Solver *solver, ClassId klass) {
    if (!fact_is(klass)) return true;
    for (RowList lineage = program_lineage(solver->program, klass); lineage.at < lineage.end;
         lineage.at++)
        if (solver->class_kept[*lineage.at] ||
            solver->solution->classes[*lineage.at].process_lifetime)
            return true;
    return false;
}

uint32_t runs_at(Origins *origins, ExprId expr) {
    const Solver *solver = origins->solver;
    if (solver_inside_accessor(solver, expr)) return at_site(origins, expr);
    if (each_runs_at(solver, expr)) return ORIGIN_EACH_TENANT;
    FunctionId function =
        program_scope_function(solver->program, program_expr(solver->program, expr)->scope);
    return fact_is(function) ? run_origins(origins, function.index) : (uint32_t)ORIGIN_IMPORT_TIME;
}

// Something may run the function that no edge shows.
static bool is_run_unseen(const Origins *origins, const FunctionFact *function) {
    const uint32_t unseen =
        FUNCTION_PROPERTY | FUNCTION_SPECIAL | FUNCTION_OVERRIDES_FOREIGN | FUNCTION_WRAPPED;
    return (function->flags & unseen) || origins->called_unseen[function->name.index];
}

// The object before the dot is in a place that outlives a context.
static bool is_of_lasting_object(const Solver *solver, const EdgeFact *edge) {
    if (edge->kind == EDGE_ESCAPE || !fact_is(edge->call)) return false;
    const ExprFact *callee =
        program_expr(solver->program, program_call(solver->program, edge->call)->callee);
    return callee->kind == EXPR_ATTRIBUTE &&
           solver->lasting[flow_expr(solver->program, callee->base)];
}

void origins_find_hops(Origins *origins) {
    const Solver *solver = origins->solver;
    const Program *program = solver->program;
    for (uint32_t i = 0; i < program_hop_count(program); i++) {
        const Hop *hop = program_hop(program, i);
        const FunctionPlan *plan = &solver->solution->functions[hop->function.index];
        bool takes = plan->gains_parameter || plan->supply != SUPPLY_NONE ||
                     fact_is(supply_context_parameter(solver, program_function(program, hop->function)));
        if (hop->kind != HOP_VALUE || takes) continue;
        origins->hops[hop->expr.index] = true;
        const ExprFact *row = program_expr(program, hop->expr);
        if (row->kind != EXPR_CALL) continue;
        const CallFact *call = program_call(program, row->call); // partial(work, 1): the edge is that of `work`
        for (uint32_t k = 0; k < call->argument_count; k++)
            origins->hops[program_argument(program, (ArgumentId){call->first_argument + k})->value.index] = true;
    }
}

// What runs the callee over EDGE. A method that uses what its object HOLDS runs for nobody that is known where
// the object may be another tenant's; so does a function that is kept.
static uint32_t over_edge(Origins *origins, uint32_t index, bool holds) {
    const Solver *solver = origins->solver;
    const EdgeFact *edge = program_edge(solver->program, index);
    bool binds = solver_binds_context(solver, index);
    if (handed_is_followed(solver, index)) return 0; // its calls are edges of their own
    if (edge->kind != EDGE_CALL && origins->hops[edge->expr.index]) return ORIGIN_UNCALLED;
    if (edge->kind == EDGE_ESCAPE && !binds && program_is_forward(solver->program, edge))
        return ORIGIN_UNCALLED; // it runs elsewhere, without the context
    if (edge->kind == EDGE_ESCAPE && !binds)
        return solver->outlives[edge->callee.index] == OUTLIVES_CONTEXT
                   ? (uint32_t)ORIGIN_UNCALLED
                   : runs_at(origins, edge->expr);
    if (holds && is_of_lasting_object(solver, edge)) return ORIGIN_UNCALLED;
    ExprId callee =
        fact_is(edge->call) ? program_call(solver->program, edge->call)->callee : edge->expr;
    ExprId base = program_expr(solver->program, callee)->kind == EXPR_ATTRIBUTE
                      ? program_expr(solver->program, callee)->base
                      : FACT_NONE(ExprId);
    ExprId asked = asked_here(origins, base);
    return fact_is(asked) ? at_access(origins, asked) : runs_at(origins, edge->expr);
}

uint32_t of_runs_of(Origins *origins, uint32_t member, bool holds) {
    const Solver *solver = origins->solver;
    uint32_t set = solver->public_function[member] ? (uint32_t)ORIGIN_PUBLIC_API : 0;
    for (RowList callers = program_callers(solver->program, (FunctionId){member}); callers.at < callers.end;
         callers.at++) {
        const EdgeFact *edge = program_edge(solver->program, *callers.at);
        if (dead_runs_at(solver, edge->expr)) continue;
        set |= solver_runs_in_test(solver, edge->expr) ? (uint32_t)ORIGIN_TEST
                                                       : over_edge(origins, *callers.at, holds);
    }
    return set;
}

// Of all who call a member of the family of FUNCTION; with ORIGIN_UNCALLED when not all are known.
static uint32_t of_all_callers(Origins *origins, const FunctionFact *function, bool holds) {
    uint32_t set = family_origins(origins, function, holds ? FAMILY_HOLDS : FAMILY_RUNS);
    bool called = calls_of_family(origins, function->family) == CALLS_LIVE;
    return (called || set) && !is_run_unseen(origins, function) ? set : set | ORIGIN_UNCALLED;
}

uint32_t of_runs(Origins *origins, FunctionId id) {
    const Solver *solver = origins->solver;
    const FunctionFact *function = program_function(solver->program, id);
    if (solver->each_function[id.index]) return ORIGIN_EACH_TENANT;
    if (solver->solution->functions[id.index].boundary) return each_origin(solver, id);
    return of_all_callers(origins, function, false);
}

// Whoever it is that calls, the object's context is one of those that its class was made with.
static uint32_t known_or_made(uint32_t set, uint32_t made) {
    return set & ORIGIN_UNCALLED ? (set & ~(uint32_t)ORIGIN_UNCALLED) | made : set;
}

uint32_t of_holding_method(Origins *origins, FunctionId id) {
    const FunctionFact *function = program_function(origins->solver->program, id);
    uint32_t made = class_origins(origins, function->klass.index);
    if (is_kept(origins->solver, function->klass)) return made;
    return known_or_made(of_all_callers(origins, function, true), made);
}

uint32_t of_carrying(Origins *origins, FunctionId id, ClassId carrier) {
    uint32_t made = class_origins(origins, carrier.index);
    if (is_kept(origins->solver, carrier)) return made;
    return known_or_made(of_runs(origins, id), made);
}
