// The worklist of needs: from sinks outwards over calls, until every need is supplied.
//
//     def name(): return settings.name     a sink: `name` needs the context; it gains the parameter, so the call
//     def greet(raw): return name()        of name() must pass it: `greet` needs it as well; and so on, up to
//     def on_message(raw): greet(raw)      a boundary, which makes it
//
// Comes in: sinks. Goes out: supplies, parameters, holders, call plans. Monotone: a need is never taken
// back within one attempt, so the order of work does not change the result.
#include "solve/solver.h"

void need_function(Solver *solver, FunctionId function, uint32_t evidence, uint32_t sink) {
    FunctionPlan *plan = solver_function(solver, function);
    if (!fact_is(function) || plan->needs_value) return;
    plan->needs_value = true;
    plan->evidence = evidence;
    plan->first_sink = sink;
    vec_add(&solver->work, function);
}

static void need_at_site(Solver *solver, ExprId expr, uint32_t edge) {
    FunctionId function =
        program_scope_function(solver->program, program_expr(solver->program, expr)->scope);
    if (!fact_is(function) || solver_inside_accessor(solver, expr)) return;
    uint32_t sink = 0;
    if (edge)
        sink = solver_function(solver, program_edge(solver->program, edge)->callee)->first_sink;
    need_function(solver, function, edge + 1, sink);
}

static void forward_at(Solver *solver, uint32_t edge_index) {
    const EdgeFact *edge = program_edge(solver->program, edge_index);
    for (uint32_t i = 0; i < solver->solution->forwards.count; i++)
        if (fact_same(solver->solution->forwards.items[i].expr, edge->expr)) return;
    ForwardPlan *plan = vec_push(&solver->solution->forwards);
    *plan = (ForwardPlan){.expr = edge->expr, .call = edge->call};
    need_at_site(solver, edge->expr, edge_index);
}

// Does construction of KLASS accept the argument, or can it be made to?
static bool can_construct(Solver *solver, ClassId klass) {
    FunctionId constructor = program_class(solver->program, klass)->constructor;
    if (program_class(solver->program, klass)->flags & CLASS_BEHIND_FOREIGN) return false;
    return fact_is(constructor) ? supply_can_gain(solver, constructor)
                                : solver_may_hold(solver, klass);
}

static void accept_construction(Solver *solver, ClassId klass) {
    FunctionId constructor = program_class(solver->program, klass)->constructor;
    if (fact_is(constructor))
        need_parameter(solver, constructor);
    else
        need_holder(solver, klass);
}

// A class that is a value stands for its subclasses as well.
static bool visit_constructions(Solver *solver, const EdgeFact *edge, bool apply) {
    RowList made = program_made_classes(solver->program, edge);
    for (; made.at < made.end; made.at++) {
        if (apply)
            accept_construction(solver, (ClassId){*made.at});
        else if (!can_construct(solver, (ClassId){*made.at}))
            return false;
    }
    return true;
}

// A lambda has what it needs from the function around it, and need only let the argument pass. One that
// hands its keywords on would hand this one on, too.
static bool can_ignore(const Program *program, FunctionId id) {
    const FunctionFact *function = program_function(program, id);
    for (uint32_t i = 0; i < function->parameter_count; i++)
        if (program_parameter(program, (ParameterId){function->first_parameter + i})->kind ==
            PARAMETER_KEYWORD_REST)
            return false;
    return function->flags & FUNCTION_LAMBDA;
}

static bool visit_targets(Solver *solver, CallId call, bool apply) {
    for (RowList edges = program_call_edges(solver->program, call); edges.at < edges.end;
         edges.at++) {
        const EdgeFact *edge = program_edge(solver->program, *edges.at);
        if (edge->mixed || edge->wrapped) return false;
        bool frozen = solver_keeps_signature(solver, edge->callee);
        if (solver->wrapper[edge->callee.index]) continue; // another one is called then
        if (edge->kind == EDGE_CONSTRUCT) {
            if (!visit_constructions(solver, edge, apply)) return false;
        } else if (!frozen && can_ignore(solver->program, edge->callee)) {
            if (apply) solver_function(solver, edge->callee)->accepts_any = true;
        } else if (apply) {
            need_parameter(solver, edge->callee);
        } else if (!supply_can_gain(solver, edge->callee)) {
            return false;
        }
    }
    return true;
}

// Everything that the call may reach must accept the argument: all of it, or none is touched.
static bool accept_everywhere(Solver *solver, CallId call) {
    return visit_targets(solver, call, false) && visit_targets(solver, call, true);
}

// The call runs the function, or makes an instance of a class whose constructor is to be written, without
// the argument.
static void lack_argument(Solver *solver, FunctionId callee, uint32_t index) {
    const EdgeFact *edge = program_edge(solver->program, index);
    if (fact_is(callee)) {
        solver->must_be_optional[program_function(solver->program, callee)->family] = true;
        return;
    }
    RowList made = program_made_classes(solver->program, edge);
    for (; made.at < made.end; made.at++) solver->made_without[*made.at] = true;
}

