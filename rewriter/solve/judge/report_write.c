// Says where a symbol or an attribute is written whose reads a rule replaces: nothing reads there any more what is
// written. Comes in: a settled solution. Goes out: W218. Must not change the solution.
//
//     config.settings = new      the rule replaces app.config.settings; its own module may make it
//     bot.settings = new         the rule replaces app.Bot.settings; methods of Bot may make it
#include "base/bug.h"
#include "solve/judge/report.h"

static void say(Solver *solver, ExprId expr) {
    Span span = program_expr_span(solver->program, expr);
    diagnostic_add(solver->diagnostics, DIAGNOSTIC_W218, span,
                   "%s: what is written to '%.*s' is not read where the rule replaces it",
                   diagnostic_code_title(DIAGNOSTIC_W218),
                   STR_ARG(str_slice(source_file(solver->program->facts->sources, span.file)->text,
                                     span.start, span.end)));
    diagnostic_help(solver->diagnostics, "%s", report_help(DIAGNOSTIC_W218));
}

static bool is_written_place(const Solver *solver, ExprId id) {
    const ExprFact *expr = program_expr(solver->program, id);
    return expr->kind == EXPR_ATTRIBUTE && (expr->flags & (EXPR_STORED | EXPR_DELETED)) &&
           !solver_in_runtime(solver, id) && !solver_runs_in_test(solver, id);
}

static void report_symbol(Solver *solver, const bool *replaced) {
    const Program *program = solver->program;
    for (uint32_t i = 1; i < program_expr_count(program); i++) {
        SymbolId symbol = program_definition_of(program, program_symbol_of(program, (ExprId){i}));
        if (replaced[symbol.index] && is_written_place(solver, (ExprId){i}))
            say(solver, (ExprId){i});
    }
}

static void report_attribute(Solver *solver, const SinkRule *rule) {
    const Program *program = solver->program;
    Str target = rule->target.text;
    size_t dot = (size_t)str_find_last(target, '.');
    ClassId klass = program_find_class(program, str_slice(target, 0, dot));
    Name name = intern_find(program->facts->names, str_slice(target, dot + 1, target.length));
    for (uint32_t i = 0; fact_is(klass) && i < program_class_reference_count(program); i++) {
        const ClassReference *row = program_class_reference(program, i);
        ExprId parent = program_expr(program, row->expr)->parent;
        FunctionId function =
            program_scope_function(program, program_expr(program, row->expr)->scope);
        if (name_equal(program_expr(program, parent)->name, name) && row->instance &&
            is_written_place(solver, parent) && program_is_subclass(program, row->klass, klass) &&
            !program_is_subclass(program, program_function(program, function)->klass, klass))
            say(solver, parent);
    }
}

void solver_report_writes(Solver *solver) {
    const Rules *rules = solver->program->rules;
    const Solution *solution = solver->solution;
    bool *replaced =
        memory_alloc_zeroed(program_symbol_count(solver->program) + 1, sizeof *replaced);
    bool *attributes = memory_alloc_zeroed(rules->sinks.count + 1, sizeof *attributes);
    bool any = false;
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        if (sink->accessor || sink->migrated || !outcome_row(sink->outcome)->rewritten) continue;
        SinkKind kind = rules->sinks.items[sink->rule].kind;
        attributes[sink->rule] = kind == SINK_ATTRIBUTE;
        SymbolId symbol = program_symbol_of(solver->program, sink->expr);
        if (kind != SINK_SYMBOL || !fact_is(symbol)) continue;
        replaced[program_definition_of(solver->program, symbol).index] = any = true;
    }
    replaced[0] = false;
    if (any) report_symbol(solver, replaced);
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        if (attributes[i]) report_attribute(solver, &rules->sinks.items[i]);
    free(replaced);
    free(attributes);
}
