// Values to a fixpoint: every assignment, return, yield and call is an equation; a worklist runs an
// equation again when a variable that it read learns something new.
//
//     x = make()           x is at least what make returns       runs again when make's result grows
//     return A()           make returns at least an A            which this adds
//     x.go()               go of A is called, once nothing grows
//
// Comes in: bindings, statements, calls. Goes out: the type of each variable.
// Must never iterate without end: types only grow, unions and depths are limited, and a budget of runs
// a equation stands behind both.
// Source: the usual monotone framework; Kildall 1973.
#include "python/resolve/fakes.h"

enum { RUNS_PER_EQUATION = 40 };

static void enqueue(Resolver *resolver, uint32_t equation) {
    Equation *row = &resolver->equations.items[equation];
    if (row->queued) return;
    row->queued = true;
    vec_add(&resolver->queue, equation);
}

void flow_into(Resolver *resolver, uint32_t variable, TypeId type) {
    Variable *row = &resolver->variables.items[variable];
    if (row->declared || !type.index) return;
    TypeId grown = type_join(&resolver->types, row->type, type);
    if (grown.index == row->type.index) return;
    row->type = grown;
    row->grown = ++resolver->growth;
    for (uint32_t i = 0; i < row->readers.count; i++) enqueue(resolver, row->readers.items[i]);
    vec_clear(&row->readers); // they read again, and register again, when they run
}

// True when TYPE says which class something is; bare containers and None do not.
static bool is_informative(const Types *types, TypeId type) {
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeTerm term = types->terms.items[type_member(types, type, i).index];
        if (term.kind == TYPE_INSTANCE || term.kind == TYPE_FOREIGN) return true;
        if (term.kind == TYPE_CLASS && term.a) return true;
        if (term.kind == TYPE_LIST || term.kind == TYPE_AWAITABLE || term.kind == TYPE_CONTEXT)
            if (is_informative(types, (TypeId){term.a})) return true;
        if (term.kind == TYPE_DICT && is_informative(types, (TypeId){term.b})) return true;
        if (term.kind == TYPE_TUPLE)
            for (uint32_t k = 0; k < term.part_count; k++)
                if (is_informative(types, types->parts.items[term.first_part + k])) return true;
    }
    return false;
}

// True when some object, class or function of the tree is in it.
static bool is_of_tree(const Types *types, TypeId type) {
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeTerm term = types->terms.items[type_member(types, type, i).index];
        if (term.kind == TYPE_INSTANCE || term.kind == TYPE_CLASS || term.kind == TYPE_FUNCTION ||
            term.kind == TYPE_METHOD || term.kind == TYPE_LIST || term.kind == TYPE_DICT)
            return true;
    }
    return false;
}

static void declare(Resolver *resolver, uint32_t variable, TypeId type) {
    Variable *row = &resolver->variables.items[variable];
    if (!type.index) return;
    row->type = type_join(&resolver->types, row->type, type);
    if (is_informative(&resolver->types, type)) row->declared = true;
}

// ---- what is declared ----------------------------------------------------------------------------
static void declare_parameters(Resolver *resolver, const FunctionFact *function) {
    Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    bool receiver = fact_is(function->klass) && !(function->flags & FUNCTION_STATIC);
    if (function->flags & FUNCTION_CREATOR) receiver = fact_is(function->klass);
    for (uint32_t i = 0; i < function->parameter_count; i++) {
        const ParameterFact *row = &facts->parameters.items[function->first_parameter + i];
        if (!fact_is(row->symbol)) continue;
        uint32_t variable = value_symbol_variable(resolver, row->symbol);
        if (i == 0 && receiver && row->kind <= PARAMETER_POSITIONAL) {
            bool is_class = function->flags & (FUNCTION_CLASS | FUNCTION_CREATOR);
            declare(resolver, variable,
                    type_make(types, is_class ? TYPE_CLASS : TYPE_INSTANCE, function->klass.index,
                              0));
            continue;
        }
        if (row->kind == PARAMETER_REST) flow_into(resolver, variable, type_make(types, TYPE_LIST, 0, 0));
        if (row->kind == PARAMETER_KEYWORD_REST) flow_into(resolver, variable, type_make(types, TYPE_DICT, 0, 0));
        if (!fact_is(row->annotation) && !row->declared.index) continue;
        TypeId type = row->declared.index
                          ? annotation_named(resolver, row->declared)
                          : annotation_type(resolver, row->annotation, function->klass);
        if (row->kind == PARAMETER_REST) type = type_make(types, TYPE_LIST, type.index, 0);
        if (row->kind == PARAMETER_KEYWORD_REST)
            type = type_make(types, TYPE_DICT, 0, type.index);
        declare(resolver, variable, type);
    }
}

