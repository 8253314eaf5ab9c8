// Where the parameter stands among the others, and whether anything reads it. In: a solution. Out: answers about one
// function or call. Of interest where arguments go by position.
#include "base/bug.h"
#include "edit/weave_internal.h"
#include "program/index.h"

// ---- what is read ----------------------------------------------------------------------------------
static void mark_user(Weaving *weaving, ExprId expr) {
    FunctionId function = program_scope_function(weaving->program, program_expr(weaving->program, expr)->scope);
    weaving->uses[function.index] = true;
    const LanguageWriter *writer = weave_writer(weaving, program_expr_module(weaving->program, expr));
    if (!writer->is_compiled || writer->is_compiled(weaving->program->facts, expr))
        weaving->compiled_uses[function.index] = true;
}

// The commonest mark, of two the one that comes first, and where it mostly stands.
static void find_commonest_mark(const Program *program, Str *name, bool *before) {
    uint32_t *counts = memory_alloc_zeroed(intern_count(program->facts->names) + 1, sizeof *counts);
    uint32_t best = 0;
    for (uint32_t i = 1; i < program_parameter_count(program); i++)
        counts[program_parameter(program, (ParameterId){i})->mark.index]++;
    counts[0] = 0;
    for (uint32_t i = 1; i < program_parameter_count(program); i++) {
        uint32_t mark = program_parameter(program, (ParameterId){i})->mark.index;
        if (counts[mark] > counts[best]) best = mark;
    }
    uint32_t in_front = 0;
    for (uint32_t i = 1; best && i < program_parameter_count(program); i++) {
        const ParameterFact *row = program_parameter(program, (ParameterId){i});
        in_front += row->mark.index == best && row->mark_before;
    }
    *before = in_front * 2 > counts[best];
    *name = program_name(program, (Name){best});
    free(counts);
}

void weave_find_uses(Weaving *weaving) {
    const Program *program = weaving->program;
    const Solution *solution = weaving->solution;
    weaving->uses = memory_alloc_zeroed(program_function_count(program) + 1, sizeof *weaving->uses);
    weaving->compiled_uses = memory_alloc_zeroed(program_function_count(program) + 1, sizeof *weaving->compiled_uses);
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
    find_commonest_mark(program, &weaving->unused_mark, &weaving->mark_before);
}

// ---- where it stands -------------------------------------------------------------------------------
// What takes any number of arguments has the context before these.
static uint32_t last_position(const Program *program, const FunctionFact *function) {
    for (uint32_t i = 0; i < function->parameter_count; i++)
        if (program_parameter(program, (ParameterId){function->first_parameter + i})->kind == PARAMETER_REST) return 0;
    return function->parameter_count;
}

// Behind the parameter NAME; 0 when it has none.
static uint32_t position_after(const Program *program, const FunctionFact *function, Str name) {
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *row = program_parameter(program, (ParameterId){function->first_parameter + i});
        if (row->name.index && str_equal(program_name(program, row->name), name)) return i + 1;
    }
    return 0;
}

// Prototypes need not name their parameters, or name them otherwise: what defines one of the family counts first.
static uint32_t position_in_family(const Program *program, const FunctionFact *function, Str name) {
    uint32_t declared = 0;
    RowList members = program_members(program, function->family);
    for (; members.at < members.end; members.at++) {
        const FunctionFact *member = program_function(program, (FunctionId){*members.at});
        uint32_t position = position_after(program, member, name);
        if (position && !(member->flags & FUNCTION_STUB)) return position;
        if (!declared) declared = position;
    }
    return declared;
}

uint32_t weave_position(const Weaving *weaving, FunctionId id) {
    const Program *program = weaving->program;
    const FunctionFact *function = program_function(program, id);
    const ContextRule *rule = &program->rules->context;
    if (!rule->last) return 0;
    uint32_t after = rule->after.length ? position_in_family(program, function, rule->after) : 0;
    return after && after <= function->parameter_count ? after : last_position(program, function);
}

uint32_t weave_call_position(const Weaving *weaving, CallId call) {
    RowList edges = program_call_edges(weaving->program, call);
    uint32_t given = program_call(weaving->program, call)->argument_count;
    if (edges.at == edges.end) return 0;
    uint32_t position = weave_position(weaving, program_edge(weaving->program, *edges.at)->callee);
    return position < given ? position : given;
}
