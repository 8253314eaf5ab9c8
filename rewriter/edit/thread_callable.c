// Declarations of callables: Callable[[A], R].
//
// In: the calls that pass the context to a value declared with a list of parameters. Out: the list makes
// way for "any arguments", since such a declaration cannot name a keyword; without that the type checker
// refuses both the call and every function that is handed over.
#include "edit/thread_internal.h"

#include "base/bug.h"

void thread_write_callables(Threading *threading) {
    const Facts *facts = threading->facts;
    bool *passes = memory_alloc_zeroed(facts->calls.count + 1, sizeof *passes);
    for (uint32_t i = 0; i < threading->solution->calls.count; i++) {
        const CallPlan *plan = &threading->solution->calls.items[i];
        if (plan->supply == CALL_PASSES) passes[plan->call.index] = true;
    }
    for (uint32_t i = 0; i < facts->declared_calls.count; i++) {
        const DeclaredCall *row = &facts->declared_calls.items[i];
        const ExprFact *list = &facts->exprs.items[row->parameters.index];
        ModuleId module = facts_expr_module(facts, row->parameters);
        if (!passes[row->call.index] || thread_is_gone(threading, module, list->start)) continue;
        threading->writer->accept_any_arguments(facts, row->parameters, &threading->texts);
        thread_take(threading, DECISION_CALL, row->call.index, FAMILY_ISOLATION_CONTEXT,
                    SAFETY_SAFE, "parameters of a callable");
    }
    free(passes);
}
