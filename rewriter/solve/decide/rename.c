// Functions that other files see, and that get another name with the parameter, by rule. In: rules (`rename`) and
// facts. Out: which functions have such a name free, which are what an earlier run left under the old one, and once all
// is decided which are renamed, keep their old name beside, or lose it.
//
//     char *get_dir(void);                   char *repo_get_dir(struct repository *repo);
//                                            char *get_dir(void);     stage expand, and public functions: a wrapper
//
// Must recognise a wrapper by its form alone: an earlier run leaves no other trace.
#include "facts/language.h"
#include "program/index.h"
#include "solve/solver.h"

static Str new_name(Arena *arena, const Rules *rules, Str name) {
    Str hole = STR("{name}");
    ptrdiff_t at = str_find_str(rules->context.rename, hole);
    Str before = str_slice(rules->context.rename, 0, (size_t)at);
    Str behind = str_slice(rules->context.rename, (size_t)at + hole.length, rules->context.rename.length);
    return arena_format(arena, "%.*s%.*s%.*s", STR_ARG(before), STR_ARG(name), STR_ARG(behind));
}

// The other files know it, and its name is no mere field's.
static bool has_public_name(const Program *program, FunctionId id) {
    const FunctionFact *function = program_function(program, id);
    bool local = (function->flags & FUNCTION_FILE_LOCAL) && !program_module(program, function->module)->is_stub;
    return program_module(program, function->module)->language->traits.one_namespace && !local &&
           !(function->flags & (FUNCTION_POINTER | FUNCTION_MACRO));
}

bool solver_gets_other_name(const Solver *solver, FunctionId id) {
    return solver->program->rules->context.rename.length > 0 && has_public_name(solver->program, id);
}

// ---- before anything is decided --------------------------------------------------------------------
// By name: functions, variables and macros of that name.
static bool *find_names(Solver *solver) {
    const Program *program = solver->program;
    bool *used = arena_array(solver->arena, bool, intern_count(program->facts->names) + 1);
    for (uint32_t i = 1; i < program_symbol_count(program); i++)
        if (program_scope(program, program_symbol(program, (SymbolId){i})->scope)->kind == SCOPE_MODULE)
            used[program_symbol(program, (SymbolId){i})->name.index] = true;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        used[program_function(program, (FunctionId){i})->name.index] = true;
    used[0] = false;
    return used;
}

// The definition, or a declaration, of each name that others see.
static void find_wrappers(Solver *solver) {
    const Program *program = solver->program;
    Arena scratch = {0};
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionId id = {i};
        const FunctionFact *function = program_function(program, id);
        if (!has_public_name(program, id) || (function->flags & FUNCTION_STUB)) continue;
        Str name = new_name(&scratch, program->rules, program_name(program, function->name));
        FunctionId other = program_find_function(program, name);
        const LanguageWriter *writer = program_module(program, function->module)->language->writer;
        if (!fact_is(other) || !fact_is(supply_context_parameter(solver, program_function(program, other)))) continue;
        if (!writer->is_wrapper(program->facts, id, name, program->rules->context.ambient)) continue;
        RowList members = program_members(program, function->family);
        for (; members.at < members.end; members.at++) {
            solver->wrapper[*members.at] = other.index;
            solver->runtime_function[*members.at] = true; // it has the context by its own means
        }
    }
    arena_release(&scratch);
}

void solver_find_renames(Solver *solver) {
    const Program *program = solver->program;
    solver->wrapper = arena_array(solver->arena, uint32_t, program_function_count(program) + 1);
    solver->name_taken = arena_array(solver->arena, bool, program_function_count(program) + 1);
    if (program->rules->context.rename.length == 0) return;
    bool *used = find_names(solver);
    Arena scratch = {0};
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        if (!has_public_name(program, (FunctionId){i})) continue;
        Str name = program_name(program, program_function(program, (FunctionId){i})->name);
        Name wanted = intern_find(program->facts->names, new_name(&scratch, program->rules, name));
        solver->name_taken[i] = wanted.index && used[wanted.index];
    }
    arena_release(&scratch);
    find_wrappers(solver);
}