static CallSupply supply_of_call(Solver *solver, CallId call, FunctionId callee) {
    bool may_lack = supply_may_lack(solver, call);
    if (supply_passes_already(solver, call, callee) && !may_lack) return CALL_HAS_IT;
    if (solver->fixed_call[call.index] || may_lack ||
        solver_is_frozen(solver, program_call(solver->program, call)->expr) ||
        !accept_everywhere(solver, call))
        return CALL_REFUSED;
    return CALL_PASSES;
}

void need_at_call(Solver *solver, CallId call, FunctionId callee, uint32_t edge) {
    const CallFact *row = program_call(solver->program, call);
    if (solver_in_runtime(solver, row->expr)) { // it passes what it has
        if (!supply_passes_already(solver, call, callee)) lack_argument(solver, callee, edge);
        return;
    }
    if (solver->replaced_call[call.index]) return; // something else takes its place
    uint32_t at = solver->call_plan[call.index];
    if (at) { // another of the functions that it may reach has asked
        if (solver->solution->calls.items[at - 1].supply == CALL_REFUSED)
            lack_argument(solver, callee, edge);
        return;
    }
    *vec_push(&solver->solution->calls) = (CallPlan){.call = call, .supply = CALL_PASSES};
    at = solver->call_plan[call.index] = solver->solution->calls.count;
    CallSupply supply = supply_of_call(solver, call, callee);
    solver->solution->calls.items[at - 1].supply = supply;
    if (supply == CALL_REFUSED)
        lack_argument(solver, callee, edge);
    else if (supply == CALL_PASSES)
        need_at_site(solver, row->expr, edge);
}

// send.delay(1): the task gets the context with its arguments, in a form that the queue can carry.
static void send_at(Solver *solver, FunctionId callee, uint32_t index) {
    const EdgeFact *edge = program_edge(solver->program, index);
    const ForwarderRule *rule = program_sender(solver->program, edge);
    uint32_t *plan = &solver->call_plan[edge->call.index];
    solver->must_be_optional[program_function(solver->program, callee)->family] = true;
    solver_function(solver, callee)->receive = rule->receive;
    if (*plan) return;
    bool has_it = supply_passes_already(solver, edge->call, FACT_NONE(FunctionId));
    CallPlan sending = {.call = edge->call, .supply = has_it ? CALL_HAS_IT : CALL_PASSES, .pass = rule->pass};
    vec_add(&solver->solution->calls, sending);
    *plan = solver->solution->calls.count;
    if (!has_it) need_at_site(solver, program_call(solver->program, edge->call)->expr, index);
}

// What is bound while modules are imported would keep the context of that time.
bool solver_binds_context(const Solver *solver, uint32_t index) {
    const EdgeFact *edge = program_edge(solver->program, index);
    bool at_import = !fact_is(program_edge_caller(solver->program, index)) &&
                     !solver_inside_accessor(solver, edge->expr);
    return program_is_forward(solver->program, edge) && !at_import && !edge->wrapped &&
           !solver_is_frozen(solver, edge->expr);
}

// @opened("log") above a function: contextlib keeps the arguments, and runs the generator anew with them at each call.
static bool is_kept_at_import(const Solver *solver, uint32_t index) {
    const EdgeFact *edge = program_edge(solver->program, index);
    const ExprFact *call = program_expr(solver->program, edge->expr);
    return (program_function(solver->program, edge->callee)->flags & FUNCTION_CONTEXT_MANAGER) &&
           (call->flags & EXPR_IN_DECORATOR) && !fact_is(call->parent) &&
           !fact_is(program_edge_caller(solver->program, index));
}

static void ask_callers(Solver *solver, FunctionId callee) {
    const Program *program = solver->program;
    for (RowList callers = program_callers(solver->program, callee); callers.at < callers.end;
         callers.at++) {
        uint32_t edge_index = *callers.at;
        const EdgeFact *edge = program_edge(program, edge_index);
        if (is_kept_at_import(solver, edge_index))
            solver->escapes[program_function(program, callee)->family] = true;
        else if (edge->kind == EDGE_CALL || edge->kind == EDGE_CONSTRUCT)
            need_at_call(solver, edge->call, callee, edge_index);
        else if (edge->sends && solver_binds_context(solver, edge_index))
            send_at(solver, callee, edge_index);
        else if (solver_binds_context(solver, edge_index))
            forward_at(solver, edge_index);
        else
            solver->escapes[program_function(program, callee)->family] = true;
    }
}

static void ask_constructions(Solver *solver, ClassId klass, FunctionId constructor) {
    for (RowList sites = program_constructions(solver->program, klass); sites.at < sites.end;
         sites.at++) {
        uint32_t edge = *sites.at;
        need_at_call(solver, program_edge(solver->program, edge)->call, constructor, edge);
    }
}

