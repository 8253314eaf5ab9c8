// How a function comes by its context. The order of suppliers is the design's: own parameter, carrier,
// receiver, enclosing function, boundary, bridge; an explicit boundary stops the search.
// Comes in: a function that needs the context. Goes out: its Supply, and new needs elsewhere.
#include "solve/solver.h"

bool supply_is_forward(const Solver *solver, const EdgeFact *edge) {
    const Facts *facts = solver->facts;
    if (!fact_is(edge->call)) return false;
    const CallFact *call = facts_call(facts, edge->call);
    Str dotted = facts_name(facts, call->dotted);
    int32_t position = -1;
    Str keyword = STR_NONE;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        if (!fact_same(argument->value, edge->expr)) continue;
        if (argument->kind == ARGUMENT_POSITIONAL) position = (int32_t)i;
        if (argument->kind == ARGUMENT_KEYWORD) keyword = facts_name(facts, argument->name);
    }
    for (uint32_t i = 0; i < solver->rules->forwarders.count; i++) {
        const ForwarderRule *rule = &solver->rules->forwarders.items[i];
        bool meant = (position >= 0 && rule->position == position) ||
                     (keyword.length && str_equal(rule->keyword, keyword));
        if (meant && solver_name_matches(solver, rule->target.text, dotted)) return true;
    }
    return false;
}

ParameterId supply_context_parameter(const Solver *solver, const FunctionFact *function) {
    for (uint32_t i = 0; solver->parameter.index && i < function->parameter_count; i++) {
        uint32_t index = function->first_parameter + i;
        if (name_equal(solver->facts->parameters.items[index].name, solver->parameter))
            return (ParameterId){index};
    }
    return FACT_NONE(ParameterId);
}

static bool is_wrapper(const Solver *solver, const FunctionFact *function) {
    for (FunctionId outer = function->enclosing; fact_is(outer);
         outer = facts_function(solver->facts, outer)->enclosing)
        if (facts_function(solver->facts, outer)->flags & FUNCTION_DECORATES) return true;
    return false;
}

// A function made by a decorator, or by anything else at import, runs later than its maker: it is a unit
// of its own. A method of a class that is made there has callers who can pass the context.
static bool is_unit(const Solver *solver, FunctionId id, const FunctionFact *function) {
    return is_wrapper(solver, function) ||
           (solver->made_early[id.index] && !fact_is(function->klass));
}

// The wrapper of a decorator that is called with the context in its **kwargs hands it on with them.
static bool hands_keywords_on(const Solver *solver, const CallFact *call) {
    const Facts *facts = solver->facts;
    FunctionId id = facts_scope_function(facts, facts_expr(facts, call->expr)->scope);
    if (!fact_is(id) || !is_wrapper(solver, facts_function(facts, id))) return false;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        SymbolId symbol = facts->expr_symbols.items[argument->value.index];
        if (argument->kind != ARGUMENT_KEYWORD_REST || !fact_is(symbol)) continue;
        BindingId binding = facts_symbol(facts, symbol)->first_binding;
        ParameterId parameter = facts_binding(facts, binding)->parameter;
        const ParameterFact *row = facts_parameter(facts, parameter);
        if (row->kind == PARAMETER_KEYWORD_REST && fact_same(row->function, id)) return true;
    }
    return false;
}

// Whoever calls the wrapper calls what it wraps, a parameter of its maker, and passes what that needs.
static bool calls_wrapped(const Solver *solver, const CallFact *call) {
    const Facts *facts = solver->facts;
    SymbolId symbol = facts->expr_symbols.items[call->callee.index];
    return facts_expr(facts, call->callee)->kind == EXPR_NAME && fact_is(symbol) &&
           (facts_symbol(facts, symbol)->flags & SYMBOL_PARAMETER);
}

static bool names_context(const Solver *solver, const CallFact *call) {
    const ArgumentFact *arguments = solver->facts->arguments.items + call->first_argument;
    for (uint32_t i = 0; solver->parameter.index && i < call->argument_count; i++)
        if (name_equal(arguments[i].name, solver->parameter)) return true;
    return false;
}

bool supply_may_lack(const Solver *solver, CallId id) {
    const CallFact *call = facts_call(solver->facts, id);
    return hands_keywords_on(solver, call) && !calls_wrapped(solver, call) &&
           !names_context(solver, call);
}

bool supply_passes_already(const Solver *solver, CallId id, FunctionId callee) {
    const Facts *facts = solver->facts;
    const CallFact *call = facts_call(facts, id);
    if (names_context(solver, call)) return true;
    if (hands_keywords_on(solver, call)) return true;
    if (!fact_is(callee)) return false;
    const FunctionFact *function = facts_function(facts, callee);
    ParameterId parameter = supply_context_parameter(solver, function);
    if (!fact_is(parameter) || facts_parameter(facts, parameter)->kind > PARAMETER_POSITIONAL)
        return false;
    uint32_t position = parameter.index - function->first_parameter;
    bool receiver = fact_is(function->klass) && !(function->flags & FUNCTION_STATIC);
    if (receiver && position) position--;
    uint32_t positional = 0;
    for (uint32_t i = 0; i < call->argument_count; i++)
        if (facts->arguments.items[call->first_argument + i].kind == ARGUMENT_POSITIONAL)
            positional++;
    return positional > position;
}

