// How a function comes by its context. The first of these that there is:
//
//     its own parameter        it has one already
//     a boundary               a rule says that the context is made here
//     a carrier                def reply(message): message.isolation_context
//     its object               self.isolation_context, when the class may hold
//     the function around it   when that one's context is right whenever this one runs
//     a new parameter          its callers are asked next
//     a bridge                 nothing can be passed: the ambient context is read
//
// Comes in: a function that needs the context. Goes out: its Supply, and new needs elsewhere.
#include "solve/solver.h"

static const LanguageTraits *traits_of(const Solver *solver, const FunctionFact *function) {
    return &program_module(solver->program, function->module)->language->traits;
}

// Where callers do not name it, its own name says nothing. What is marked as unused is there, and not for use.
static ParameterId find_by_type(const Solver *solver, const FunctionFact *function, bool marked) {
    for (uint32_t i = 0; fact_is(solver->context_class) && i < function->parameter_count; i++) {
        ParameterId id = {function->first_parameter + i};
        const ParameterFact *row = program_parameter(solver->program, id);
        bool usable = (row->name.index || (function->flags & FUNCTION_STUB)) &&
                      row->by_value == solver->program->rules->context.by_value;
        if (fact_same(row->klass, solver->context_class) && !row->constant && usable &&
            (row->mark.index != 0) == marked)
            return id;
    }
    return FACT_NONE(ParameterId);
}

ParameterId supply_context_parameter(const Solver *solver, const FunctionFact *function) {
    if (fact_is(function->module)) {
        const LanguageTraits *traits = traits_of(solver, function);
        if (traits->typed_parameters && !traits->named_arguments) return find_by_type(solver, function, false);
    }
    for (uint32_t i = 0; solver->parameter.index && i < function->parameter_count; i++) {
        uint32_t index = function->first_parameter + i;
        if (name_equal(program_parameter(solver->program, (ParameterId){index})->name,
                       solver->parameter))
            return (ParameterId){index};
    }
    return FACT_NONE(ParameterId);
}

bool supply_has_unused(const Solver *solver, const FunctionFact *function) {
    const LanguageTraits *traits = traits_of(solver, function);
    return traits->typed_parameters && !traits->named_arguments && fact_is(find_by_type(solver, function, true));
}

static bool is_wrapper(const Solver *solver, FunctionId id) { return solver->in_decorator[id.index]; }

// A function made by a decorator, or by anything else at import, runs later than its maker: it is a unit
// of its own. A method of a class that is made there has callers who can pass the context.
static bool is_unit(const Solver *solver, FunctionId id, const FunctionFact *function) {
    return is_wrapper(solver, id) ||
           (solver->made_early[id.index] && !fact_is(function->klass));
}

// An object that is called like what it keeps: def __call__(self, *a, **k): return self.func(*a, **k)
static bool stands_for_function(const Solver *solver, const FunctionFact *function) {
    const Facts *facts = solver->program->facts;
    return fact_is(function->klass) && (facts_name_flags(facts, function->module, function->name) & NAME_CALLED);
}

// All objects of its class are made where something is decorated: whoever calls one calls what was decorated.
static bool is_made_by_decorators(const Solver *solver, ClassId klass) {
    const Program *program = solver->program;
    RowList sites = program_constructions(program, klass);
    for (; sites.at < sites.end; sites.at++) {
        FunctionId maker = program_edge_caller(program, *sites.at);
        if (!(program_function(program, maker)->flags & FUNCTION_DECORATES) && !is_wrapper(solver, maker)) return false;
    }
    return true;
}

// The wrapper of a decorator that is called with the context in its **kwargs hands it on with them.
static bool hands_keywords_on(const Solver *solver, const CallFact *call) {
    const Program *program = solver->program;
    FunctionId id = program_scope_function(program, program_expr(program, call->expr)->scope);
    const FunctionFact *around = program_function(program, id);
    if (!fact_is(id) || (!is_wrapper(solver, id) && !stands_for_function(solver, around)))
        return false;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument =
            program_argument(program, (ArgumentId){call->first_argument + i});
        SymbolId symbol = program_symbol_of(program, argument->value);
        if (argument->kind != ARGUMENT_KEYWORD_REST || !fact_is(symbol)) continue;
        BindingId binding = program_symbol(program, symbol)->first_binding;
        ParameterId parameter = program_binding(program, binding)->parameter;
        const ParameterFact *row = program_parameter(program, parameter);
        if (row->kind != PARAMETER_KEYWORD_REST) continue;
        FunctionId outer = id; // lambda: func(*args, **kwargs)
        while (fact_is(outer) && !fact_same(outer, row->function))
            outer = program_function(program, outer)->enclosing;
        if (fact_is(outer)) return true;
    }
    return false;
}

