// Default values that read a sink: they are evaluated in the body instead, for each call.
// Comes in: accesses in defaults. Goes out: Solution.defaults, and the accesses count as the function's.
// Must never move a default in which something keeps its text: the parameter may hide that name.
#include "solve/solver.h"

// The parameter in whose default value the expression stands, none when it stands elsewhere.
static ParameterId default_of(const Solver *solver, ExprId expr) {
    const Program *program = solver->program;
    for (ExprId at = expr; fact_is(at); at = program_expr(program, at)->parent) {
        uint32_t parameter = 0;
        if (map_get(&solver->defaults, at.index, &parameter)) return (ParameterId){parameter};
    }
    return FACT_NONE(ParameterId);
}

// A default is evaluated once, at import time; read in the body, it is right for each call.
// Every name of the default means the same in the function's body: a name of the class body is not
// seen there, and a local hides the one outside. What the rule replaces is not read any more.
static bool may_move(const Solver *solver, ExprId value, const FunctionFact *function,
                     ExprId replaced) {
    const Program *program = solver->program;
    const ExprFact *whole = program_expr(program, value);
    const ExprFact *sink = program_expr(program, replaced);
    ModuleId module = program_expr_module(program, value);
    for (uint32_t i = value.index; i < program_expr_count(program); i++) {
        const ExprFact *row = program_expr(program, (ExprId){i});
        if (row->start >= whole->end ||
            !fact_same(program_expr_module(program, (ExprId){i}), module))
            break;
        if (row->kind != EXPR_NAME || (row->start >= sink->start && row->end <= sink->end))
            continue;
        SymbolId symbol = program_symbol_of(program, (ExprId){i});
        ScopeId scope = program_symbol(program, symbol)->scope;
        if (fact_is(symbol) && program_scope(program, scope)->kind == SCOPE_CLASS) return false;
        bool own = fact_is(symbol) && !fact_same(scope, function->scope) &&
                   program_scope(program, scope)->kind != SCOPE_MODULE;
        if (!own && fact_is(program_symbol_in(program, function->body, row->name))) return false;
    }
    return true;
}

void solver_make_lazy(Solver *solver, Sink *sink) {
    const Program *program = solver->program;
    ParameterId parameter = default_of(solver, sink->expr);
    if (!fact_is(parameter) || solver_is_left_out(solver, sink->expr)) return;
    FunctionId function = program_parameter(program, parameter)->function;
    const FunctionFact *row = program_function(program, function);
    if ((row->flags & (FUNCTION_LAMBDA | FUNCTION_OVERLOAD)) || sink->accessor) return;
    if (!may_move(solver, program_parameter(program, parameter)->default_value, row, sink->expr))
        return;
    sink->function = function;
    sink->outcome = OUTCOME_COUNT;
    sink->code = (DiagnosticCode)0;
    Solution *solution = solver->solution;
    for (uint32_t i = 0; i < solution->defaults.count; i++)
        if (fact_same(solution->defaults.items[i].parameter, parameter)) return;
    vec_add(&solution->defaults, ((LazyDefault){parameter, function}));
}

static bool is_inside(const Program *program, const Sink *sink, Span around) {
    if (!fact_is(sink->expr)) return false;
    Span span = program_expr_span(program, sink->expr);
    return span.file.index == around.file.index && around.start <= span.start &&
           span.end <= around.end;
}

// What is replaced there can be moved when all of it is; else it stays, and is refused. An ignored access
// was meant to stay.
static bool stays_lazy(Solver *solver, const LazyDefault *lazy) {
    const Program *program = solver->program;
    ExprId value = program_parameter(program, lazy->parameter)->default_value;
    Span around = program_expr_span(program, value);
    Solution *solution = solver->solution;
    bool all = true;
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        if (is_inside(program, &solution->sinks.items[i], around))
            all = all && solution->sinks.items[i].outcome == OUTCOME_COUNT;
    for (uint32_t i = 1; !all && i < solution->sinks.count; i++) {
        Sink *sink = &solution->sinks.items[i];
        if (sink->outcome != OUTCOME_COUNT || !is_inside(program, sink, around)) continue;
        sink->outcome = OUTCOME_REFUSED;
        sink->code = DIAGNOSTIC_W204;
        sink->function = FACT_NONE(FunctionId);
    }
    return all;
}

void solver_settle_defaults(Solver *solver) {
    Solution *solution = solver->solution;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < solution->defaults.count; i++)
        if (stays_lazy(solver, &solution->defaults.items[i]))
            solution->defaults.items[kept++] = solution->defaults.items[i];
    solution->defaults.count = kept;
}

// A default in which nothing is exchanged after all, because its function runs at import, stays where it is.
void solver_drop_defaults(Solver *solver) {
    Solution *solution = solver->solution;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < solution->defaults.count; i++) {
        const LazyDefault *lazy = &solution->defaults.items[i];
        Span around = program_expr_span(solver->program,
                                        program_parameter(solver->program, lazy->parameter)->default_value);
        bool exchanged = false;
        for (uint32_t k = 1; k < solution->sinks.count && !exchanged; k++) {
            const Sink *sink = &solution->sinks.items[k];
            exchanged = outcome_row(sink->outcome)->rewritten && !sink->keeps_text &&
                        is_inside(solver->program, sink, around);
        }
        if (exchanged) solution->defaults.items[kept++] = *lazy;
    }
    solution->defaults.count = kept;
}
