// What stays as it is, because a plan that changed it did not pass weft's own check, or because its file is left
// out. Comes in: the decisions that were taken back, the modules. Goes out: questions whether an expression, a function, a class or a singleton may
// change; whoever decides asks them first, so that the solution works around what stays.
//
// A function that stays keeps its signature, and with it the whole family that overrides it; nothing in its body
// changes, nor in a function inside. What it calls gets no argument from it, and so takes the context optionally.
#include "solve/solver.h"

static void freeze_function(Solver *solver, FunctionId id) {
    solver->frozen_function[id.index] = true;
    solver->frozen_family[program_function(solver->program, id)->family] = true;
}

// A function of the host that takes the context: what overrides it may gain the parameter, and calls of it pass one.
static bool takes_already(const Solver *solver, FunctionId id) {
    return fact_is(id) && solver_is_hosted(solver, id) &&
           fact_is(supply_context_parameter(solver, program_function(solver->program, id)));
}

// Functions are rows in source order: one inside comes after the one around it.
static void freeze_inner_functions(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (solver->frozen_function[function->enclosing.index] ||
            solver->frozen_module[function->module.index])
            solver->frozen_function[i] = true;
        if (solver->frozen_function[i] && !takes_already(solver, (FunctionId){i}))
            freeze_function(solver, (FunctionId){i});
    }
    for (uint32_t i = 1; i < program_class_count(program); i++) {
        const ClassFact *klass = program_class(program, (ClassId){i});
        if (solver->frozen_module[klass->module.index] && !takes_already(solver, klass->constructor))
            solver->frozen_class[i] = true;
    }
}

static DiagnosticCode why_frozen(const Solver *solver, ModuleId module) {
    return program_module(solver->program, module)->left_out ? DIAGNOSTIC_W217 : DIAGNOSTIC_W216;
}

// A module that stays imports the old name. Where others take it from there, no import can be led to an accessor.
static void freeze_imported(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        SymbolId from = import->definition;
        if (import->kind != IMPORT_NAME || !fact_is(from)) continue;
        if (solver->frozen_module[import->module.index]) solver->kept_name[from.index] = true;
        ModuleId target = import->target;
        ScopeId home = program_symbol(program, from)->scope;
        bool passed_on = fact_is(target) && !import->target_is_module &&
                         !fact_same(program_scope(program, home)->module, target);
        if (passed_on && solver->frozen_module[target.index])
            solver->frozen_symbol[from.index] = why_frozen(solver, target);
    }
}

static void freeze_symbols(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        ScopeId scope = program_symbol(program, (SymbolId){i})->scope;
        ModuleId module = program_scope(program, scope)->module;
        if (solver->frozen_module[module.index])
            solver->frozen_symbol[i] = why_frozen(solver, module);
    }
    freeze_imported(solver);
}

// A class that makes itself a singleton goes on doing so where a file that is left out asks for it by name.
static void freeze_creators(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_edge_count(program); i++) {
        const EdgeFact *edge = program_edge(program, i);
        FunctionId creator = program_class(program, edge->klass)->creator;
        if (edge->kind == EDGE_CONSTRUCT && fact_is(creator) &&
            program_module(program, program_expr_module(program, edge->expr))->left_out)
            freeze_function(solver, creator);
    }
}

// What is declared as callable in such a file says which arguments it takes.
static void freeze_declared(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 0; i < program_declared_call_count(program); i++) {
        const DeclaredCall *row = program_declared_call(program, i);
        if (solver_is_left_out(solver, row->parameters))
            solver->frozen_expr[program_call(program, row->call)->expr.index] = true;
    }
}

static bool freeze_left_out(Solver *solver) {
    const Program *program = solver->program;
    bool any = false;
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        solver->frozen_module[i] = program_module(program, (ModuleId){i})->left_out;
        any = any || solver->frozen_module[i];
    }
    if (!any) return false;
    freeze_creators(solver);
    freeze_declared(solver);
    return true;
}