static bool takes_keywords(const Program *program, const FunctionFact *function) {
    for (uint32_t i = 0; i < function->parameter_count; i++)
        if (program_parameter(program, (ParameterId){function->first_parameter + i})->kind ==
            PARAMETER_KEYWORD_REST)
            return true;
    return false;
}

// bound = signature.bind(*args, **kwargs); f(*bound.args, **bound.kwargs): what the wrapper got may be in there.
static bool hands_some_on(const Solver *solver, const CallFact *call) {
    const Program *program = solver->program;
    FunctionId id = program_scope_function(program, program_expr(program, call->expr)->scope);
    const FunctionFact *around = program_function(program, id);
    if (!fact_is(id) || !takes_keywords(program, around) ||
        (!is_wrapper(solver, id) && !stands_for_function(solver, around)))
        return false;
    for (uint32_t i = 0; i < call->argument_count; i++)
        if (program_argument(program, (ArgumentId){call->first_argument + i})->kind == ARGUMENT_KEYWORD_REST)
            return !hands_keywords_on(solver, call);
    return false;
}

// `signature.bind(...)`, or a call with it: filled(signature.bind(...)).
static bool gives_bound(const Program *program, ExprId id, int depth) {
    const ExprFact *expr = program_expr(program, id);
    if (expr->kind != EXPR_CALL) return false;
    const CallFact *call = program_call(program, expr->call);
    const ExprFact *callee = program_expr(program, call->callee);
    Str name = program_name(program, callee->name);
    if (callee->kind == EXPR_ATTRIBUTE && (str_is(name, "bind") || str_is(name, "bind_partial"))) return true;
    for (uint32_t i = 0; depth > 0 && i < call->argument_count; i++)
        if (gives_bound(program, program_argument(program, (ArgumentId){call->first_argument + i})->value, depth - 1))
            return true;
    return false;
}

// f(*bound.args, **bound.kwargs): `bound.apply_defaults()` may have put the parameter among them, as None.
static bool spreads_bound(const Solver *solver, const CallFact *call) {
    const Program *program = solver->program;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = program_argument(program, (ArgumentId){call->first_argument + i});
        const ExprFact *spread = program_expr(program, argument->value);
        if (argument->kind != ARGUMENT_KEYWORD_REST || spread->kind != EXPR_ATTRIBUTE) continue;
        SymbolId symbol = program_symbol_of(program, spread->base);
        BindingId binding = program_symbol(program, symbol)->first_binding;
        if (fact_is(symbol) && fact_is(binding) && gives_bound(program, program_binding(program, binding)->value, 1))
            return true;
    }
    return false;
}

// Whoever calls the wrapper calls what it wraps, a parameter of its maker, and passes what that needs.
static bool calls_wrapped(const Solver *solver, const CallFact *call) {
    const Program *program = solver->program;
    SymbolId symbol = program_symbol_of(program, call->callee);
    const ExprFact *callee = program_expr(program, call->callee);
    const FunctionFact *around =
        program_function(program, program_scope_function(program, callee->scope));
    if (callee->kind == EXPR_ATTRIBUTE && stands_for_function(solver, around))
        return is_made_by_decorators(solver, around->klass);
    return callee->kind == EXPR_NAME && fact_is(symbol) &&
           (program_symbol(program, symbol)->flags & SYMBOL_PARAMETER);
}

static bool names_context(const Solver *solver, const CallFact *call) {
    const ArgumentFact *arguments = solver->program->facts->arguments.items + call->first_argument;
    for (uint32_t i = 0; solver->parameter.index && i < call->argument_count; i++)
        if (name_equal(arguments[i].name, solver->parameter)) return true;
    return false;
}

bool supply_may_lack(const Solver *solver, CallId id) {
    const CallFact *call = program_call(solver->program, id);
    bool lacks = hands_keywords_on(solver, call) ? !calls_wrapped(solver, call)
                                                 : hands_some_on(solver, call) || spreads_bound(solver, call);
    return lacks && !names_context(solver, call);
}

bool supply_passes_already(const Solver *solver, CallId id, FunctionId callee) {
    const Program *program = solver->program;
    const CallFact *call = program_call(program, id);
    if (names_context(solver, call)) return true;
    if (hands_keywords_on(solver, call)) return true;
    if (!fact_is(callee)) return false;
    const FunctionFact *function = program_function(program, callee);
    ParameterId parameter = supply_context_parameter(solver, function);
    if (!fact_is(parameter) || program_parameter(program, parameter)->kind > PARAMETER_POSITIONAL)
        return false;
    uint32_t position = parameter.index - function->first_parameter;
    bool receiver = fact_is(function->klass) && !(function->flags & FUNCTION_STATIC);
    if (receiver && position) position--;
    uint32_t positional = 0;
    for (uint32_t i = 0; i < call->argument_count; i++)
        if (program_argument(program, (ArgumentId){call->first_argument + i})->kind ==
            ARGUMENT_POSITIONAL)
            positional++;
    // By name, what is given counts; by position, the context pushes the others on.
    if (facts_module(program->facts, call->module)->language->traits.named_arguments)
        return positional > position;
    return positional >= function->parameter_count;
}

