// Where the parameter stands among the others, and whether anything reads it. In: a solution. Out: answers about one
// function or call. Of interest where arguments go by position.
#include "base/bug.h"
#include "edit/weave_internal.h"
#include "program/index.h"

// ---- what is read ----------------------------------------------------------------------------------
static void mark_user(Weaving *weaving, ExprId expr) {
    FunctionId function = program_scope_function(weaving->program, program_expr(weaving->program, expr)->scope);
    weaving->uses[function.index] = true;
}

// The commonest mark; of two the one that comes first.
static Str commonest_mark(const Program *program) {
    uint32_t *counts = memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof *counts);
    uint32_t best = 0;
    for (uint32_t i = 1; i < program_parameter_count(program); i++)
        counts[program_parameter(program, (ParameterId){i})->mark.index]++;
    counts[0] = 0;
    for (uint32_t i = 1; i < program_parameter_count(program); i++) {
        uint32_t mark = program_parameter(program, (ParameterId){i})->mark.index;
        if (counts[mark] > counts[best]) best = mark;
    }
    free(counts);
    return program_name(program, (Name){best});
}

void weave_find_uses(Weaving *weaving) {
    const Program *program = weaving->program;
    const Solution *solution = weaving->solution;
    weaving->uses = memory_alloc_zeroed(program_function_count(program) + 1, sizeof *weaving->uses);
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        bool written = fact_is(sink->expr) && outcome_row(sink->outcome)->rewritten && !sink->keeps_text;
        if (written) mark_user(weaving, sink->expr);
    }
    for (uint32_t i = 0; i < solution->calls.count; i++) {
        const CallPlan *plan = &solution->calls.items[i];
        if (plan->supply == CALL_PASSES && !plan->ambient)
            mark_user(weaving, program_call(program, plan->call)->expr);
    }
    weaving->unused_mark = commonest_mark(program);
}

// ---- where it stands -------------------------------------------------------------------------------
// What takes any number of arguments has the context before these.
bool weave_is_last(const Weaving *weaving, FunctionId id) {
    const Program *program = weaving->program;
    const FunctionFact *function = program_function(program, id);
    if (!program->rules->context.last) return false;
    for (uint32_t i = 0; i < function->parameter_count; i++)
        if (program_parameter(program, (ParameterId){function->first_parameter + i})->kind == PARAMETER_REST)
            return false;
    return true;
}

bool weave_call_is_last(const Weaving *weaving, CallId call) {
    RowList edges = program_call_edges(weaving->program, call);
    return edges.at < edges.end && weave_is_last(weaving, program_edge(weaving->program, *edges.at)->callee);
}
