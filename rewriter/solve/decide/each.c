// What is done for each tenant in turn. Comes in: what may be (find/each.c), and which accesses and calls are given the
// context of a boundary. Goes out: Solution.loops, decorators, and whether a context is made outside of the loops.
#include <stdlib.h>

#include "base/bug.h"
#include "solve/solver.h"

static const BoundaryRule *rule_of(const Solver *solver, FunctionId function) {
    uint32_t boundary = solver->solution->functions[function.index].boundary;
    return boundary ? &solver->program->rules->boundaries.items[boundary - 1] : NULL;
}

// What EXPR is part of is given the context that FUNCTION makes.
static void use(Solver *solver, ExprId expr, FunctionId function, bool *used) {
    const Program *program = solver->program;
    bool own =
        fact_same(program_scope_function(program, program_expr(program, expr)->scope), function);
    uint32_t call = own ? solver->each_call[expr.index] : 0;
    if (call)
        used[call] = true;
    else
        solver->solution->functions[function.index].needs_created = true;
}

static void find_uses(Solver *solver, bool *used) {
    const Program *program = solver->program;
    Solution *solution = solver->solution;
    for (uint32_t i = 1; i < program_function_count(program); i++)
        solution->functions[i].needs_created = false;
    for (uint32_t i = 1; i < solution->sinks.count; i++) {
        const Sink *sink = &solution->sinks.items[i];
        if (fact_is(sink->expr) && fact_is(sink->function) &&
            outcome_row(sink->outcome)->rewritten && !sink->migrated && !sink->inside_accessor &&
            !sink->ambient)
            use(solver, sink->expr, sink->function, used);
    }
    for (uint32_t i = 0; i < solution->calls.count; i++) {
        const CallPlan *plan = &solution->calls.items[i];
        ExprId expr = program_call(program, plan->call)->expr;
        FunctionId function = program_scope_function(program, program_expr(program, expr)->scope);
        if (plan->supply == CALL_PASSES && !plan->ambient && !plan->inside_accessor &&
            fact_is(function))
            use(solver, expr, function, used);
    }
    for (uint32_t i = 0; i < solution->forwards.count; i++) {
        const ForwardPlan *plan = &solution->forwards.items[i];
        FunctionId function =
            program_scope_function(program, program_expr(program, plan->expr)->scope);
        if (!plan->ambient && !plan->inside_accessor && fact_is(function))
            use(solver, plan->expr, function, used);
    }
    for (uint32_t i = 1; i < program_function_count(program); i++)
        if (solution->functions[i].supply == SUPPLY_CLOSURE)
            solution->functions[program_function(program, (FunctionId){i})->enclosing.index]
                .needs_created = true;
}

void solver_settle_each(Solver *solver) {
    const Program *program = solver->program;
    uint32_t count = program_expr_count(program);
    bool *used = memory_alloc_zeroed(count + 1, sizeof *used);
    // A table of its own: the parts of a solution settle this one after the other, each from what may be.
    uint32_t *settled = arena_array(solver->arena, uint32_t, count + 1);
    find_uses(solver, used);
    for (uint32_t i = 1; i < count; i++)
        if (used[solver->each_call[i]]) settled[i] = solver->each_call[i];
    solver->each_call = settled;
    solver->solution->each_call = settled;
    for (uint32_t i = 1; i < count; i++) {
        if (!used[i]) continue;
        FunctionId function =
            program_scope_function(program, program_expr(program, (ExprId){i})->scope);
        vec_add(&solver->solution->loops,
                ((EachCall){.expr = {i},
                            .function = function,
                            .runner = rule_of(solver, function)->each_call}));
    }
    free(used);
    for (uint32_t i = 1; i < program_function_count(program); i++) {
        const BoundaryRule *rule = rule_of(solver, (FunctionId){i});
        solver->solution->functions[i].runs_for_each = solver->each_function[i];
        if (!rule || !rule->each_body.length) continue;
        FunctionPlan *plan = &solver->solution->functions[i];
        bool gains = plan->supply == SUPPLY_CREATED && !solver->frozen_function[i];
        plan->each_body = each_is_decorated(solver, (FunctionId){i}) ? EACH_ALREADY
                          : gains                                    ? EACH_GAINS
                                                                     : EACH_NOT;
    }
}

uint32_t each_origin(const Solver *solver, FunctionId function) {
    const FunctionPlan *plan = &solver->solution->functions[function.index];
    if (plan->each_body != EACH_NOT) return ORIGIN_EACH_TENANT;
    return (uint32_t)solver->program->rules->boundaries.items[plan->boundary - 1].origin;
}