// Class[key] = value asks the class; no container is filled.
static bool names_class(const Resolver *resolver, ExprId expr) {
    const Facts *facts = resolver->facts;
    SymbolId symbol = facts->expr_symbols.items[expr.index];
    if (fact_is(symbol)) symbol = facts->symbol_definitions.items[symbol.index];
    return fact_is(resolver_class_of_symbol(resolver, symbol));
}

static void store_into(Resolver *resolver, ExprId target, TypeId type, bool declaration);

static void store_attribute(Resolver *resolver, TypeId base, Name name, TypeId type,
                            bool declaration) {
    Types *types = &resolver->types;
    for (uint32_t i = 0; i < type_member_count(types, base); i++) {
        TypeTerm term = types->terms.items[type_member(types, base, i).index];
        uint32_t variable = 0;
        if (term.kind == TYPE_INSTANCE || (term.kind == TYPE_CLASS && term.a)) {
            variable = value_attribute_variable(resolver, (ClassId){term.a}, name);
        } else if (term.kind == TYPE_FOREIGN || term.kind == TYPE_EXTERNAL) {
            if (is_of_tree(types, type)) variable = foreign_attribute_variable(resolver, name);
        } else if (term.kind == TYPE_MODULE) {
            SymbolId symbol =
                resolver_module_symbol(resolver, resolver_module(resolver, (Name){term.a}), name);
            if (fact_is(symbol)) variable = value_symbol_variable(resolver, symbol);
        }
        if (!variable) continue;
        if (declaration)
            declare(resolver, variable, type);
        else
            flow_into(resolver, variable, type);
    }
}

// x.setdefault(k, []).append(v): what is stored is a value of x.
static void store_into_result(Resolver *resolver, const ExprFact *target, TypeId type) {
    const ExprFact *callee = facts_expr(resolver->facts, target->base);
    if (callee->kind != EXPR_ATTRIBUTE) return;
    if (name_equal(callee->name, resolver->known.setdefault) ||
        name_equal(callee->name, resolver->known.get))
        store_into(resolver, callee->base, type_make(&resolver->types, TYPE_DICT, 0, type.index),
                   false);
}

static void store_into(Resolver *resolver, ExprId target, TypeId type, bool declaration) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, target);
    if (row->kind == EXPR_ATTRIBUTE) {
        store_attribute(resolver, value_of(resolver, row->base), row->name, type, declaration);
    } else if (row->kind == EXPR_NAME) {
        SymbolId symbol = facts->expr_symbols.items[target.index];
        if (!fact_is(symbol)) return;
        SymbolId definition = facts->symbol_definitions.items[symbol.index];
        uint32_t variable =
            value_symbol_variable(resolver, fact_is(definition) ? definition : symbol);
        if (declaration)
            declare(resolver, variable, type);
        else
            flow_into(resolver, variable, type);
    } else if (row->kind == EXPR_SUBSCRIPT && !declaration) {
        // A dict is what is indexed most; a list keeps its own kind because its slot has one already.
        TypeId container = value_of(resolver, row->base);
        bool list = type_kind(&resolver->types, container) == TYPE_LIST;
        TypeId stored = list ? type_make(&resolver->types, TYPE_LIST, type.index, 0)
                             : type_make(&resolver->types, TYPE_DICT, 0, type.index);
        if (!names_class(resolver, row->base)) store_into(resolver, row->base, stored, false);
    } else if (row->kind == EXPR_CALL && !declaration) {
        store_into_result(resolver, row, type);
    }
}

