// How long objects live: a class whose instances are all made while modules are imported lives as long
// as the process, and must not hold the first tenant's context for ever.
//
//     store = Store()            made at import: Store lives as long as the process, and so does Cache, which
//     class Store:               only the constructor of Store makes
//         def __init__(self): self.cache = Cache()
//     def on_message(raw):
//         return Reply(raw)      made for each message: Reply may hold
//
// Comes in: constructions, boundaries, accessors of this attempt. Goes out: ClassPlan.process_lifetime and
// Solver.import_only.
#include "base/bug.h"
#include "program/forward.h"
#include "solve/decide/edge_lists.h"
#include "solve/find/written.h"
#include "solve/solver.h"

bool solver_is_process_place(const Solver *solver, uint32_t edge_index) {
    const Program *program = solver->program;
    const EdgeFact *edge = program_edge(program, edge_index);
    if (written_inside_accessor(solver, edge->expr) || each_runs_at(solver, edge->expr) ||
        solver->test_module[program_expr_module(program, edge->expr).index])
        return false;
    FunctionId caller = program_edge_caller(solver->program, edge_index);
    if (!fact_is(caller) || solver->fills_global[edge->expr.index]) return true;
    const FunctionFact *function = program_function(program, caller);
    if (function->flags & FUNCTION_DECORATES) return true; // runs where it decorates
    if (function->flags & FUNCTION_CONSTRUCTOR)
        return solver->solution->classes[function->klass.index].process_lifetime;
    return solver->import_only[caller.index];
}

static bool is_start_up(const Solver *solver, uint32_t function) {
    uint32_t boundary = solver->solution->functions[function].boundary;
    if (!boundary) return false;
    const BoundaryRule *rule = &solver->program->rules->boundaries.items[boundary - 1];
    return rule->origin == ORIGIN_START_UP && !rule->each_body.length;
}

static void assume_long(Solver *solver) {
    const Program *program = solver->program;
    ClassPlan *plans = solver->solution->classes;
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        uint32_t made = 0;
        for (RowList lineage = program_lineage(solver->program, (ClassId){i});
             lineage.at < lineage.end; lineage.at++)
            made += row_count(program_constructions(solver->program, (ClassId){*lineage.at}));
        plans[i].process_lifetime = made > 0;
    }
    for (uint32_t i = 1; i < program_function_count(program); i++)
        solver->import_only[i] =
            solver->family_called[program_function(program, (FunctionId){i})->family] ||
            is_start_up(solver, i);
}

// ---- striking out ----------------------------------------------------------------------------------
// Each function, family and class is struck out once, and then asks only what it calls and makes.
typedef struct Striking {
    Solver *solver;
    EdgeLists edges;
    bool *family_runs_later; // by family: some way into it is no process place
    bool *is_made_later;     // by class: an instance of exactly this class
    Vec(uint32_t) callers;   // functions whose edges are no process places any more
} Striking;

static void strike_function(Striking *striking, uint32_t function) {
    Solver *solver = striking->solver;
    if (!solver->import_only[function] || is_start_up(solver, function)) return;
    solver->import_only[function] = false;
    vec_add(&striking->callers, function);
}

static void strike_family(Striking *striking, uint32_t family) {
    if (striking->family_runs_later[family]) return;
    striking->family_runs_later[family] = true;
    for (RowList members = program_members(striking->solver->program, family);
         members.at < members.end; members.at++)
        strike_function(striking, *members.at);
}

// What a short-lived object makes belongs to that object, whoever asks it first.
static void strike_methods(Striking *striking, uint32_t klass) {
    const Program *program = striking->solver->program;
    for (RowList methods = program_methods(program, (ClassId){klass}); methods.at < methods.end;
         methods.at++) {
        uint32_t flags = program_function(program, (FunctionId){*methods.at})->flags;
        if (!(flags & (FUNCTION_STATIC | FUNCTION_CLASS))) strike_function(striking, *methods.at);
        if (flags & FUNCTION_CONSTRUCTOR) vec_add(&striking->callers, *methods.at);
    }
}

static void strike_lifetime(Striking *striking, uint32_t klass) {
    ClassPlan *plan = &striking->solver->solution->classes[klass];
    if (!plan->process_lifetime) return;
    plan->process_lifetime = false;
    strike_methods(striking, klass);
}

