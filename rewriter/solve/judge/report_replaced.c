// Says where a test replaces what changes, so that it would no longer test what it did: the code reads another name,
// or a mock is called with one argument more than the test expects. Comes in: Facts.replacements and a settled
// solution. Goes out: one W311 a place. Must not speak of doubles that take the argument.
#include "base/bug.h"
#include "solve/find/written.h"
#include "solve/judge/report.h"

typedef struct Changed {
    bool *symbols; // the code no longer reads the name
    bool *names;   // by name: some function of that name is passed the context
} Changed;

// The name that a rewritten access reads: of a call, that of the function.
static SymbolId symbol_of_sink(const Program *program, const Sink *sink) {
    if (!fact_is(sink->expr)) return FACT_NONE(SymbolId);
    const ExprFact *expr = program_expr(program, sink->expr);
    SymbolId symbol = program_symbol_of(program, expr->kind == EXPR_CALL ? expr->base : sink->expr);
    return fact_is(symbol) ? program_definition_of(program, symbol) : symbol;
}

static bool takes_argument(const Solver *solver, FunctionId id) {
    return solver->solution->functions[id.index].gains_parameter;
}

// Calls of what the row says pass the context.
static bool is_passed(const Solver *solver, const Changed *changed, const Replacement *row) {
    if (fact_is(row->function)) return takes_argument(solver, row->function);
    if (fact_is(row->klass)) return solver->solution->classes[row->klass.index].needs_constructor;
    return changed->names[row->name.index];
}

static Str name_of(const Program *program, const Replacement *row) {
    if (fact_is(row->klass))
        return program_name(program, program_class(program, row->klass)->qualified);
    return program_name(program, fact_is(row->function)
                                     ? program_function(program, row->function)->qualified
                                     : row->name);
}

static Changed find_changed(const Solver *solver) {
    const Program *program = solver->program;
    const Solution *solution = solver->solution;
    Changed changed = {
        memory_alloc_zeroed(program_symbol_count(program) + 1, sizeof(bool)),
        memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof(bool)),
    };
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        if (outcome_row(sink->outcome)->rewritten && !sink->keeps_text && !sink->migrated)
            changed.symbols[symbol_of_sink(program, sink).index] = true;
    }
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (takes_argument(solver, (FunctionId){i}))
            changed.names[program_function(program, (FunctionId){i})->name.index] = true;
    changed.symbols[0] = changed.names[0] = false;
    return changed;
}

static bool report_one(Solver *solver, const Changed *changed, const Replacement *row) {
    const Program *program = solver->program;
    Span span = program_expr_span(program, program_call(program, row->call)->expr);
    Str parameter = program->rules->context.parameter;
    Str name = name_of(program, row);
    if (changed->symbols[row->symbol.index]) {
        Str path = solver_symbol_path(solver, row->symbol);
        diagnostic_add(solver->diagnostics, DIAGNOSTIC_W311, span,
                       "the test replaces '%.*s', which the code no longer reads", STR_ARG(path));
        diagnostic_help(solver->diagnostics, "replace what the code asks instead");
        return true;
    }
    bool asserted = row->kind == REPLACED_BY_MOCK && row->asserted;
    if (!is_passed(solver, changed, row) || (!asserted && row->kind != REPLACED_BY_OTHER))
        return false;
    diagnostic_add(
        solver->diagnostics, DIAGNOSTIC_W311, span,
        asserted
            ? "the test says with which arguments '%.*s' is called, and it is passed '%.*s' as well"
            : "'%.*s' is passed '%.*s', which what the test puts in its place may not take",
        STR_ARG(name), STR_ARG(parameter));
    diagnostic_help(solver->diagnostics, "%s",
                    asserted ? "let the test expect it: unittest.mock.ANY fits whatever is passed"
                             : "let it take **kwargs");
    return true;
}

void solver_report_replaced(Solver *solver) {
    const Program *program = solver->program;
    if (!program_replacement_count(program)) return;
    Changed changed = find_changed(solver);
    CallId last = FACT_NONE(CallId); // the rows of a call come one after another
    for (uint32_t i = 0; i < program_replacement_count(program); i++) {
        const Replacement *row = program_replacement(program, i);
        if (fact_same(row->call, last)) continue;
        if (report_one(solver, &changed, row)) last = row->call;
    }
    free(changed.symbols);
    free(changed.names);
}
