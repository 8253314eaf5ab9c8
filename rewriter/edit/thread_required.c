// Parameters that become required.
//
// In: functions of a solution that have the context as an optional parameter of an earlier run. Out: the
// parameter without its default, and the fallback to the ambient context is gone. What the fallback read
// counts as replaced, so that its import goes where nothing else reads it.
#include "edit/thread_internal.h"

// Empty when the parameter does not become required, or its function never fell back.
static Span fallback_of(const Threading *threading, uint32_t function) {
    const FunctionPlan *plan = &threading->solution->functions[function];
    return plan->becomes_required ? plan->fallback : (Span){0};
}

void thread_mark_fallbacks(Threading *threading) {
    const Facts *facts = threading->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        Span stretch = fallback_of(threading, i);
        if (stretch.start == stretch.end) continue;
        vec_add(&threading->gone, stretch);
        const ModuleWork *work = &threading->modules[facts->functions.items[i].module.index];
        for (uint32_t k = work->rows.exprs.first; k < work->rows.exprs.end; k++) {
            const ExprFact *expr = &facts->exprs.items[k];
            if (stretch.start <= expr->start && expr->end <= stretch.end)
                threading->replaced[k] = true;
        }
    }
}

void thread_write_required(Threading *threading) {
    const Facts *facts = threading->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        if (!threading->solution->functions[i].becomes_required) continue;
        Span stretch = fallback_of(threading, i);
        TextEdit edit = {stretch.file, stretch.start, stretch.end, STR_NONE};
        if (stretch.start < stretch.end) vec_add(&threading->texts.list, edit);
        threading->writer->require_parameter(
            facts, (FunctionId){i}, threading->rules->context.parameter, &threading->texts);
        thread_take(threading, DECISION_FUNCTION, i, FAMILY_ISOLATION_CONTEXT, SAFETY_SAFE,
                    "required parameter of '%.*s'",
                    STR_ARG(facts_name(facts, facts->functions.items[i].qualified)));
    }
}
