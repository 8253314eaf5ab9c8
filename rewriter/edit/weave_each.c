// Start-up and background work for each tenant in turn.
//
// In: the calls that boundaries are to make for each, the boundaries that are to run so. Out: around a call the
// runner and the head of a function of the context, so that what is written into the call reads the same name;
// decorators.
#include "edit/weave_internal.h"

bool weave_runs_in_loops(const Weaving *weaving, FunctionId function) {
    const FunctionPlan *plan = &weaving->solution->functions[function.index];
    if (!plan->boundary || plan->needs_created) return false;
    return weaving->program->rules->boundaries.items[plan->boundary - 1].each_call.length > 0;
}

static void write_calls(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 0; i < weaving->solution->loops.count; i++) {
        const EachCall *loop = &weaving->solution->loops.items[i];
        ModuleId module = program_expr_module(program, loop->expr);
        if (weave_is_gone(weaving, module, program_expr(program, loop->expr)->start)) continue;
        Str runner = weave_name(weaving, weave_site(weaving, loop->expr), loop->runner);
        weave_writer(weaving, module)
            ->run_for_each(program->facts, loop->expr, runner, program->rules->context.parameter,
                           &weaving->texts);
        weave_take(
            weaving, DECISION_FUNCTION, loop->function.index, FAMILY_CONTEXT, SAFETY_SAFE,
            "for each tenant in '%.*s'",
            STR_ARG(program_name(program, program_function(program, loop->function)->qualified)));
    }
}

static void write_decorators(Weaving *weaving) {
    const Program *program = weaving->program;
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const FunctionPlan *plan = &weaving->solution->functions[i];
        const FunctionFact *function = program_function(program, (FunctionId){i});
        if (plan->each_body != EACH_GAINS || weave_function_is_gone(weaving, (FunctionId){i}))
            continue;
        Site site = weave_site_of_definition(weaving, function->scope, function->start);
        Str decorator = weave_name(weaving, site,
                                   program->rules->boundaries.items[plan->boundary - 1].each_body);
        weave_writer(weaving, function->module)
            ->add_decorator(program->facts, (FunctionId){i}, decorator, &weaving->texts);
        weave_take(weaving, DECISION_FUNCTION, i, FAMILY_CONTEXT, SAFETY_SAFE,
                   "decorator of '%.*s'", STR_ARG(program_name(program, function->qualified)));
    }
}

void weave_write_loops(Weaving *weaving) {
    write_calls(weaving);
    write_decorators(weaving);
}