static void freeze(Solver *solver, Decision decision) {
    switch (decision.kind) {
    case DECISION_NONE: break;
    case DECISION_SINK:
    case DECISION_FORWARD: solver->frozen_expr[decision.index] = true; break;
    case DECISION_CALL:
        solver->frozen_expr[program_call(solver->program, (CallId){decision.index})->expr.index] =
            true;
        break;
    case DECISION_FUNCTION: freeze_function(solver, (FunctionId){decision.index}); break;
    case DECISION_CLASS: solver->frozen_class[decision.index] = true; break;
    case DECISION_ACCESSOR: solver->frozen_symbol[decision.index] = DIAGNOSTIC_W216; break;
    case DECISION_IMPORTS: solver->frozen_module[decision.index] = true; break;
    }
}

void solver_read_frozen(Solver *solver) {
    const Program *program = solver->program;
    const TakenBacks *taken_back = solver->options->taken_back;
    solver->frozen_module = arena_array(solver->arena, bool, program_module_count(program) + 1);
    solver->frozen_function = arena_array(solver->arena, bool, program_function_count(program) + 1);
    solver->frozen_family = arena_array(solver->arena, bool, program_function_count(program) + 1);
    solver->frozen_class = arena_array(solver->arena, bool, program_class_count(program) + 1);
    solver->frozen_expr = arena_array(solver->arena, bool, program_expr_count(program) + 1);
    solver->frozen_symbol =
        arena_array(solver->arena, DiagnosticCode, program_symbol_count(program) + 1);
    solver->kept_name = arena_array(solver->arena, bool, program_symbol_count(program) + 1);
    solver_freeze_unread(solver);
    bool any = freeze_left_out(solver);
    for (uint32_t i = 0; taken_back && i < taken_back->count; i++) {
        freeze(solver, taken_back->items[i].decision);
        vec_add(&solver->solution->taken_back, taken_back->items[i]);
    }
    if (!any && (!taken_back || taken_back->count == 0)) return;
    freeze_inner_functions(solver);
    freeze_symbols(solver);
}

bool solver_is_frozen(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    if (solver->frozen_expr[expr.index]) return true;
    FunctionId function = program_scope_function(program, program_expr(program, expr)->scope);
    return solver->frozen_function[function.index] ||
           solver->frozen_module[program_expr_module(program, expr).index];
}

bool solver_keeps_signature(const Solver *solver, FunctionId function) {
    return solver->frozen_family[program_function(solver->program, function)->family];
}

bool solver_keeps_constructor(const Solver *solver, ClassId klass) {
    FunctionId constructor = program_class(solver->program, klass)->constructor;
    return solver->frozen_class[klass.index] ||
           (fact_is(constructor) && solver_keeps_signature(solver, constructor));
}

bool solver_is_left_out(const Solver *solver, ExprId expr) {
    ModuleId module = program_expr_module(solver->program, expr);
    return program_module(solver->program, module)->left_out;
}

// Nothing is said of the accesses in a file that is left out. What they read is still there.
static void drop_left_out(Solver *solver) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < solver->solution->sinks.count; i++) {
        const Sink *sink = &solver->solution->sinks.items[i];
        const FunctionFact *function = program_function(solver->program, sink->function);
        bool out = fact_is(sink->expr)
                       ? solver_is_left_out(solver, sink->expr)
                       : program_module(solver->program, function->module)->left_out;
        if (!out || i == 0)
            solver->solution->sinks.items[kept++] = *sink;
        else if (sink->accessor)
            solver->kept_name[solver->solution->accessors.items[sink->accessor].symbol.index] = true;
    }
    solver->solution->sinks.count = kept;
}

void solver_freeze_sinks(Solver *solver) {
    drop_left_out(solver);
    for (uint32_t i = 1; i < solver->solution->sinks.count; i++) {
        Sink *sink = &solver->solution->sinks.items[i];
        bool frozen = solver->frozen_function[sink->function.index] ||
                      (fact_is(sink->expr) && solver_is_frozen(solver, sink->expr));
        if (!frozen || sink->outcome == OUTCOME_IGNORED) continue;
        sink->outcome = OUTCOME_REFUSED;
        sink->code = DIAGNOSTIC_W216;
    }
}