void flow_into_attribute(Resolver *resolver, TypeId owner, Name name, TypeId type) {
    store_attribute(resolver, owner, name, type, false);
}

void flow_into_expr(Resolver *resolver, ExprId target, TypeId type) {
    store_into(resolver, target, type, false);
}

static void declare_binding(Resolver *resolver, const BindingFact *binding) {
    if (!fact_is(binding->annotation) || binding->kind == BINDING_PARAMETER) return;
    ClassId klass = value_enclosing_class(resolver, binding->scope);
    TypeId type = annotation_type(resolver, binding->annotation, klass);
    if (!type.index) return;
    if (fact_is(binding->symbol))
        declare(resolver, value_symbol_variable(resolver, binding->symbol), type);
    else if (fact_is(binding->target))
        store_into(resolver, binding->target, type, true);
}

// ---- equations -----------------------------------------------------------------------------------
static TypeId select_element(Resolver *resolver, TypeId type, int32_t element) {
    Types *types = &resolver->types;
    if (element == -1) return type;
    if (element < 0) return (TypeId){0};
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        TypeTerm term = types->terms.items[member.index];
        TypeId part = {0};
        if (term.kind == TYPE_TUPLE) {
            if ((uint32_t)element < term.part_count)
                part = types->parts.items[term.first_part + (uint32_t)element];
        } else if (term.kind == TYPE_INSTANCE) {
            part = value_field(resolver, (ClassId){term.a}, (uint32_t)element);
        } else {
            part = term.kind == TYPE_FOREIGN ? member : type_element(types, member);
        }
        result = type_join(types, result, part);
    }
    return result;
}

static TypeId entered(Resolver *resolver, TypeId type, bool async) {
    Types *types = &resolver->types;
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        TypeTerm term = types->terms.items[member.index];
        if (term.kind == TYPE_CONTEXT) result = type_join(types, result, (TypeId){term.a});
        if (term.kind == TYPE_FOREIGN) result = type_join(types, result, member);
        if (term.kind != TYPE_INSTANCE) continue;
        Name name = async ? resolver->known.aenter : resolver->known.enter;
        TypeId given = value_call_result(resolver, FACT_NONE(CallId),
                                         value_attribute(resolver, member, name));
        if (async) given = value_awaited(types, given);
        result = type_join(types, result, given.index ? given : member);
    }
    return result;
}

static TypeId iterated(Resolver *resolver, TypeId type, bool async) {
    Types *types = &resolver->types;
    TypeId result = type_element(types, type);
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        TypeTerm term = types->terms.items[member.index];
        if (term.kind == TYPE_FOREIGN) result = type_join(types, result, member);
        if (term.kind == TYPE_CLASS && term.a &&
            (resolver->facts->classes.items[term.a].flags & CLASS_ENUM))
            result = type_join(types, result, type_make(types, TYPE_INSTANCE, term.a, 0));
        if (term.kind != TYPE_INSTANCE) continue;
        Name iter = async ? resolver->known.aiter : resolver->known.iter;
        Name next = async ? resolver->known.anext : resolver->known.next;
        TypeId iterator = value_call_result(resolver, FACT_NONE(CallId),
                                            value_attribute(resolver, member, iter));
        TypeId element = type_element(types, iterator);
        if (!element.index)
            element = value_call_result(
                resolver, FACT_NONE(CallId),
                value_attribute(resolver, iterator.index ? iterator : member, next));
        if (async && value_awaited(types, element).index) element = value_awaited(types, element);
        result = type_join(types, result, element);
    }
    return result;
}