// Constructions of a class and of the subclasses that inherit its constructor.
static void ask_all_constructions(Solver *solver, ClassId klass, FunctionId constructor) {
    const Program *program = solver->program;
    for (RowList lineage = program_lineage(solver->program, klass); lineage.at < lineage.end;
         lineage.at++) {
        ClassId made = (ClassId){*lineage.at};
        if (fact_same(program_class(program, made)->constructor, constructor))
            ask_constructions(solver, made, constructor);
    }
}

static void gain(Solver *solver, FunctionId id) {
    const FunctionFact *function = program_function(solver->program, id);
    FunctionPlan *plan = solver_function(solver, id);
    if (plan->gains_parameter || plan->has_parameter) return;
    plan->parameter = supply_context_parameter(solver, function);
    // Its callers pass it, as they cannot leave it out.
    const Language *language = program_module(solver->program, function->module)->language;
    if (fact_is(plan->parameter) && !language->traits.optional_parameters) {
        plan->has_parameter = true;
        plan->supply = SUPPLY_PARAMETER;
        return;
    }
    if (supply_has_unused(solver, function)) {
        plan->has_parameter = true;
        return;
    }
    if (!supply_can_gain(solver, id)) return;
    plan->has_parameter = fact_is(plan->parameter);
    plan->gains_parameter = !plan->has_parameter;
    // Whatever it was supplied by before, its own parameter comes first now; a receiver that holds
    // the context stays what it is.
    if (plan->supply == SUPPLY_NONE || plan->supply == SUPPLY_CLOSURE)
        plan->supply = SUPPLY_PARAMETER;
    ask_callers(solver, id);
    if (function->flags & FUNCTION_CONSTRUCTOR)
        ask_all_constructions(solver, function->klass, id);
}

void need_parameter(Solver *solver, FunctionId id) {
    uint32_t family = program_function(solver->program, id)->family;
    for (RowList members = program_members(solver->program, family); members.at < members.end;
         members.at++)
        gain(solver, (FunctionId){*members.at});
}

static void hold_in(Solver *solver, ClassId klass, FunctionId constructor) {
    ClassPlan *plan = &solver->solution->classes[klass.index];
    if (plan->holds) return;
    plan->holds = true;
    if (fact_is(constructor)) {
        FunctionPlan *function = solver_function(solver, constructor);
        function->stores = true;
        function->needs_value = true;
        need_parameter(solver, constructor);
    } else {
        plan->needs_constructor = true;
        ask_all_constructions(solver, klass, FACT_NONE(FunctionId));
    }
}

void need_holder(Solver *solver, ClassId klass) {
    const Program *program = solver->program;
    const ClassFact *row = program_class(program, klass);
    ClassId owner = klass;
    if (fact_is(row->constructor)) owner = program_function(program, row->constructor)->klass;
    if (solver->class_stores[owner.index]) return;
    hold_in(solver, owner, row->constructor);
    for (RowList children = program_descendants(solver->program, owner); children.at < children.end;
         children.at++) {
        ClassId child = (ClassId){*children.at};
        FunctionId constructor = program_class(program, child)->constructor;
        if (fact_is(constructor) && fact_same(program_function(program, constructor)->klass, child))
            hold_in(solver, child, constructor);
    }
}

void need_for_sink(Solver *solver, uint32_t index) {
    const Program *program = solver->program;
    const Sink *sink = &solver->solution->sinks.items[index];
    if (sink->migrated) return;
    if (sink->outcome != OUTCOME_COUNT && !outcome_row(sink->outcome)->passed) return;
    if (!fact_is(sink->expr)) {
        solver_need_function_sink(solver, index);
        return;
    }
    if (!sink->accessor && solver->program->rules->sinks.items[sink->rule].kind == SINK_CONSTRUCT) {
        for (RowList edges = program_call_edges(solver->program, sink->call); edges.at < edges.end;
             edges.at++) {
            const EdgeFact *edge = program_edge(program, *edges.at);
            if (edge->kind == EDGE_CONSTRUCT && solver_may_hold(solver, edge->klass))
                need_holder(solver, edge->klass);
        }
        return;
    }
    if (fact_is(sink->function) && !sink->inside_accessor)
        need_function(solver, sink->function, 0, index);
}

void solver_work_off(Solver *solver) {
    while (solver->work.count) {
        FunctionId function = *vec_last(&solver->work);
        solver->work.count--;
        FunctionPlan *plan = solver_function(solver, function);
        if (solver->whole)
            supply_repeat(solver, function);
        else if (plan->supply == SUPPLY_NONE && !plan->reads_ambient)
            supply_choose(solver, function);
    }
}

void solver_spread_needs(Solver *solver) {
    for (uint32_t i = 1; i < solver->solution->sinks.count; i++) need_for_sink(solver, i);
    solver_ask_for_hosted(solver);
    if (solver->options->contract) solver_ask_for_contracted(solver);
    solver_ask_for_old_callers(solver);
    solver_work_off(solver);
}
