// What others may ask of a solution; see solution.h.
#include "solve/solution.h"

static const OutcomeRow OUTCOMES[OUTCOME_COUNT + 1] = {
#define OUTCOME(NAME, name, passed, rewritten, doubtful, accepted, column, remedy, change)          \
    [OUTCOME_##NAME] = {name, passed, rewritten, doubtful, accepted, column, remedy, change},
#include "solve/outcomes.def"
#undef OUTCOME
    [OUTCOME_COUNT] = {.name = "", .column = "", .remedy = "", .change = ""},
};

const OutcomeRow *outcome_row(Outcome outcome) { return &OUTCOMES[outcome]; }

Span sink_span(const Program *program, const Sink *sink) {
    if (fact_is(sink->expr)) return program_expr_span(program, sink->expr);
    const FunctionFact *function = program_function(program, sink->function);
    return (Span){program_module_file(program, function->module), function->name_start,
                  function->name_end};
}

bool solution_runs_for_each(const Solution *solution, ExprId expr) {
    return solution->each_call && solution->each_call[expr.index] != 0;
}

bool sink_is_done(const Sink *sink) {
    return sink->migrated && !outcome_row(sink->outcome)->doubtful && !sink->leak;
}

Str ignore_reason(const Solution *solution, const Sink *sink) {
    Str reason = solution->ignores.items[sink->ignore].reason;
    return reason.length ? reason : STR("none is given");
}

void solution_release(Solution *solution) {
    vec_release(&solution->sinks);
    vec_release(&solution->calls);
    vec_release(&solution->forwards);
    vec_release(&solution->accessors);
    vec_release(&solution->old_names);
    vec_release(&solution->retyped);
    vec_release(&solution->lost);
    vec_release(&solution->defaults);
    vec_release(&solution->ignores);
    vec_release(&solution->leaks);
    vec_release(&solution->loops);
    vec_release(&solution->taken_back);
    arena_release(&solution->arena);
    arena_release(&solution->attempt);
}