// Members of an enumeration and classes are made by class statements, which pass nothing more.
static bool is_made_by_statement(const Solver *solver, FunctionId constructor) {
    const Facts *facts = solver->facts;
    const uint32_t made = CLASS_ENUM | CLASS_OF_CLASSES;
    uint32_t klass = facts_function(facts, constructor)->klass.index;
    if (facts->classes.items[klass].flags & made) return true;
    for (uint32_t i = solver->descendants.first[klass]; i < solver->descendants.first[klass + 1];
         i++) {
        const ClassFact *child = &facts->classes.items[solver->descendants.items[i]];
        if ((child->flags & made) && fact_same(child->constructor, constructor)) return true;
    }
    return false;
}

bool supply_can_gain(const Solver *solver, FunctionId id) {
    const FunctionFact *function = facts_function(solver->facts, id);
    const uint32_t fixed =
        FUNCTION_PROPERTY | FUNCTION_SPECIAL | FUNCTION_CREATOR | FUNCTION_LAMBDA |
        FUNCTION_FIXED_SIGNATURE;
    if (function->flags & fixed) return false;
    if (solver->taken[id.index] || solver->solution->functions[id.index].boundary) return false;
    if (solver->function_accessor[id.index] || solver->runtime_function[id.index]) return false;
    if ((function->flags & FUNCTION_CONSTRUCTOR) &&
        (solver_keeps_creator(solver, function->klass) || is_made_by_statement(solver, id)))
        return false;
    return !(function->flags & FUNCTION_OVERRIDES_FOREIGN) ||
           solver->family_called[function->family];
}

// Nothing in the tree makes an instance, and a base outside of it may: a test case, a command.
static bool is_made_outside(const Solver *solver, ClassId klass) {
    if (!(facts_class(solver->facts, klass)->flags & CLASS_FOREIGN_BASE)) return false;
    for (uint32_t i = 0; i < solver_lineage_count(solver, klass); i++)
        if (solver_construction_count(solver, solver_lineage_item(solver, klass, i))) return false;
    return true;
}

const char *solver_unseen_caller(const Solver *solver, FunctionId id) {
    const FunctionFact *function = facts_function(solver->facts, id);
    if (function->flags & FUNCTION_OVERRIDES_FOREIGN)
        return "it may override something outside the tree, which calls it";
    if ((function->flags & FUNCTION_CONSTRUCTOR) && is_made_outside(solver, function->klass))
        return "its class has a base outside the tree, which may make the instances";
    if ((function->flags & FUNCTION_WRAPPED) && !solver->family_called[function->family])
        return "its decorator hands it on, and nothing in the tree calls it";
    if (solver_unread_caller(solver, id)) return "a file whose code is not known has its name";
    return NULL;
}

// The class that a parameter's value is an instance of; also a receiver's, once it is constructed.
static ClassId carried_class(const Facts *facts, const FunctionFact *function, uint32_t position) {
    const uint32_t no_receiver =
        FUNCTION_STATIC | FUNCTION_CLASS | FUNCTION_CREATOR | FUNCTION_CONSTRUCTOR;
    if (position == 0 && fact_is(function->klass) && !(function->flags & no_receiver))
        return function->klass;
    return facts->parameters.items[function->first_parameter + position].klass;
}

static bool takes_carrier(Solver *solver, FunctionId id) {
    const Facts *facts = solver->facts;
    const FunctionFact *function = facts_function(facts, id);
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        ParameterId parameter = {function->first_parameter + i};
        ClassId klass = carried_class(facts, function, i);
        if (!fact_is(klass)) continue;
        for (uint32_t r = 0; r < solver->rules->carriers.count; r++) {
            const CarrierRule *rule = &solver->rules->carriers.items[r];
            ClassId carrier = solver_find_class(solver, rule->klass.text);
            if (!fact_is(carrier) || !facts_is_subclass(facts, klass, carrier)) continue;
            bool is_receiver = !fact_same(facts_parameter(facts, parameter)->klass, klass);
            if (is_receiver && !rule->makes) continue; // it holds
            bool ready = rule->makes || solver->class_stores[klass.index];
            if (!ready && !solver_may_hold(solver, klass)) continue;
            if (!ready) need_holder(solver, klass);
            FunctionPlan *plan = solver_function(solver, id);
            plan->supply = SUPPLY_CARRIER;
            plan->carrier = parameter;
            plan->carrier_rule = r;
            return true;
        }
    }
    return false;
}

// A method of the context's class: the receiver is the context.
static bool is_context_itself(const Solver *solver, FunctionId id, const FunctionFact *function) {
    return fact_is(solver->context_class) &&
           facts_is_subclass(solver->facts, function->klass, solver->context_class) &&
           !solver->runtime_function[id.index];
}

