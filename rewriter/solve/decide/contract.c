// The second of two stages: parameters that the first one added as optional become required.
// Comes in: a tree that `--stage expand` (or mode hybrid or optional) has rewritten. Goes out: needs, so
// that every caller is asked as it would be in mode required; outcome.c then decides which of the
// parameters stay optional. Must recognise a parameter by its form alone: an earlier run leaves no other
// trace.
#include "solve/solver.h"

// Keyword-only, `T | None = None`, with the name of the context.
static bool has_optional_form(const Program *program, const ParameterFact *parameter) {
    const ExprFact *annotation = program_expr(program, parameter->annotation);
    if (parameter->kind != PARAMETER_KEYWORD || annotation->kind != EXPR_UNION) return false;
    ExprId first = annotation->first_child;
    ExprId last = program_expr(program, first)->next_sibling;
    bool two = fact_is(last) && !fact_is(program_expr(program, last)->next_sibling);
    return two && program_expr(program, last)->kind == EXPR_NONE &&
           program_expr(program, parameter->default_value)->kind == EXPR_NONE;
}

static bool is_read(const Solver *solver, SymbolId symbol) {
    return row_count(program_reads(solver->program, symbol)) > 0;
}

static bool reads_ambient(const Solver *solver, FunctionId id, Str ambient, Str counter,
                          Span *fallback) {
    const Program *program = solver->program;
    const LanguageWriter *writer =
        program_module(program, program_function(program, id)->module)->language->writer;
    return writer->find_fallback(program->facts, id, program->rules->context.parameter, ambient,
                                 counter, fallback);
}

// The statement that reads the ambient context instead of None. Imports of the tree have its name as rules do, or
// with the import root in front of it.
static bool find_fallback(const Solver *solver, FunctionId id, Span *fallback) {
    const Rules *rules = solver->program->rules;
    const ImportRoots *roots = &solver->program->roots;
    Str ambient = rules->context.ambient, counter = rules->api.counter;
    bool found = reads_ambient(solver, id, ambient, counter, fallback);
    Arena scratch = {0};
    for (uint32_t i = 0; !found && i < roots->count; i++) {
        Str root = roots->items[i];
        Str counted = counter.length == 0 ? counter
                                          : arena_format(&scratch, "%.*s.%.*s", STR_ARG(root),
                                                         STR_ARG(counter));
        found = reads_ambient(solver, id,
                              arena_format(&scratch, "%.*s.%.*s", STR_ARG(root), STR_ARG(ambient)),
                              counted, fallback);
    }
    arena_release(&scratch);
    return found;
}

// What treats None in any other way than we do is a person's, and stays.
static bool is_added_as_optional(const Solver *solver, FunctionId id, Span *fallback) {
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, id);
    ParameterId parameter = supply_context_parameter(solver, function);
    *fallback = (Span){0};
    if (!fact_is(parameter) || solver->taken[id.index]) return false;
    const ParameterFact *row = program_parameter(program, parameter);
    return has_optional_form(program, row) &&
           (!is_read(solver, row->symbol) || find_fallback(solver, id, fallback));
}

bool solver_lacks_fallback(const Solver *solver, FunctionId id) {
    const Program *program = solver->program;
    ParameterId parameter = supply_context_parameter(solver, program_function(program, id));
    if (!fact_is(parameter) || solver->taken[id.index]) return false;
    const ParameterFact *row = program_parameter(program, parameter);
    bool none = fact_is(row->default_value) && program_expr(program, row->default_value)->kind == EXPR_NONE;
    return (none || has_optional_form(program, row)) && !is_read(solver, row->symbol);
}

bool solver_is_contracted(const Solver *solver, FunctionId id, Span *fallback) {
    return solver->options->contract && !solver_keeps_signature(solver, id) &&
           solver->solution->functions[id.index].has_parameter &&
           is_added_as_optional(solver, id, fallback);
}

void solver_ask_for_contracted(Solver *solver) {
    const Program *program = solver->program;
    for (uint32_t i = 1; solver->parameter.index && i < program_function_count(program); i++) {
        Span fallback;
        if (solver->runtime_module[program_function(program, (FunctionId){i})->module.index])
            continue;
        if (is_added_as_optional(solver, (FunctionId){i}, &fallback))
            need_parameter(solver, (FunctionId){i});
    }
}
