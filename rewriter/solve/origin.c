// Where contexts come from in the end: the set of origins of every function, class, accessor and sink
// (pitfall 18). Comes in: a settled solution. Goes out: origins and the count of isolated sinks.
// A union over callers to a fixpoint; sets only grow.
#include "solve/solver.h"

typedef struct Origins {
    Solver *solver;
    uint32_t *classes;   // of the context that instances hold
    uint32_t *accessors;
    bool changed;
} Origins;

static void grow(Origins *origins, uint32_t *set, uint32_t more) {
    if ((*set | more) == *set) return;
    *set |= more;
    origins->changed = true;
}

// Origins of the context that is at hand where EXPR is evaluated.
static uint32_t at_site(const Origins *origins, ExprId expr) {
    const Solver *solver = origins->solver;
    uint32_t accessor = solver_inside_accessor(solver, expr);
    if (accessor) return origins->accessors[accessor];
    FunctionId function =
        facts_scope_function(solver->facts, solver->facts->exprs.items[expr.index].scope);
    if (!fact_is(function)) return ORIGIN_IMPORT_TIME;
    const FunctionPlan *plan = &solver->solution->functions[function.index];
    if (!plan->reads_ambient) return plan->origins;
    return solver->facts->functions.items[function.index].flags & FUNCTION_CONSTRUCTOR
               ? ORIGIN_IMPORT_TIME
               : ORIGIN_UNCALLED;
}

static uint32_t of_constructions(const Origins *origins, uint32_t klass) {
    const Solver *solver = origins->solver;
    uint32_t set = 0;
    for (uint32_t i = solver->constructions.first[klass];
         i < solver->constructions.first[klass + 1]; i++)
        set |= at_site(origins,
                       solver->facts->edges.items[solver->constructions.items[i]].expr);
    return set;
}

static void visit_class(Origins *origins, uint32_t klass) {
    const Solver *solver = origins->solver;
    uint32_t set = 0, made = 0;
    for (uint32_t i = 0; i < solver_lineage_count(solver, (ClassId){klass}); i++) {
        ClassId one = solver_lineage_item(solver, (ClassId){klass}, i);
        set |= of_constructions(origins, one.index);
        made += solver_construction_count(solver, one);
    }
    // Nothing known yet of the places that make it is not the same as nobody makes it.
    grow(origins, &origins->classes[klass], made ? set : ORIGIN_UNCALLED);
}

static uint32_t of_callers(const Origins *origins, const FunctionFact *function) {
    const Solver *solver = origins->solver;
    uint32_t set = 0;
    for (uint32_t m = solver->members.first[function->family];
         m < solver->members.first[function->family + 1]; m++) {
        uint32_t member = solver->members.items[m];
        if (solver->public_function[member]) set |= ORIGIN_PUBLIC_API;
        for (uint32_t i = solver->callers.first[member]; i < solver->callers.first[member + 1];
             i++) {
            const EdgeFact *edge = &solver->facts->edges.items[solver->callers.items[i]];
            bool bound = edge->kind != EDGE_ESCAPE || supply_is_forward(solver, edge);
            set |= bound ? at_site(origins, edge->expr) : ORIGIN_UNCALLED;
        }
    }
    if (function->flags & FUNCTION_CONSTRUCTOR) set |= origins->classes[function->klass.index];
    return set;
}

static bool nobody_calls(const Solver *solver, const FunctionFact *function) {
    for (uint32_t m = solver->members.first[function->family];
         m < solver->members.first[function->family + 1]; m++) {
        uint32_t member = solver->members.items[m];
        if (solver->public_function[member] ||
            solver->callers.first[member] != solver->callers.first[member + 1])
            return false;
    }
    return !(function->flags & FUNCTION_CONSTRUCTOR);
}

static void visit_function(Origins *origins, uint32_t index) {
    const Solver *solver = origins->solver;
    const FunctionFact *function = &solver->facts->functions.items[index];
    FunctionPlan *plan = &solver->solution->functions[index];
    uint32_t set = 0;
    switch (plan->supply) {
    case SUPPLY_NONE: return;
    case SUPPLY_PARAMETER:
        set = nobody_calls(solver, function) ? ORIGIN_UNCALLED : of_callers(origins, function);
        break;
    case SUPPLY_CARRIER: {
        uint32_t said = solver->rules->carriers.items[plan->carrier_rule].origin;
        ClassId klass = solver->facts->parameters.items[plan->carrier.index].klass;
        set = said ? said : origins->classes[klass.index];
        break;
    }
    case SUPPLY_HELD: set = origins->classes[function->klass.index]; break;
    case SUPPLY_CLOSURE: set = solver->solution->functions[function->enclosing.index].origins; break;
    case SUPPLY_CREATED: case SUPPLY_BRIDGED:
        set = plan->boundary
                  ? (uint32_t)solver->rules->boundaries.items[plan->boundary - 1].origin
                  : ORIGIN_UNCALLED;
        break;
    }
    grow(origins, &plan->origins, set);
}

static void visit_sink(Origins *origins, Sink *sink) {
    if (!fact_is(sink->expr)) {
        grow(origins, &sink->origins,
             origins->solver->solution->functions[sink->function.index].origins);
        return;
    }
    uint32_t set = sink->keeps_text || sink->outcome == OUTCOME_REFUSED
                       ? (fact_is(sink->function) ? at_site(origins, sink->expr)
                                                  : (uint32_t)ORIGIN_IMPORT_TIME)
                       : at_site(origins, sink->expr);
    grow(origins, &sink->origins, set);
    // A stand-in asks anew at each use: nothing is made where its name is read.
    if (sink->accessor && !sink->keeps_text)
        grow(origins, &origins->accessors[sink->accessor], set);
}

bool sink_is_isolated(const Sink *sink) {
    bool rewritten = sink->outcome != OUTCOME_REFUSED && sink->outcome != OUTCOME_BRIDGED &&
                     sink->outcome != OUTCOME_IGNORED;
    return rewritten && sink->origins && !(sink->origins & ~(uint32_t)ORIGINS_WITH_TENANT);
}

void solver_find_origins(Solver *solver) {
    const Facts *facts = solver->facts;
    Solution *solution = solver->solution;
    Origins origins = {.solver = solver,
                       .classes = arena_array(solver->arena, uint32_t, facts->classes.count + 1),
                       .accessors =
                           arena_array(solver->arena, uint32_t, solution->accessors.count + 1)};
    do {
        origins.changed = false;
        for (uint32_t i = 1; i < facts->functions.count; i++) visit_function(&origins, i);
        for (uint32_t i = 1; i < solution->sinks.count; i++)
            visit_sink(&origins, &solution->sinks.items[i]);
        for (uint32_t i = 1; i < facts->classes.count; i++)
            if (solution->classes[i].holds || solver->class_stores[i]) visit_class(&origins, i);
    } while (origins.changed);
    for (uint32_t i = 1; i < solution->sinks.count; i++)
        solution->isolated_count += sink_is_isolated(&solution->sinks.items[i]);
}