// An instance of a class is one of its ancestors.
static void strike_class(Striking *striking, uint32_t klass) {
    const Program *program = striking->solver->program;
    const ClassFact *row = program_class(program, (ClassId){klass});
    if (striking->is_made_later[klass]) return;
    striking->is_made_later[klass] = true;
    strike_lifetime(striking, klass);
    for (uint32_t i = 1; i < row->ancestor_count; i++)
        strike_lifetime(striking, program_ancestor(program, row->first_ancestor + i)->index);
}

// ---- tests ---------------------------------------------------------------------------------------------
// What a test calls and makes says nothing of how long it lives, as long as the program does so as well.
static bool is_made_by_program(const Solver *solver, const EdgeFact *edge) {
    const Program *program = solver->program;
    for (RowList made = program_made_classes(program, edge); made.at < made.end; made.at++)
        for (RowList sites = program_constructions(program, (ClassId){*made.at}); sites.at < sites.end; sites.at++)
            if (!solver_runs_in_test(solver, program_edge(program, *sites.at)->expr)) return true;
    return false;
}

static bool is_called_by_program(const Solver *solver, FunctionId callee) {
    const Program *program = solver->program;
    for (RowList callers = program_callers(program, callee); callers.at < callers.end; callers.at++)
        if (!solver_runs_in_test(solver, program_edge(program, *callers.at)->expr)) return true;
    return false;
}

static bool says_nothing(const Solver *solver, const EdgeFact *edge) {
    if (!solver_runs_in_test(solver, edge->expr)) return false;
    return edge->kind == EDGE_CONSTRUCT ? is_made_by_program(solver, edge)
                                        : fact_is(edge->callee) && is_called_by_program(solver, edge->callee);
}

static void look_at_edge(Striking *striking, uint32_t index) {
    const Program *program = striking->solver->program;
    const EdgeFact *edge = program_edge(program, index);
    if (says_nothing(striking->solver, edge)) return;
    bool is_process_place = solver_is_process_place(striking->solver, index);
    if (fact_is(edge->callee) && !program_is_inside_forwarder(program, edge) &&
        (edge->kind == EDGE_ESCAPE || !is_process_place))
        strike_family(striking, program_function(program, edge->callee)->family);
    if (edge->kind != EDGE_CONSTRUCT || is_process_place) return;
    for (RowList made = program_made_classes(program, edge); made.at < made.end; made.at++)
        strike_class(striking, *made.at);
}

static void begin_striking(Striking *striking) {
    const Solver *solver = striking->solver;
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *row = program_function(program, (FunctionId){i});
        if (solver->public_function[i] || solver->each_function[i])
            strike_family(striking, row->family);
        if (solver->solution->functions[i].boundary) strike_function(striking, i);
    }
    for (uint32_t i = 1; i < program_class_count(program); i++)
        if (!solver->solution->classes[i].process_lifetime) strike_methods(striking, i);
    for (uint32_t i = 1; i < program_edge_count(program); i++) look_at_edge(striking, i);
}

// Greatest fixpoint: assume that every constructed class lives long and every called function runs at
// import time only, and strike out what does not.
void solver_find_lifetimes(Solver *solver) {
    const Program *program = solver->program;
    ClassPlan *plans = solver->solution->classes;
    Striking striking = {
        .solver = solver,
        .edges = edge_lists_make(program),
        .family_runs_later = memory_alloc_zeroed(program_function_count(program) + 1, sizeof(bool)),
        .is_made_later = memory_alloc_zeroed(program_class_count(program) + 1, sizeof(bool))};
    assume_long(solver);
    begin_striking(&striking);
    while (striking.callers.count > 0) {
        uint32_t caller = *vec_last(&striking.callers);
        striking.callers.count--;
        for (uint32_t i = striking.edges.first[caller]; i; i = striking.edges.next[i])
            look_at_edge(&striking, i);
    }
    edge_lists_release(&striking.edges);
    free(striking.family_runs_later);
    free(striking.is_made_later);
    vec_release(&striking.callers);
    for (uint32_t i = 1; i < program_class_count(program); i++)
        if (solver->process_class[i]) plans[i].process_lifetime = true;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        solver->solution->functions[i].import_only = solver->import_only[i];
}
