// Which parameter takes an argument, and what flows there from calls.
// Comes in: calls and the functions or classes they reach. Goes out: types of parameters and fields.
// Must never guess behind `*rest`: from there the positions are unknown.
#include "python/resolve/resolver.h"

const ParameterFact *argument_parameter(const Resolver *resolver, FunctionId function,
                                        const ArgumentFact *argument, uint32_t position) {
    ParameterId found = parameter_index_find(&resolver->parameters, function, argument, position);
    return fact_is(found) ? &resolver->facts->parameters.items[found.index] : NULL;
}

void argument_pass(Resolver *resolver, FunctionId function, uint32_t position,
                   const ArgumentFact *argument) {
    Types *types = &resolver->types;
    const ParameterFact *row = argument_parameter(resolver, function, argument, position);
    if (!row) return;
    if (resolver->noting) {
        ParameterId parameter = {(uint32_t)(row - resolver->facts->parameters.items)};
        vec_add(&resolver->facts->special_arguments, ((SpecialArgument){.value = argument->value, .parameter = parameter}));
        return;
    }
    uint32_t variable = value_symbol_variable(resolver, row->symbol);
    if (resolver->variables.items[variable].declared) return;
    TypeId value = value_of(resolver, argument->value);
    if (row->kind == PARAMETER_REST) value = type_make(types, TYPE_LIST, value.index, 0);
    if (row->kind == PARAMETER_KEYWORD_REST) value = type_make(types, TYPE_DICT, 0, value.index);
    flow_into(resolver, variable, value);
}

void argument_pass_value(Resolver *resolver, FunctionId id, uint32_t skip, TypeId type) {
    const Facts *facts = resolver->facts;
    const FunctionFact *function = facts_function(facts, id);
    for (uint32_t i = 0, seen = 0; i < function->parameter_count; i++) {
        const ParameterFact *row = &facts->parameters.items[function->first_parameter + i];
        if (!fact_is(row->symbol) || row->kind > PARAMETER_POSITIONAL || seen++ < skip) continue;
        flow_into(resolver, value_symbol_variable(resolver, row->symbol), type);
        return;
    }
}

static bool is_given(const Resolver *resolver, const CallFact *call, const ParameterFact *parameter) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &resolver->facts->arguments.items[call->first_argument + i];
        if (argument->kind == ARGUMENT_KEYWORD && name_equal(argument->name, parameter->name)) return true;
    }
    return false;
}

// What is in TYPE that can be called; with OUTSIDE, also what comes from outside the tree.
static TypeId callables_in(Types *types, TypeId type, bool outside) {
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        TypeKind kind = type_kind(types, member);
        if (kind == TYPE_FUNCTION || kind == TYPE_METHOD || (outside && kind == TYPE_EXTERNAL))
            result = type_join(types, result, member);
    }
    return result;
}

// A star hands VALUES on, and which of them goes to PARAMETER is not seen: none that may be called must be missed.
static void pass_callables(Resolver *resolver, const ParameterFact *parameter, TypeId values) {
    if (!fact_is(parameter->symbol)) return;
    uint32_t variable = value_symbol_variable(resolver, parameter->symbol);
    if (resolver->variables.items[variable].declared) return;
    bool called = callables_in(&resolver->types, value_read(resolver, variable), false).index != 0;
    flow_into(resolver, variable, callables_in(&resolver->types, values, called));
}

static TypeId values_of(Resolver *resolver, ExprId container) {
    TypeId type = value_of(resolver, container), result = {0};
    for (uint32_t i = 0; i < type_member_count(&resolver->types, type); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, type, i).index];
        if (term.kind == TYPE_DICT) result = type_join(&resolver->types, result, (TypeId){term.b});
    }
    return result;
}

static void pass_rest(Resolver *resolver, const ParameterFact *parameter, TypeId container) {
    uint32_t variable = value_symbol_variable(resolver, parameter->symbol);
    if (!resolver->variables.items[variable].declared) flow_into(resolver, variable, container);
}

// f(**options): each of its values may go to any parameter that has a name and is not given one.
static void pass_keywords(Resolver *resolver, const CallFact *call, FunctionId id, TypeId values) {
    const FunctionFact *function = facts_function(resolver->facts, id);
    for (uint32_t i = 0; values.index && i < function->parameter_count; i++) {
        const ParameterFact *row = &resolver->facts->parameters.items[function->first_parameter + i];
        if (row->kind == PARAMETER_KEYWORD_REST && fact_is(row->symbol))
            pass_rest(resolver, row, type_make(&resolver->types, TYPE_DICT, 0, values.index));
        bool named = row->kind == PARAMETER_POSITIONAL || row->kind == PARAMETER_KEYWORD;
        if (named && !is_given(resolver, call, row)) pass_callables(resolver, row, values);
    }
}

// f(*items), where POSITION arguments stand before the star.
static void pass_items(Resolver *resolver, FunctionId id, uint32_t position, TypeId items) {
    const FunctionFact *function = facts_function(resolver->facts, id);
    for (uint32_t i = 0; items.index && i < function->parameter_count; i++) {
        const ParameterFact *row = &resolver->facts->parameters.items[function->first_parameter + i];
        if (row->kind == PARAMETER_REST && fact_is(row->symbol))
            pass_rest(resolver, row, type_make(&resolver->types, TYPE_LIST, items.index, 0));
        else if (i >= position && row->kind <= PARAMETER_POSITIONAL)
            pass_callables(resolver, row, items);
    }
}

void argument_pass_all(Resolver *resolver, const CallFact *call, FunctionId id, uint32_t skip) {
    if (!fact_is(id)) return;
    bool known = true; // the position
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &resolver->facts->arguments.items[call->first_argument + i];
        if (argument->kind == ARGUMENT_REST) {
            known = false;
            pass_items(resolver, id, i + skip, type_element(&resolver->types, value_of(resolver, argument->value)));
        } else if (argument->kind == ARGUMENT_KEYWORD_REST) {
            pass_keywords(resolver, call, id, values_of(resolver, argument->value));
        } else if (known || argument->kind == ARGUMENT_KEYWORD) {
            argument_pass(resolver, id, i + skip, argument);
        }
    }
}

// The generated constructor of a dataclass or named tuple puts its arguments into fields.
void argument_pass_fields(Resolver *resolver, const CallFact *call, ClassId klass) {
    const Facts *facts = resolver->facts;
    if (fact_is(facts_class(facts, klass)->constructor) ||
        !(facts_class(facts, klass)->flags & (CLASS_DATA | CLASS_TUPLE)))
        return;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        SymbolId field = {0};
        if (argument->kind == ARGUMENT_REST) return;
        if (argument->kind == ARGUMENT_POSITIONAL) field = classes_field(facts, klass, i);
        if (argument->kind == ARGUMENT_KEYWORD)
            field = resolver_member(resolver, klass, 0, argument->name, NULL);
        if (fact_is(field))
            flow_into(resolver, value_symbol_variable(resolver, field),
                      value_of(resolver, argument->value));
    }
}
