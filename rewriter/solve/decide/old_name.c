// Old names of public API. Comes in: accessors, and a tree that an earlier run has expanded. Goes out: which accessors keep
// their old name as a stand-in that counts, and which stand-ins of that kind go: stage contract takes out what stage
// expand wrote, by its form, where nothing in the tree uses it any more.
//
//     mood_manager = legacy_instance("app.mood.mood_manager", get_isolated_mood_manager)
//
//     def get_store():
//         return get_isolated_store(legacy_call("app.store.get_store"))
#include "program/name.h"
#include "solve/solver.h"

bool solver_counts_old_name(const Solver *solver, const Accessor *accessor) {
    const Program *program = solver->program;
    const Rules *rules = program->rules;
    Str made_by = accessor->kind == ACCESSOR_GETTER ? rules->api.counter : rules->api.instance;
    return made_by.length > 0 && rules->context.mode == MODE_OPTIONAL &&
           program_names_match(program, &rules->public_api,
                               solver_symbol_path(solver, accessor->symbol));
}

// ---- what was written ----------------------------------------------------------------------------

// EXPR calls the function NAME with a literal first, and COUNT arguments in all.
static bool calls_with_literal(const Program *program, ExprId expr, Str name, uint32_t count) {
    const ExprFact *row = program_expr(program, expr);
    if (row->kind != EXPR_CALL || name.length == 0) return false;
    const CallFact *call = program_call(program, row->call);
    if (call->argument_count != count ||
        !program_is_named(program, name, program_name(program, call->dotted)))
        return false;
    const ArgumentFact *first = program_argument(program, (ArgumentId){call->first_argument});
    return first->kind == ARGUMENT_POSITIONAL &&
           program_expr(program, first->value)->kind == EXPR_STRING;
}

static bool is_instance(const Solver *solver, SymbolId symbol, StatementId *statement,
                        ExprId *counts) {
    const Program *program = solver->program;
    BindingId binding = accessor_instance_binding(solver, symbol);
    if (!fact_is(binding)) return false;
    *statement = program_binding(program, binding)->statement;
    *counts = program_binding(program, binding)->value;
    return calls_with_literal(program, *counts, program->rules->api.instance, 2);
}

// `return accessor(counter("name"))`
static bool returns_counted(const Program *program, const StatementFact *statement,
                            ExprId *counts) {
    const ExprFact *value = program_expr(program, statement->value);
    if (statement->kind != STATEMENT_RETURN || value->kind != EXPR_CALL) return false;
    const CallFact *call = program_call(program, value->call);
    if (call->argument_count != 1) return false;
    const ArgumentFact *only = program_argument(program, (ArgumentId){call->first_argument});
    *counts = only->value;
    return only->kind == ARGUMENT_POSITIONAL &&
           calls_with_literal(program, *counts, program->rules->api.counter, 1);
}

// Statements by the one that they stand in, and the functions that are those: one walk over each table.
typedef struct Bodies {
    uint32_t *statements; // by StatementId: how many stand directly in it
    uint32_t *function;   // by StatementId: the function that it defines
} Bodies;

static void count_bodies(const Solver *solver, Bodies *bodies) {
    const Program *program = solver->program;
    uint32_t count = program_statement_count(program) + 1;
    bodies->statements = arena_array(solver->arena, uint32_t, count);
    bodies->function = arena_array(solver->arena, uint32_t, count);
    for (uint32_t i = 1; i < program_statement_count(program); i++)
        bodies->statements[program_statement(program, (StatementId){i})->parent.index]++;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        bodies->function[program_function(program, (FunctionId){i})->statement.index] = i;
}

// ---- what goes -----------------------------------------------------------------------------------

// A file that nobody can read may use it, and a string may ask for it.
static bool is_unused(const Solver *solver, SymbolId symbol) {
    Name name = program_symbol(solver->program, symbol)->name;
    return row_count(program_reads(solver->program, symbol)) == 0 &&
           !solver->unread_file[name.index] && !solver->solution->named_symbols[symbol.index] &&
           !solver->kept_name[symbol.index];
}

static void add(Solver *solver, SymbolId symbol, StatementId statement, ExprId counts) {
    if (!fact_is(symbol)) return;
    vec_add(&solver->solution->old_names,
            ((OldName){symbol, statement, counts, !is_unused(solver, symbol)}));
}

static bool may_be_getter(const Solver *solver, const FunctionFact *function) {
    const Program *program = solver->program;
    return function->parameter_count == 0 && function->docstring_end == 0 &&
           program_scope(program, function->scope)->kind == SCOPE_MODULE &&
           !solver->runtime_module[function->module.index] &&
           program_names_match(program, &program->rules->public_api,
                               program_name(program, function->qualified));
}

static void find_getters(Solver *solver) {
    const Program *program = solver->program;
    Bodies bodies;
    count_bodies(solver, &bodies);
    for (uint32_t i = 1; i < program_statement_count(program); i++) {
        const StatementFact *statement = program_statement(program, (StatementId){i});
        FunctionId id = {bodies.function[statement->parent.index]};
        ExprId counts;
        if (!fact_is(statement->parent) || !fact_is(id) ||
            bodies.statements[statement->parent.index] != 1 ||
            !returns_counted(program, statement, &counts))
            continue;
        const FunctionFact *function = program_function(program, id);
        if (may_be_getter(solver, function))
            add(solver, program_symbol_in(program, function->scope, function->name),
                function->statement, counts);
    }
}

void solver_find_old_names(Solver *solver) {
    const Program *program = solver->program;
    if (!solver->options->contract || program->rules->api.counter.length == 0) return;
    find_getters(solver);
    for (uint32_t i = 1; i < program_symbol_count(program); i++) {
        StatementId statement;
        ExprId counts;
        if (is_instance(solver, (SymbolId){i}, &statement, &counts))
            add(solver, (SymbolId){i}, statement, counts);
    }
}