// Members of an enumeration and classes are made by class statements, which pass nothing more.
static bool is_made_by_statement(const Solver *solver, FunctionId constructor) {
    const Program *program = solver->program;
    const uint32_t made = CLASS_ENUM | CLASS_OF_CLASSES;
    uint32_t klass = program_function(program, constructor)->klass.index;
    if (program_class(program, (ClassId){klass})->flags & made) return true;
    for (RowList children = program_descendants(solver->program, (ClassId){klass});
         children.at < children.end; children.at++) {
        const ClassFact *child = program_class(program, (ClassId){*children.at});
        if ((child->flags & made) && fact_same(child->constructor, constructor)) return true;
    }
    return false;
}

bool supply_can_gain(const Solver *solver, FunctionId id) {
    const FunctionFact *function = program_function(solver->program, id);
    const uint32_t fixed =
        FUNCTION_PROPERTY | FUNCTION_SPECIAL | FUNCTION_CREATOR | FUNCTION_LAMBDA |
        FUNCTION_FIXED_SIGNATURE;
    if ((function->flags & fixed) || solver_keeps_signature(solver, id)) return false;
    if (solver->taken[id.index] || solver->solution->functions[id.index].boundary) return false;
    if (solver->function_accessor[id.index] || solver->runtime_function[id.index]) return false;
    if (!traits_of(solver, function)->optional_parameters &&
        (!supply_can_change(solver, id) || supply_has_unused(solver, function)))
        return false;
    if ((function->flags & FUNCTION_CONSTRUCTOR) &&
        (solver_keeps_creator(solver, function->klass) || is_made_by_statement(solver, id)))
        return false;
    return !(function->flags & FUNCTION_OVERRIDES_FOREIGN) ||
           solver->family_called[function->family];
}

// Nothing in the tree makes an instance, and a base outside of it may: a test case, a command.
static bool is_made_outside(const Solver *solver, ClassId klass) {
    if (!(program_class(solver->program, klass)->flags & CLASS_FOREIGN_BASE)) return false;
    for (RowList lineage = program_lineage(solver->program, klass); lineage.at < lineage.end;
         lineage.at++)
        if (row_count(program_constructions(solver->program, (ClassId){*lineage.at}))) return false;
    return true;
}

const char *solver_unseen_caller(const Solver *solver, FunctionId id) {
    const FunctionFact *function = program_function(solver->program, id);
    if (function->flags & FUNCTION_OVERRIDES_FOREIGN)
        return "it may override something outside the tree, which calls it";
    if ((function->flags & FUNCTION_CONSTRUCTOR) && is_made_outside(solver, function->klass))
        return "its class has a base outside the tree, which may make the instances";
    if ((function->flags & FUNCTION_WRAPPED) && !solver->family_called[function->family])
        return "its decorator hands it on, and nothing in the tree calls it";
    if (solver->named_function[id.index]) return "a string or a file of settings names it";
    if (solver_unread_caller(solver, id)) return "a file that is not edited may call it";
    return NULL;
}

// The class that a parameter's value is an instance of; also a receiver's, once it is constructed.
static ClassId carried_class(const Program *program, const FunctionFact *function,
                             uint32_t position) {
    const uint32_t no_receiver =
        FUNCTION_STATIC | FUNCTION_CLASS | FUNCTION_CREATOR | FUNCTION_CONSTRUCTOR;
    if (position == 0 && fact_is(function->klass) && !(function->flags & no_receiver))
        return function->klass;
    return program_parameter(program, (ParameterId){function->first_parameter + position})->klass;
}

// What the carrier gives is the ambient context: its functions wait for a later step, and stay as they are.
static void take_from(Solver *solver, FunctionId id, ParameterId parameter, uint32_t rule) {
    FunctionPlan *plan = solver_function(solver, id);
    if (solver->program->rules->carriers.items[rule].waits) {
        plan->reads_ambient = true;
        plan->code = DIAGNOSTIC_W301;
        return;
    }
    plan->supply = SUPPLY_CARRIER;
    plan->carrier = parameter;
    plan->carrier_rule = rule;
}