TypeId flow_bound_value(Resolver *resolver, const BindingFact *binding) {
    Types *types = &resolver->types;
    TypeId value = value_of(resolver, binding->value);
    switch (binding->kind) {
    case BINDING_ASSIGN: case BINDING_MATCH: break;
    case BINDING_AUGMENT: break;
    case BINDING_ITERATE: value = iterated(resolver, value, false); break;
    case BINDING_ITERATE_ASYNC: value = iterated(resolver, value, true); break;
    case BINDING_ENTER: value = entered(resolver, value, false); break;
    case BINDING_ENTER_ASYNC: value = entered(resolver, value, true); break;
    case BINDING_EXCEPT: return value_instances_of(types, value);
    case BINDING_FUNCTION:
        return type_make(types, TYPE_FUNCTION, binding->function.index, 0);
    case BINDING_CLASS: return type_make(types, TYPE_CLASS, binding->klass.index, 0);
    case BINDING_PARAMETER:
        return value_of(
            resolver,
            facts_parameter(resolver->facts, binding->parameter)->default_value);
    case BINDING_DECLARE: case BINDING_IMPORT: case BINDING_DELETE:
    case BINDING_TYPE_PARAMETER: return (TypeId){0};
    }
    return select_element(resolver, value, binding->element);
}

static void run_binding(Resolver *resolver, BindingId id) {
    const BindingFact *binding = facts_binding(resolver->facts, id);
    TypeId value = flow_bound_value(resolver, binding);
    if (!value.index) return;
    if (fact_is(binding->symbol))
        flow_into(resolver, value_symbol_variable(resolver, binding->symbol), value);
    else if (fact_is(binding->target))
        store_into(resolver, binding->target, value, false);
    if (fact_is(binding->target)) fakes_flow_effect(resolver, binding);
}

// `x.append(v)` and the like store into whatever x names.
static void run_container_store(Resolver *resolver, const CallFact *call, Name name) {
    const KnownNames *known = &resolver->known;
    Types *types = &resolver->types;
    const ExprFact *callee = facts_expr(resolver->facts, call->callee);
    if (callee->kind != EXPR_ATTRIBUTE || !call->argument_count) return;
    const ArgumentFact *last =
        &resolver->facts->arguments.items[call->first_argument + call->argument_count - 1];
    bool one = name_equal(name, known->append) || name_equal(name, known->add) ||
               name_equal(name, known->appendleft) || name_equal(name, known->insert) ||
               name_equal(name, known->put) || name_equal(name, known->put_nowait);
    bool many = name_equal(name, known->extend) || name_equal(name, known->update);
    if (one)
        store_into(resolver, callee->base,
                   type_make(types, TYPE_LIST, value_of(resolver, last->value).index, 0), false);
    else if (many)
        store_into(resolver, callee->base, value_of(resolver, last->value), false);
    else if (name_equal(name, known->setdefault) && call->argument_count == 2)
        store_into(resolver, callee->base,
                   type_make(types, TYPE_DICT, 0, value_of(resolver, last->value).index), false);
}

// sorted(xs, key=f), map(f, xs), xs.sort(key=f): f is called with what xs holds.
static void pass_elements(Resolver *resolver, const CallFact *call, TypeId container) {
    const Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    TypeId element = type_element(types, container);
    for (uint32_t i = 0; i < call->argument_count && !element.index; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        if (argument->kind == ARGUMENT_POSITIONAL)
            element = type_element(types, value_of(resolver, argument->value));
    }
    if (!element.index) return;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId value = facts->arguments.items[call->first_argument + i].value;
        if (facts_expr(facts, value)->kind == EXPR_LAMBDA)
            argument_pass_value(resolver, facts_expr(facts, value)->function, 0, element);
    }
}

static bool calls_with_elements(Str name) {
    static const char *const NAMES[] = {"sorted", "map", "filter", "max", "min",
                                        "itertools.groupby", "itertools.takewhile",
                                        "itertools.dropwhile", "functools.reduce"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (str_is(name, NAMES[i])) return true;
    return false;
}

// show.register(list, lambda x: ...): a call of `show` may run it. Functions by name are one family with `show`.
static void run_registration(Resolver *resolver, const CallFact *call) {
    const Facts *facts = resolver->facts;
    if (!call->argument_count || !fact_is(families_dispatcher(resolver, call->callee))) return;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        ExprId value = facts->arguments.items[call->first_argument + i].value;
        if (facts_expr(facts, value)->kind == EXPR_LAMBDA)
            flow_into_expr(resolver, facts_expr(facts, call->callee)->base, value_of(resolver, value));
    }
}

