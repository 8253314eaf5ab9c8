// Callees that a call through a value cannot mean. Comes in: the edges of one call, what it gives, and what parameters
// declare. Goes out: EdgeFact.mistyped. Must leave alone whatever may fit, and a call of which nothing would be left.
//
//     def greet(message: Message): ...
//     def loaded(plugin: Plugin): ...
//     HANDLERS = [greet, loaded]
//     for handler in HANDLERS: handler(message)      a message is no plugin: loaded is not meant
#include "python/resolve/resolver.h"

static bool share_heir(const Resolver *resolver, ClassId a, ClassId b) {
    for (uint32_t i = resolver->first_child_class[a.index]; i < resolver->first_child_class[a.index + 1]; i++)
        if (facts_is_subclass(resolver->facts, resolver->child_classes[i], b)) return true;
    return false;
}

static bool may_be(const Resolver *resolver, ClassId given, ClassId declared) {
    const Facts *facts = resolver->facts;
    return (facts_class(facts, given)->flags & CLASS_UNKNOWN_BASE) || (facts_class(facts, declared)->flags & CLASS_PROTOCOL) ||
           facts_is_subclass(facts, given, declared) || facts_is_subclass(facts, declared, given) ||
           share_heir(resolver, given, declared);
}

// TYPE is made of instances of classes of the tree, and nothing else but None.
static bool is_of_classes(const Types *types, TypeId type) {
    bool some = false;
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeTerm term = type_term(types, type_member(types, type, i));
        if (term.kind != TYPE_NONE && (term.kind != TYPE_INSTANCE || !term.a)) return false;
        some = some || term.kind == TYPE_INSTANCE;
    }
    return some;
}

static bool meet(const Resolver *resolver, TypeId given, TypeId declared) {
    const Types *types = &resolver->types;
    for (uint32_t i = 0; i < type_member_count(types, given); i++)
        for (uint32_t k = 0; k < type_member_count(types, declared); k++) {
            TypeTerm a = type_term(types, type_member(types, given, i)), b = type_term(types, type_member(types, declared, k));
            if (a.kind == TYPE_NONE && b.kind == TYPE_NONE) return true;
            if (a.kind == TYPE_INSTANCE && b.kind == TYPE_INSTANCE && may_be(resolver, (ClassId){a.a}, (ClassId){b.a}))
                return true;
        }
    return false;
}

static bool takes(Resolver *resolver, const FunctionFact *function, uint32_t position, TypeId given) {
    const ParameterFact *row = &resolver->facts->parameters.items[function->first_parameter + position];
    if (row->kind > PARAMETER_POSITIONAL || !fact_is(row->symbol)) return true;
    bool receiver = position == 0 && fact_is(function->klass) && !(function->flags & FUNCTION_STATIC);
    if (receiver) return false; // asked for only where what is bound is not known
    const Variable *variable = &resolver->variables.items[value_symbol_variable(resolver, row->symbol)];
    return !variable->declared || !is_of_classes(&resolver->types, variable->type) || meet(resolver, given, variable->type);
}

// Some parameter may take the argument at INDEX: its own, or where arguments were bound before, one behind it.
static bool fits(Resolver *resolver, const EdgeFact *edge, uint32_t index, TypeId given) {
    const FunctionFact *function = facts_function(resolver->facts, edge->callee);
    bool has_receiver = fact_is(function->klass) && !(function->flags & FUNCTION_STATIC);
    bool open = edge->bound || edge->explicit_receiver;
    uint32_t first = index + (has_receiver && !edge->explicit_receiver ? 1 : 0);
    if (first >= function->parameter_count) return true;
    if (!open) return takes(resolver, function, first, given);
    for (uint32_t i = first; i < function->parameter_count; i++)
        if (takes(resolver, function, i, given)) return true;
    return false;
}

static bool is_mistyped(Resolver *resolver, const CallFact *call, const EdgeFact *edge) {
    if (edge->kind != EDGE_CALL || !fact_is(edge->callee)) return false;
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &resolver->facts->arguments.items[call->first_argument + i];
        if (argument->kind != ARGUMENT_POSITIONAL) return false;
        TypeId given = value_of(resolver, argument->value);
        if (is_of_classes(&resolver->types, given) && !fits(resolver, edge, i, given)) return true;
    }
    return false;
}

void mistyped_mark(Resolver *resolver, CallId id, uint32_t first) {
    Facts *facts = resolver->facts;
    const CallFact *call = facts_call(facts, id);
    uint32_t fit = 0, count = facts->edges.count;
    if (count - first < 2 || !call->argument_count) return;
    for (uint32_t i = first; i < count; i++) {
        facts->edges.items[i].mistyped = is_mistyped(resolver, call, &facts->edges.items[i]);
        fit += !facts->edges.items[i].mistyped;
    }
    for (uint32_t i = first; fit == 0 && i < count; i++) facts->edges.items[i].mistyped = false;
}
