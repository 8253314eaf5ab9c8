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
           !(function->flags & FUNCTION_POINTER);
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
            solver->wrapper[*members.at] = true;
            solver->runtime_function[*members.at] = true; // it has the context by its own means
        }
    }
    arena_release(&scratch);
}

void solver_find_renames(Solver *solver) {
    const Program *program = solver->program;
    solver->wrapper = arena_array(solver->arena, bool, program_function_count(program) + 1);
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

// Code of the tree still asks for the old name.
static bool is_in_use(const Solver *solver, uint32_t family) {
    const Program *program = solver->program;
    RowList members = program_members(program, family);
    for (; members.at < members.end; members.at++) {
        if (row_count(program_callers(program, (FunctionId){*members.at})) > 0) return true;
        const FunctionFact *function = program_function(program, (FunctionId){*members.at});
        SymbolId symbol = program_symbol_in(program, function->scope, function->name);
        if (fact_is(symbol) && row_count(program_reads(program, symbol)) > 0) return true;
    }
    return false;
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
        plan->loses_old_name = solver->options->contract && solver->wrapper[i] && !is_public(solver, family) &&
                               !is_in_use(solver, family);
    }
}
