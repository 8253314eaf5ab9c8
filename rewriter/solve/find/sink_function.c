// Functions that need the context by themselves: a person writes, or will write, what uses it.
// Comes in: `function:` rules. Goes out: one sink a definition, and the need for its parameter. The way out
// of others, holding and bridging, is none here: the function gains the parameter or is refused.
#include "solve/solver.h"

static void add_function(Solver *solver, FunctionId function, uint32_t rule) {
    const Program *program = solver->program;
    if (solver->runtime_module[program_function(program, function)->module.index]) return;
    Sink *sink = vec_push(&solver->solution->sinks);
    *sink = (Sink){.rule = rule,
                   .family = solver->program->rules->sinks.items[rule].family,
                   .function = function,
                   .outcome = OUTCOME_COUNT};
}

// Alternatives under `if`, overloads and the declaration in a stub file have the same name.
void solver_add_functions(Solver *solver, uint32_t rule) {
    const Program *program = solver->program;
    FunctionId found = program_find_function(solver->program,
                                             solver->program->rules->sinks.items[rule].target.text);
    if (!fact_is(found)) return;
    const FunctionFact *function = program_function(program, found);
    for (RowList members = program_members(solver->program, function->family);
         members.at < members.end; members.at++) {
        FunctionId member = {*members.at};
        if (name_equal(program_function(program, member)->qualified, function->qualified))
            add_function(solver, member, rule);
    }
}

void solver_need_function_sink(Solver *solver, uint32_t index) {
    FunctionId function = solver->solution->sinks.items[index].function;
    const FunctionPlan *plan = solver_function(solver, function);
    if (plan->boundary) {
        need_function(solver, function, 0, index);
        return;
    }
    need_parameter(solver, function);
    if (plan->gains_parameter || plan->has_parameter) need_function(solver, function, 0, index);
}

void solver_settle_function_sink(Solver *solver, Sink *sink) {
    const FunctionPlan *plan = solver_function(solver, sink->function);
    switch (plan->supply) {
    case SUPPLY_PARAMETER: sink->outcome = OUTCOME_THREADED; return;
    case SUPPLY_CREATED: sink->outcome = OUTCOME_CREATED; return;
    case SUPPLY_BRIDGED:
        sink->outcome = OUTCOME_BRIDGED;
        sink->code = plan->code;
        return;
    case SUPPLY_NONE: case SUPPLY_CARRIER: case SUPPLY_HELD: case SUPPLY_CLOSURE: break;
    }
    sink->outcome = OUTCOME_REFUSED;
    sink->code = solver->taken[sink->function.index] ? DIAGNOSTIC_W206 : DIAGNOSTIC_W212;
}
