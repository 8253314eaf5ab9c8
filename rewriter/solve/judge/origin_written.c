// Origins of contexts that the source passes already (find/written.h). Comes in: expressions, edges. Goes out:
// sets as known so far.
#include "solve/find/written.h"
#include "solve/judge/origin.h"

// A carrier's own origin, as its rule says; 0: that of its constructions.
static uint32_t said_of_carrier(const Solver *solver, const Written *written) {
    const Rules *rules = solver->program->rules;
    for (uint32_t i = 0; i < rules->carriers.count; i++)
        if (solver_carries(solver, i, written->klass, written->outside)) return rules->carriers.items[i].origin;
    return 0;
}

static uint32_t of_boundary(const Solver *solver, FunctionId function) {
    if (!fact_is(function)) return ORIGIN_IMPORT_TIME;
    return solver->solution->functions[function.index].boundary ? each_origin(solver, function)
                                                                : (uint32_t)ORIGIN_UNCALLED;
}

uint32_t of_context(Origins *origins, ExprId context) {
    const Solver *solver = origins->solver;
    Written written = written_context(solver, context);
    switch (written.kind) {
    case WRITTEN_PARAMETER: return function_origins(origins, written.function.index);
    case WRITTEN_HELD: {
        if (origins->by_runs && !is_kept(solver, written.klass))
            return held_origins(origins, written.function.index);
        const FunctionFact *method = program_function(solver->program, written.function);
        return is_keyed_method(origins, method) ? function_origins(origins, written.function.index)
                                                : class_origins(origins, written.klass.index);
    }
    case WRITTEN_CARRIED: {
        uint32_t said = said_of_carrier(solver, &written);
        if (!said && !fact_is(written.klass)) return ORIGIN_UNCALLED;
        if (!said && origins->by_runs && !is_kept(solver, written.klass))
            return runs_at(origins, context);
        return said ? said : class_origins(origins, written.klass.index);
    }
    case WRITTEN_MADE:
    case WRITTEN_AMBIENT: return of_boundary(solver, written.function);
    case WRITTEN_UNKNOWN: break;
    }
    return fact_is(program_scope_function(solver->program,
                                          program_expr(solver->program, context)->scope))
               ? ORIGIN_UNCALLED
               : ORIGIN_IMPORT_TIME;
}

uint32_t at_edge(Origins *origins, const EdgeFact *edge) {
    const Solver *solver = origins->solver;
    ExprId context = written_at_edge(solver, edge);
    if (fact_is(context)) return of_context(origins, context);
    uint32_t plan = edge->kind == EDGE_ESCAPE ? 0 : solver->call_plan[edge->call.index];
    bool refused = plan ? solver->solution->calls.items[plan - 1].supply == CALL_REFUSED
                        : written_lacks(solver, edge);
    return refused ? ORIGIN_UNCALLED : at_site(origins, edge->expr);
}

uint32_t at_access(Origins *origins, ExprId expr) {
    const Sink *sink = &origins->solver->solution->sinks.items[origins->sink_at[expr.index]];
    return sink->migrated ? of_context(origins, sink->context) : at_site(origins, expr);
}
