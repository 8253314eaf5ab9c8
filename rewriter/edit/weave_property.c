// Cached properties of objects that tenants share.
//
// In: functions of a solution whose object would keep the first tenant's value. Out: another decorator, which keeps one
// for each context. What the old one read counts as replaced, so that its import goes where nothing else reads it.
#include "edit/weave_internal.h"

static ExprId decorator_of(const Weaving *weaving, uint32_t function) {
    return weaving->solution->functions[function].keeps_by_context
               ? program_function(weaving->program, (FunctionId){function})->first_decorator
               : FACT_NONE(ExprId);
}

void weave_mark_properties(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        for (ExprId e = decorator_of(weaving, i); fact_is(e); e = program_expr(program, e)->base)
            weaving->replaced[e.index] = true;
}

void weave_write_properties(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        ExprId decorator = decorator_of(weaving, i);
        if (!fact_is(decorator)) continue;
        const FunctionFact *function = program_function(program, (FunctionId){i});
        Span span = program_expr_span(program, decorator);
        Site site = weave_site_of_definition(weaving, function->scope, function->start);
        Str name = weave_name(weaving, site, program->rules->context.cached_property);
        TextEdit edit = {span.file, span.start, span.end, name};
        vec_add(&weaving->texts.list, edit);
        weave_take(weaving, DECISION_FUNCTION, i, FAMILY_CONTEXT, SAFETY_SAFE,
                   "cached property '%.*s'", STR_ARG(program_name(program, function->qualified)));
    }
}
