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

void argument_pass_all(Resolver *resolver, const CallFact *call, FunctionId id, uint32_t skip) {
    if (!fact_is(id)) return;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &resolver->facts->arguments.items[call->first_argument + i];
        if (argument->kind == ARGUMENT_REST) return; // positions are unknown from here
        if (argument->kind == ARGUMENT_KEYWORD_REST) continue;
        argument_pass(resolver, id, i + skip, argument);
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