// The callee is nothing of the tree; DOTTED is what it is called outside, empty where that is not known.
static bool is_outside(const Resolver *resolver, TypeId callee, Str *dotted) {
    *dotted = STR_NONE;
    for (uint32_t i = 0; i < type_member_count(&resolver->types, callee); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, callee, i).index];
        if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD || (term.kind == TYPE_CLASS && term.a)) return false;
        if (term.kind == TYPE_EXTERNAL) *dotted = facts_name(resolver->facts, (Name){term.a});
    }
    return true;
}

static void run_call(Resolver *resolver, CallId id) {
    const Facts *facts = resolver->facts;
    const CallFact *call = facts_call(facts, id);
    fakes_flow(resolver, call);
    run_registration(resolver, call);
    TypeId callee = value_of(resolver, call->callee);
    Str dotted;
    if (is_outside(resolver, callee, &dotted)) handed_flow(resolver, call, dotted);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, callee); i++) {
        TypeTerm term =
            resolver->types.terms.items[type_member(&resolver->types, callee, i).index];
        if (term.kind == TYPE_INSTANCE) {
            TypeId special = value_attribute(
                resolver, type_member(&resolver->types, callee, i), resolver->known.call);
            term = resolver->types.terms.items[special.index];
        }
        if (term.kind == TYPE_FUNCTION) {
            argument_pass_all(resolver, call, (FunctionId){term.a}, 0);
        } else if (term.kind == TYPE_METHOD) {
            argument_pass_all(resolver, call, (FunctionId){term.a}, 1);
        } else if (term.kind == TYPE_CLASS && term.a) {
            argument_pass_all(resolver, call, facts->classes.items[term.a].constructor, 1);
            argument_pass_fields(resolver, call, (ClassId){term.a});
        } else if (term.kind == TYPE_EXTERNAL) {
            if (calls_with_elements(facts_name(facts, (Name){term.a})))
                pass_elements(resolver, call, (TypeId){0});
        } else if (term.kind == TYPE_MEMBER && name_equal((Name){term.b}, resolver->known.sort)) {
            pass_elements(resolver, call, (TypeId){term.a});
        } else if (term.kind == TYPE_MEMBER) {
            run_container_store(resolver, call, (Name){term.b});
        }
    }
}

static void decorate(Resolver *resolver, ExprId first_decorator, TypeId decorated) {
    const Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    for (ExprId d = first_decorator; fact_is(d); d = facts_expr(facts, d)->next_sibling) {
        TypeId callee = value_of(resolver, d);
        for (uint32_t i = 0; i < type_member_count(types, callee); i++) {
            TypeTerm term = types->terms.items[type_member(types, callee, i).index];
            if (term.kind == TYPE_FUNCTION) argument_pass_value(resolver, (FunctionId){term.a}, 0, decorated);
            if (term.kind == TYPE_METHOD) argument_pass_value(resolver, (FunctionId){term.a}, 1, decorated);
        }
    }
}

static void run_decorators(Resolver *resolver, BindingId id) {
    const Facts *facts = resolver->facts;
    const BindingFact *binding = facts_binding(facts, id);
    Types *types = &resolver->types;
    if (binding->kind == BINDING_CLASS)
        decorate(resolver, facts_class(facts, binding->klass)->first_decorator,
                 type_make(types, TYPE_CLASS, binding->klass.index, 0));
    else
        decorate(resolver, facts_function(facts, binding->function)->first_decorator,
                 type_make(types, TYPE_FUNCTION, binding->function.index, 0));
}

static void run_return(Resolver *resolver, ScopeId scope, ExprId value, bool yielded) {
    FunctionId function = resolver->scope_owner[scope.index];
    if (!fact_is(function) || !fact_is(value)) return;
    TypeId type = value_of(resolver, value);
    if (yielded) type = type_make(&resolver->types, TYPE_LIST, type.index, 0);
    flow_into(resolver, resolver->result_variable[function.index], type);
}