// By its name, whatever it takes; or from the parameter that the rule names.
static bool is_named_carrier(Solver *solver, FunctionId id) {
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, id);
    for (uint32_t r = 0; r < program->rules->carriers.count; r++) {
        const CarrierRule *rule = &program->rules->carriers.items[r];
        if (!program_names_match(program, &rule->functions, program_name(program, function->qualified))) continue;
        Name wanted = intern_find(program->facts->names, rule->parameter);
        ParameterId found = {0};
        for (uint32_t i = 0; i < function->parameter_count; i++) {
            ParameterId parameter = {function->first_parameter + i};
            if (wanted.index && name_equal(program_parameter(program, parameter)->name, wanted)) found = parameter;
        }
        if (rule->parameter.length > 0 && !fact_is(found)) continue;
        take_from(solver, id, found, r);
        return true;
    }
    return false;
}

static bool takes_carrier(Solver *solver, FunctionId id) {
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, id);
    if (is_named_carrier(solver, id)) return true;
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        ParameterId parameter = {function->first_parameter + i};
        ClassId klass = carried_class(program, function, i);
        Name outside = program_parameter(program, parameter)->outside;
        if (program_parameter(program, parameter)->by_value) continue;
        for (uint32_t r = 0; r < solver->program->rules->carriers.count; r++) {
            const CarrierRule *rule = &solver->program->rules->carriers.items[r];
            if (!solver_carries(solver, r, klass, outside) || (!fact_is(klass) && !rule->makes)) continue;
            bool is_receiver = !fact_same(program_parameter(program, parameter)->klass, klass);
            if (is_receiver && !rule->makes) continue; // it holds
            bool ready = rule->makes || solver->class_stores[klass.index];
            if (!ready && !solver_may_hold(solver, klass)) continue;
            if (!ready) need_holder(solver, klass);
            take_from(solver, id, parameter, r);
            return true;
        }
    }
    return false;
}

// A method of the context's class: the receiver is the context.
static bool is_context_itself(const Solver *solver, FunctionId id, const FunctionFact *function) {
    return fact_is(solver->context_class) &&
           program_is_subclass(solver->program, function->klass, solver->context_class) &&
           !solver->runtime_function[id.index];
}

static bool holds_receiver(Solver *solver, const FunctionFact *function) {
    const uint32_t no_instance = FUNCTION_STATIC | FUNCTION_CLASS | FUNCTION_CREATOR;
    if (!fact_is(function->klass) || (function->flags & no_instance)) return false;
    if (!function->parameter_count) return false;
    if (solver->class_stores[function->klass.index]) {
        // Migrated already, or half: its constructions must pass what its constructor asks for.
        FunctionId constructor = program_class(solver->program, function->klass)->constructor;
        const FunctionFact *row = program_function(solver->program, constructor);
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

// What the rule says, and where it says nothing of how: a parameter that has the context, or the ambient one.
static void supply_at_boundary(Solver *solver, FunctionId id, FunctionPlan *plan) {
    const BoundaryRule *rule = &solver->program->rules->boundaries.items[plan->boundary - 1];
    if (rule->create.length || rule->each_body.length || rule->each_call.length)
        plan->supply = SUPPLY_CREATED;
    else if (!takes_carrier(solver, id))
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
    const FunctionFact *function = program_function(solver->program, id);
    FunctionPlan *plan = solver_function(solver, id);
    bool has_one = fact_is(supply_context_parameter(solver, function)) && !solver->taken[id.index];
    if (has_one || plan->gains_parameter) {
        need_parameter(solver, id);
        return;
    }
    if (plan->boundary && !solver->boundary_shadowed[id.index]) {
        supply_at_boundary(solver, id, plan);
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
               solver->outlives[id.index] != OUTLIVES_CONTEXT) {
        plan->supply = SUPPLY_CLOSURE;
        need_function(solver, function->enclosing, plan->evidence, plan->first_sink);
    } else if (function->flags & FUNCTION_LAMBDA) {
        plan->reads_ambient = true;
    } else if (!supply_can_gain(solver, id) && traits_of(solver, function)->typed_locals) {
        plan->reads_ambient = true;
        plan->code = DIAGNOSTIC_W301;
    } else if (!supply_can_gain(solver, id)) {
        bridge(plan, DIAGNOSTIC_W301);
    } else {
        need_parameter(solver, id);
    }
}

static void need_carrier(Solver *solver, FunctionId id) {
    const Program *program = solver->program;
    const FunctionFact *function = program_function(program, id);
    const FunctionPlan *plan = solver_function(solver, id);
    if (plan->carrier_is_context || !fact_is(plan->carrier)) return;
    ClassId klass =
        carried_class(program, function, plan->carrier.index - function->first_parameter);
    bool ready = solver->program->rules->carriers.items[plan->carrier_rule].makes ||
                 solver->class_stores[klass.index];
    if (!ready) need_holder(solver, klass);
}

void supply_repeat(Solver *solver, FunctionId id) {
    const FunctionFact *function = program_function(solver->program, id);
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
