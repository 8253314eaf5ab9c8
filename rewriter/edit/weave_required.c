// Parameters that become required.
//
// In: functions of a solution that have the context as an optional parameter of an earlier run. Out: the
// parameter without its default, and the fallback to the ambient context is gone. What the fallback read
// counts as replaced, so that its import goes where nothing else reads it.
#include "edit/weave_internal.h"

// Empty when the parameter does not become required, or its function never fell back.
static Span fallback_of(const Weaving *weaving, uint32_t function) {
    const FunctionPlan *plan = &weaving->solution->functions[function];
    return plan->becomes_required ? plan->fallback : (Span){0};
}

void weave_mark_fallbacks(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        Span stretch = fallback_of(weaving, i);
        if (stretch.start == stretch.end) continue;
        vec_add(&weaving->gone, stretch);
        const ModuleWork *work =
            &weaving->modules[program_function(program, (FunctionId){i})->module.index];
        for (uint32_t k = work->rows.exprs.first; k < work->rows.exprs.end; k++) {
            const ExprFact *expr = program_expr(program, (ExprId){k});
            if (stretch.start <= expr->start && expr->end <= stretch.end)
                weaving->replaced[k] = true;
        }
    }
}

void weave_write_required(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        if (!weaving->solution->functions[i].becomes_required) continue;
        Span stretch = fallback_of(weaving, i);
        TextEdit edit = {stretch.file, stretch.start, stretch.end, STR_NONE};
        if (stretch.start < stretch.end) vec_add(&weaving->texts.list, edit);
        weave_writer(weaving, program_function(program, (FunctionId){i})->module)
            ->require_parameter(program->facts, (FunctionId){i}, weaving->program->rules->context.parameter,
                                &weaving->texts);
        weave_take(
            weaving, DECISION_FUNCTION, i, FAMILY_CONTEXT, SAFETY_SAFE,
            "required parameter of '%.*s'",
            STR_ARG(program_name(program, program_function(program, (FunctionId){i})->qualified)));
    }
}