static bool holds_receiver(Solver *solver, const FunctionFact *function) {
    const uint32_t no_instance = FUNCTION_STATIC | FUNCTION_CLASS | FUNCTION_CREATOR;
    if (!fact_is(function->klass) || (function->flags & no_instance)) return false;
    if (!function->parameter_count) return false;
    if (solver->class_stores[function->klass.index]) {
        // Migrated already, or half: its constructions must pass what its constructor asks for.
        FunctionId constructor = facts_class(solver->facts, function->klass)->constructor;
        const FunctionFact *row = facts_function(solver->facts, constructor);
        if (fact_is(constructor) && fact_is(supply_context_parameter(solver, row)))
            need_parameter(solver, constructor);
        return true;
    }
    if (!solver_may_hold(solver, function->klass)) return false;
    need_holder(solver, function->klass);
    return true;
}

static void bridge(FunctionPlan *plan, DiagnosticCode code) {
    plan->supply = SUPPLY_BRIDGED;
    plan->code = code;
}

static void supply_at_boundary(Solver *solver, FunctionPlan *plan) {
    const BoundaryRule *rule = &solver->rules->boundaries.items[plan->boundary - 1];
    if (rule->create.length)
        plan->supply = SUPPLY_CREATED;
    else
        bridge(plan, rule->origin == ORIGIN_BACKGROUND ? DIAGNOSTIC_W303 : DIAGNOSTIC_W301);
}

static void supply_constructor(Solver *solver, FunctionId id, const FunctionFact *function) {
    if (solver->solution->classes[function->klass.index].process_lifetime ||
        !supply_can_gain(solver, id))
        solver_function(solver, id)->reads_ambient = true;
    else
        need_parameter(solver, id);
}

void supply_choose(Solver *solver, FunctionId id) {
    const FunctionFact *function = facts_function(solver->facts, id);
    FunctionPlan *plan = solver_function(solver, id);
    bool has_one = fact_is(supply_context_parameter(solver, function)) && !solver->taken[id.index];
    if (has_one || plan->gains_parameter) {
        need_parameter(solver, id);
        return;
    }
    if (plan->boundary && !solver->boundary_shadowed[id.index]) {
        supply_at_boundary(solver, plan);
    } else if (solver->taken[id.index]) {
        plan->reads_ambient = true;
        plan->code = DIAGNOSTIC_W206;
    } else if (is_context_itself(solver, id, function)) {
        plan->supply = SUPPLY_CARRIER;
        plan->carrier = (ParameterId){function->first_parameter};
        plan->carrier_is_context = true;
    } else if (takes_carrier(solver, id)) {
        return;
    } else if (function->flags & FUNCTION_CONSTRUCTOR) {
        supply_constructor(solver, id, function);
    } else if (is_unit(solver, id, function)) {
        if (function->flags & FUNCTION_LAMBDA)
            plan->reads_ambient = true;
        else
            bridge(plan, DIAGNOSTIC_W301);
    } else if (holds_receiver(solver, function)) {
        plan->supply = SUPPLY_HELD;
    } else if (fact_is(function->enclosing) && !solver->made_early[id.index] &&
               !solver->function_kept[id.index]) {
        plan->supply = SUPPLY_CLOSURE;
        need_function(solver, function->enclosing, plan->evidence, plan->first_sink);
    } else if (function->flags & FUNCTION_LAMBDA) {
        plan->reads_ambient = true;
    } else if (!supply_can_gain(solver, id)) {
        bridge(plan, DIAGNOSTIC_W301);
    } else {
        need_parameter(solver, id);
    }
}

static void need_carrier(Solver *solver, FunctionId id) {
    const Facts *facts = solver->facts;
    const FunctionFact *function = facts_function(facts, id);
    const FunctionPlan *plan = solver_function(solver, id);
    if (plan->carrier_is_context) return;
    ClassId klass = carried_class(facts, function, plan->carrier.index - function->first_parameter);
    bool ready = solver->rules->carriers.items[plan->carrier_rule].makes ||
                 solver->class_stores[klass.index];
    if (!ready) need_holder(solver, klass);
}

void supply_repeat(Solver *solver, FunctionId id) {
    const FunctionFact *function = facts_function(solver->facts, id);
    FunctionPlan *plan = solver_function(solver, id);
    plan->supply = solver->whole->functions[id.index].supply;
    switch (plan->supply) {
    case SUPPLY_NONE:
    case SUPPLY_CREATED:
    case SUPPLY_BRIDGED: break;
    case SUPPLY_PARAMETER: need_parameter(solver, id); break;
    case SUPPLY_CARRIER: need_carrier(solver, id); break;
    case SUPPLY_HELD: holds_receiver(solver, function); break;
    case SUPPLY_CLOSURE:
        need_function(solver, function->enclosing, plan->evidence, plan->first_sink);
        break;
    }
}
