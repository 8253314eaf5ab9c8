// Boundaries: the functions in which the context is made, by rule.
// Comes in: boundary rules. Goes out: FunctionPlan.boundary. The first rule that fits wins.
#include "base/path.h"
#include "solve/declare.h"
#include "solve/solver.h"

static void mark(Solver *solver, FunctionId function, uint32_t rule) {
    FunctionPlan *plan = solver_function(solver, function);
    if (!plan->boundary) plan->boundary = rule + 1;
    uint32_t klass = facts_function(solver->facts, function)->klass.index;
    if (klass) solver->receives[klass] = true;
}

static void mark_by_name(Solver *solver, const BoundaryRule *rule, uint32_t index) {
    const Facts *facts = solver->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (solver_names_match(solver, &rule->targets,
                               facts_name(facts, facts->functions.items[i].qualified)))
            mark(solver, (FunctionId){i}, index);
}

static void mark_overrides(Solver *solver, const BoundaryRule *rule, uint32_t index) {
    const Facts *facts = solver->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        if (!solver_names_match(solver, &rule->targets, facts_name(facts, function->qualified))) continue;
        for (uint32_t k = solver->members.first[function->family];
             k < solver->members.first[function->family + 1]; k++)
            mark(solver, (FunctionId){solver->members.items[k]}, index);
    }
}

static void mark_decorated(Solver *solver, const BoundaryRule *rule, uint32_t index) {
    const Facts *facts = solver->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++)
        for (ExprId d = facts->functions.items[i].first_decorator; fact_is(d);
             d = facts_expr(facts, d)->next_sibling)
            if (solver_names_match(solver, &rule->targets, declare_decorator_text(facts, d)))
                mark(solver, (FunctionId){i}, index);
}

// Called by nothing but the module-level statements of its own file, if at all.
static bool is_entry(const Solver *solver, uint32_t index) {
    const Facts *facts = solver->facts;
    const FunctionFact *function = &facts->functions.items[index];
    for (uint32_t m = solver->members.first[function->family];
         m < solver->members.first[function->family + 1]; m++) {
        uint32_t member = solver->members.items[m];
        for (uint32_t i = solver->callers.first[member]; i < solver->callers.first[member + 1];
             i++) {
            uint32_t edge = solver->callers.items[i];
            ModuleId caller = facts_expr_module(facts, facts->edges.items[edge].expr);
            if (fact_is(solver->edge_caller[edge]) || !fact_same(caller, function->module))
                return false;
        }
    }
    return true;
}

// In a file that is an entry point, what no other function calls is one.
static void mark_files(Solver *solver, const BoundaryRule *rule, uint32_t index) {
    const Facts *facts = solver->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        if (fact_is(function->enclosing) ||
            (function->flags & (FUNCTION_LAMBDA | FUNCTION_CONSTRUCTOR)) || !is_entry(solver, i))
            continue;
        Str path = source_file(facts->sources, facts_module_file(facts, function->module))->path;
        for (uint32_t k = 0; k < rule->targets.count; k++)
            if (path_glob(rule->targets.items[k].text, path)) mark(solver, (FunctionId){i}, index);
    }
}

void solver_find_boundaries(Solver *solver) {
    for (uint32_t i = 0; i < solver->rules->boundaries.count; i++) {
        const BoundaryRule *rule = &solver->rules->boundaries.items[i];
        switch (rule->kind) {
        case BOUNDARY_FUNCTION: mark_by_name(solver, rule, i); break;
        case BOUNDARY_OVERRIDES: mark_overrides(solver, rule, i); break;
        case BOUNDARY_DECORATED: mark_decorated(solver, rule, i); break;
        case BOUNDARY_FILE: mark_files(solver, rule, i); break;
        }
    }
}
