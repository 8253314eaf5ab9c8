// Parameters that become required.
//
// In: functions of a solution that have the context as an optional parameter of an earlier run. Out: the
// parameter without its default, and the fallback to the ambient context is gone, with the overloads that told old
// callers. What these read counts as replaced, so that its import goes where nothing else reads it.
#include "edit/weave_internal.h"

// Empty when the parameter does not become required, or its function never fell back.
static Span fallback_of(const Weaving *weaving, uint32_t function) {
    const FunctionPlan *plan = &weaving->solution->functions[function];
    return plan->becomes_required ? plan->fallback : (Span){0};
}

static void mark_gone(Weaving *weaving, ModuleId module, Span stretch) {
    vec_add(&weaving->gone, stretch);
    const ModuleWork *work = &weaving->modules[module.index];
    for (uint32_t k = work->rows.exprs.first; k < work->rows.exprs.end; k++) {
        const ExprFact *expr = program_expr(weaving->program, (ExprId){k});
        if (stretch.start <= expr->start && expr->end <= stretch.end) weaving->replaced[k] = true;
    }
}

void weave_mark_fallbacks(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        ModuleId module = program_function(program, (FunctionId){i})->module;
        Span stretch = fallback_of(weaving, i);
        if (stretch.start < stretch.end) mark_gone(weaving, module, stretch);
        if (weave_find_overloads(weaving, (FunctionId){i}, &stretch)) mark_gone(weaving, module, stretch);
    }
}

static void take_out(Weaving *weaving, Span stretch) {
    vec_add(&weaving->texts.list, ((TextEdit){stretch.file, stretch.start, stretch.end, STR_NONE}));
}

void weave_write_required(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        if (!weaving->solution->functions[i].becomes_required) continue;
        Span stretch = fallback_of(weaving, i);
        if (stretch.start < stretch.end) take_out(weaving, stretch);
        if (weave_find_overloads(weaving, (FunctionId){i}, &stretch)) take_out(weaving, stretch);
        weave_writer(weaving, program_function(program, (FunctionId){i})->module)
            ->require_parameter(program->facts, (FunctionId){i}, weaving->program->rules->context.parameter,
                                &weaving->texts);
        weave_take(
            weaving, DECISION_FUNCTION, i, FAMILY_CONTEXT, SAFETY_SAFE,
            "required parameter of '%.*s'",
            STR_ARG(program_name(program, program_function(program, (FunctionId){i})->qualified)));
    }
}
