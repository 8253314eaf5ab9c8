// Declarations of callables: Callable[[A], R].
//
// In: the calls that pass the context to a value declared with a list of parameters. Out: the list makes
// way for "any arguments", since such a declaration cannot name a keyword; without that the type checker
// refuses both the call and every function that is handed over.
#include "edit/weave_internal.h"

#include "base/bug.h"

void weave_write_callables(Weaving *weaving) {
    const Program *program = weaving->program;
    bool *passes = memory_alloc_zeroed(program_call_count(program) + 1, sizeof *passes);
    for (uint32_t i = 0; i < weaving->solution->calls.count; i++) {
        const CallPlan *plan = &weaving->solution->calls.items[i];
        if (plan->supply == CALL_PASSES) passes[plan->call.index] = true;
    }
    for (uint32_t i = 0; i < program_declared_call_count(program); i++) {
        const DeclaredCall *row = program_declared_call(program, i);
        const ExprFact *list = program_expr(program, row->parameters);
        ModuleId module = program_expr_module(program, row->parameters);
        if (!passes[row->call.index] || weave_is_gone(weaving, module, list->start)) continue;
        weave_writer(weaving, module)->accept_any_arguments(program->facts, row->parameters, &weaving->texts);
        weave_take(weaving, DECISION_CALL, row->call.index, FAMILY_CONTEXT, SAFETY_SAFE,
                   "parameters of a callable");
    }
    free(passes);
}