static void run(Resolver *resolver, uint32_t equation) {
    const Facts *facts = resolver->facts;
    Equation row = resolver->equations.items[equation];
    resolver->current = equation;
    switch (row.kind) {
    case EQUATION_BINDING: run_binding(resolver, (BindingId){row.id}); break;
    case EQUATION_RETURN:
        run_return(resolver, facts->statements.items[row.id].scope,
                   facts->statements.items[row.id].value, false);
        break;
    case EQUATION_YIELD:
        run_return(resolver, facts->exprs.items[row.id].scope, facts->exprs.items[row.id].base,
                   true);
        break;
    case EQUATION_LAMBDA: {
        const ExprFact *lambda = &facts->exprs.items[row.id];
        flow_into(resolver, resolver->result_variable[lambda->function.index],
                  value_of(resolver, lambda->base));
        break;
    }
    case EQUATION_CALL: run_call(resolver, (CallId){row.id}); break;
    case EQUATION_DECORATORS: run_decorators(resolver, (BindingId){row.id}); break;
    }
    resolver->current = UINT32_MAX;
}

static void add_equation(Resolver *resolver, EquationKind kind, uint32_t id) {
    vec_add(&resolver->equations, ((Equation){kind, id, false}));
    enqueue(resolver, resolver->equations.count - 1);
}

static bool binds_a_value(const Facts *facts, const BindingFact *binding) {
    if (binding->kind == BINDING_FUNCTION && (facts_function(facts, binding->function)->flags & FUNCTION_SIGNATURE))
        return false;
    return fact_is(binding->value) || binding->kind == BINDING_FUNCTION ||
           binding->kind == BINDING_CLASS || binding->kind == BINDING_PARAMETER;
}

static bool is_decorated(const Facts *facts, const BindingFact *binding) {
    if (binding->kind == BINDING_CLASS)
        return fact_is(facts_class(facts, binding->klass)->first_decorator);
    return binding->kind == BINDING_FUNCTION &&
           fact_is(facts_function(facts, binding->function)->first_decorator);
}

static void prepare(Resolver *resolver) {
    Facts *facts = resolver->facts;
    vec_push(&resolver->variables)->type = (TypeId){0};
    resolver->symbol_variable = arena_array(&facts->arena, uint32_t, facts->symbols.count);
    resolver->result_variable = arena_array(&facts->arena, uint32_t, facts->functions.count);
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        resolver->result_variable[i] = resolver->variables.count;
        vec_push(&resolver->variables)->type = (TypeId){0};
    }
    for (uint32_t i = 1; i < facts->functions.count; i++)
        declare_parameters(resolver, &facts->functions.items[i]);
    for (uint32_t i = 1; i < facts->bindings.count; i++)
        declare_binding(resolver, &facts->bindings.items[i]);
}

void resolve_values(Resolver *resolver) {
    Facts *facts = resolver->facts;
    resolver->current = UINT32_MAX;
    prepare(resolver);
    memo_open(resolver);
    for (uint32_t i = 1; i < facts->bindings.count; i++)
        if (binds_a_value(facts, &facts->bindings.items[i])) add_equation(resolver, EQUATION_BINDING, i);
    for (uint32_t i = 1; i < facts->bindings.count; i++)
        if (is_decorated(facts, &facts->bindings.items[i]))
            add_equation(resolver, EQUATION_DECORATORS, i);
    for (uint32_t i = 1; i < facts->statements.count; i++)
        if (facts->statements.items[i].kind == STATEMENT_RETURN)
            add_equation(resolver, EQUATION_RETURN, i);
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        if (facts->exprs.items[i].kind == EXPR_YIELD) add_equation(resolver, EQUATION_YIELD, i);
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        if (facts->exprs.items[i].kind == EXPR_LAMBDA) add_equation(resolver, EQUATION_LAMBDA, i);
    for (uint32_t i = 1; i < facts->calls.count; i++) add_equation(resolver, EQUATION_CALL, i);
    uint64_t budget = (uint64_t)resolver->equations.count * RUNS_PER_EQUATION;
    for (resolver->queue_head = 0; resolver->queue_head < resolver->queue.count && budget;
         resolver->queue_head++, budget--) {
        uint32_t equation = resolver->queue.items[resolver->queue_head];
        resolver->equations.items[equation].queued = false;
        run(resolver, equation);
    }
    resolver->settled = true;
    memo_settle(resolver);
}
