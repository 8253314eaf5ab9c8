// A value that does not last: functions that give the ambient context itself another value, and all that may call one. In:
// rules that put the context in the place of a variable. Out: functions that cannot take it as a parameter, since they
// would go on with the old value.
//
//     void loop(void) { while (!config->quit) if (asked) reload(); }        void reload(void) { config = next(); }
#include "solve/solver.h"

typedef Vec(uint32_t) Functions;

// All that move together with FUNCTION, once.
static void add_family(Solver *solver, FunctionId function, Functions *work) {
    const Program *program = solver->program;
    RowList members = program_members(program, program_function(program, function)->family);
    for (; members.at < members.end; members.at++) {
        if (solver->renews[*members.at]) continue;
        solver->renews[*members.at] = true;
        vec_add(work, *members.at);
    }
}

static void add_writers(Solver *solver, SymbolId symbol, Functions *work) {
    const Program *program = solver->program;
    for (RowList reads = program_reads(program, symbol); reads.at < reads.end; reads.at++) {
        const ExprFact *expr = program_expr(program, (ExprId){*reads.at});
        FunctionId function = program_scope_function(program, expr->scope);
        if ((expr->flags & EXPR_WRITTEN) && fact_is(function)) add_family(solver, function, work);
    }
}

void solver_find_renewed(Solver *solver) {
    const Program *program = solver->program;
    Functions work = {0};
    solver->renews = arena_array(solver->arena, bool, program_function_count(program) + 1);
    for (uint32_t i = 0; i < program->rules->sinks.count; i++) {
        const SinkRule *rule = &program->rules->sinks.items[i];
        if (rule->kind != SINK_SYMBOL || !str_is(rule->replace, "{context}")) continue;
        SymbolId symbol = program_find_symbol(program, rule->target.text);
        if (fact_is(symbol)) add_writers(solver, symbol, &work);
    }
    for (uint32_t i = 0; i < work.count; i++) {
        RowList callers = program_callers(program, (FunctionId){work.items[i]});
        for (; callers.at < callers.end; callers.at++) {
            FunctionId caller = program_edge_caller(program, *callers.at);
            if (fact_is(caller)) add_family(solver, caller, &work);
        }
    }
    vec_release(&work);
}