static bool declares(const Program *program, ModuleId module, uint32_t family) {
    RowList members = program_members(program, family);
    for (; members.at < members.end; members.at++)
        if (fact_same(program_function(program, (FunctionId){*members.at})->module, module)) return true;
    return false;
}

// The file says by itself what the old name is, and does not know the new one.
static bool knows_old_name_alone(const Solver *solver, uint32_t wrapper, ModuleId module) {
    const Program *program = solver->program;
    uint32_t other = program_function(program, (FunctionId){solver->wrapper[wrapper]})->family;
    return declares(program, module, program_function(program, (FunctionId){wrapper})->family) &&
           !declares(program, module, other);
}

// Whoever calls the old name calls the new one, and passes what he has.
void solver_ask_for_old_callers(Solver *solver) {
    const Program *program = solver->program;
    if (program->rules->context.rename.length == 0) return;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        if (!solver->wrapper[i]) continue;
        RowList callers = program_callers(program, (FunctionId){i});
        for (; callers.at < callers.end; callers.at++) {
            const EdgeFact *edge = program_edge(program, *callers.at);
            if (edge->kind == EDGE_CALL && !knows_old_name_alone(solver, i, program_call(program, edge->call)->module))
                need_at_call(solver, edge->call, (FunctionId){solver->wrapper[i]}, *callers.at);
        }
    }
}

// ---- when all is decided ---------------------------------------------------------------------------
// By the rules, or a file that is only read names it.
static bool is_public(const Solver *solver, uint32_t family) {
    const Program *program = solver->program;
    RowList members = program_members(program, family);
    for (; members.at < members.end; members.at++)
        if (solver->public_function[*members.at] ||
            solver->unread_file[program_function(program, (FunctionId){*members.at})->name.index])
            return true;
    return false;
}

static bool asks_for_new_name(const Solver *solver, ExprId name) {
    const ExprFact *around = program_expr(solver->program, program_expr(solver->program, name)->parent);
    if (around->kind != EXPR_CALL || !fact_same(around->base, name)) return false;
    uint32_t plan = solver->call_plan[around->call.index];
    return plan && solver->solution->calls.items[plan - 1].supply == CALL_PASSES;
}

// Code of the tree still asks for the old name.
static bool is_in_use(const Solver *solver, uint32_t family) {
    const Program *program = solver->program;
    RowList members = program_members(program, family);
    for (; members.at < members.end; members.at++) {
        FunctionId id = {*members.at};
        const FunctionFact *function = program_function(program, id);
        SymbolId symbol = program_symbol_in(program, function->scope, function->name);
        if (!fact_is(symbol)) continue;
        for (RowList reads = program_reads(program, symbol); reads.at < reads.end; reads.at++)
            if (!asks_for_new_name(solver, (ExprId){*reads.at})) return true;
    }
    return false;
}

static void settle_wrapper(Solver *solver, uint32_t index, uint32_t family) {
    const Program *program = solver->program;
    FunctionPlan *plan = &solver->solution->functions[index];
    plan->new_name = program_name(program, program_function(program, (FunctionId){solver->wrapper[index]})->name);
    plan->loses_old_name = solver->options->contract && !is_public(solver, family) && !is_in_use(solver, family);
    RowList callers = program_callers(program, (FunctionId){index});
    for (; callers.at < callers.end; callers.at++) // it calls another function then
        solver->fixed_call[program_edge(program, *callers.at)->call.index] = true;
}

void solver_settle_renames(Solver *solver) {
    const Program *program = solver->program;
    Solution *solution = solver->solution;
    if (program->rules->context.rename.length == 0) return;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        FunctionId id = {i};
        FunctionPlan *plan = &solution->functions[i];
        uint32_t family = program_function(program, id)->family;
        Str name = program_name(program, program_function(program, id)->name);
        if (plan->gains_parameter && has_public_name(program, id)) {
            plan->new_name = new_name(solver->arena, program->rules, name);
            plan->keeps_old_name = solver->options->expand || is_public(solver, family);
        }
        if (solver->wrapper[i]) settle_wrapper(solver, i, family);
    }
}
