// What type parameters stand for: of classes by their bases and arguments, of functions by the
// arguments of a call.
//
//     class Box(Generic[T]): def get(self) -> T       def f(x: Box[A]): x.get()        T is A, by the receiver
//     class Of(Box[A]): ...                           Of().get()                       T is A, by the base
//     def first(xs: list[T]) -> T                     first([A()])                     T is A, by the argument
//
// Comes in: types that contain TYPE_PARAMETER. Goes out: the same with the parameters replaced that are
// known; the others stay, and mean nothing.
// Must never loop: bases and types are followed to a limited depth.
// Source: PEP 484 (user-defined generic types), PEP 695.
#include "base/bug.h"
#include "python/resolve/resolver.h"

enum { BASE_DEPTH = 12 };

// What some type parameters stand for.
typedef struct Substitution {
    SymbolId parameters[GENERIC_LIMIT];
    TypeId types[GENERIC_LIMIT];
    uint32_t count;
} Substitution;

static const BindingFact *definition_of(const Resolver *resolver, SymbolId symbol) {
    const Facts *facts = resolver->facts;
    if (!fact_is(symbol)) return NULL;
    BindingId first = facts_symbol(facts, symbol)->first_binding;
    return fact_is(first) ? facts_binding(facts, first) : NULL;
}

// The call of TypeVar that BINDING assigns; NULL for everything else.
static const CallFact *maker_of(const Resolver *resolver, const BindingFact *binding) {
    const Facts *facts = resolver->facts;
    if (binding->kind != BINDING_ASSIGN || !fact_is(binding->value)) return NULL;
    const ExprFact *value = facts_expr(facts, binding->value);
    if (value->kind != EXPR_CALL) return NULL;
    Name last = resolver_last_name(resolver, value->base);
    return str_is(facts_name(facts, last), "TypeVar") ? facts_call(facts, value->call)
                                                      : NULL;
}

bool generic_is_parameter(const Resolver *resolver, SymbolId symbol) {
    const BindingFact *binding = definition_of(resolver, symbol);
    if (!binding) return false;
    if (binding->kind == BINDING_TYPE_PARAMETER) return !fact_is(binding->value);
    return maker_of(resolver, binding) != NULL;
}

ExprId generic_bound(const Resolver *resolver, SymbolId symbol) {
    const Facts *facts = resolver->facts;
    const BindingFact *binding = definition_of(resolver, symbol);
    if (binding->kind == BINDING_TYPE_PARAMETER) return binding->annotation;
    const CallFact *call = maker_of(resolver, binding);
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        if (name_equal(argument->name, resolver->known.bound)) return argument->value;
    }
    return FACT_NONE(ExprId);
}

static SymbolId parameter_named(const Resolver *resolver, ExprId expr) {
    const Facts *facts = resolver->facts;
    if (facts_expr(facts, expr)->kind != EXPR_NAME) return FACT_NONE(SymbolId);
    SymbolId symbol = facts->expr_symbols.items[expr.index];
    if (fact_is(symbol)) symbol = facts->symbol_definitions.items[symbol.index];
    return generic_is_parameter(resolver, symbol) ? symbol : FACT_NONE(SymbolId);
}

static uint32_t add_parameter(SymbolId *parameters, uint32_t count, SymbolId symbol) {
    for (uint32_t i = 0; i < count; i++)
        if (fact_same(parameters[i], symbol)) return count;
    if (count < GENERIC_LIMIT && fact_is(symbol)) parameters[count++] = symbol;
    return count;
}

// Generic[A, B] and Protocol[A, B] say the order; else they count as they appear in the bases.
uint32_t generic_parameters(Resolver *resolver, ClassId klass, SymbolId *parameters) {
    const Facts *facts = resolver->facts;
    const ClassFact *row = facts_class(facts, klass);
    uint32_t count = 0;
    ScopeId around = facts_scope(facts, row->body)->parent;
    for (SymbolId s = facts_scope(facts, around)->first_symbol;
         fact_is(s) && facts_scope(facts, around)->kind == SCOPE_BLOCK;
         s = facts_symbol(facts, s)->next_in_scope)
        if (generic_is_parameter(resolver, s)) count = add_parameter(parameters, count, s);
    if (count) return count;
    for (int pass = 0; pass < 2 && !count; pass++)
        for (ExprId base = row->first_base; fact_is(base);
             base = facts_expr(facts, base)->next_sibling) {
            if (facts_expr(facts, base)->kind != EXPR_SUBSCRIPT) continue;
            Str name = facts_name(
                facts, resolver_last_name(resolver, facts_expr(facts, base)->base));
            if (pass == 0 && !str_is(name, "Generic") && !str_is(name, "Protocol")) continue;
            for (uint32_t i = 0; i < GENERIC_LIMIT; i++) {
                ExprId argument = annotation_argument(facts, base, i);
                if (!fact_is(argument)) break;
                count = add_parameter(parameters, count, parameter_named(resolver, argument));
            }
        }
    return count;
}

static TypeId replace(Resolver *resolver, TypeId type, const Substitution *known);

static TypeId replace_parts(Resolver *resolver, TypeTerm term, const Substitution *known) {
    Types *types = &resolver->types;
    TypeId parts[16] = {{0}};
    uint32_t count = term.part_count < 16 ? term.part_count : 16;
    for (uint32_t i = 0; i < count; i++)
        parts[i] = replace(resolver, types->parts.items[term.first_part + i], known);
    return type_tuple(types, parts, count);
}

static TypeId replace_parameter(TypeId type, uint32_t symbol, const Substitution *known) {
    for (uint32_t i = 0; i < known->count; i++)
        if (known->parameters[i].index == symbol && known->types[i].index) return known->types[i];
    return type;
}

static bool is_member(const Types *types, TypeId type, TypeId member) {
    for (uint32_t i = 0; i < type_member_count(types, type); i++)
        if (type_member(types, type, i).index == member.index) return true;
    return false;
}

// A parameter stands in a union beside its bound; both make way for what it stands for.
static TypeId replace_members(Resolver *resolver, TypeId type, const Substitution *known) {
    Types *types = &resolver->types;
    TypeId bounds = {0};
    TypeMembers members = {.count = 0};
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i), other = replace(resolver, member, known);
        TypeTerm term = types->terms.items[member.index];
        if (term.kind == TYPE_PARAMETER && other.index != member.index)
            bounds = type_join(types, bounds, (TypeId){term.b});
    }
    for (uint32_t i = 0; i < type_member_count(types, type); i++) {
        TypeId member = type_member(types, type, i);
        if (!is_member(types, bounds, member))
            type_add_members(types, &members, replace(resolver, member, known));
    }
    return type_of_members(types, &members);
}

static TypeId replace_inside(Resolver *resolver, TypeId type, const Substitution *known) {
    Types *types = &resolver->types;
    TypeTerm term = types->terms.items[type.index];
    switch (term.kind) {
    case TYPE_LIST: case TYPE_AWAITABLE: case TYPE_CONTEXT: case TYPE_CALLABLE:
        return type_make(types, term.kind, replace(resolver, (TypeId){term.a}, known).index,
                         term.b);
    case TYPE_DICT: {
        TypeId key = replace(resolver, (TypeId){term.a}, known);
        return type_make(types, TYPE_DICT, key.index,
                         replace(resolver, (TypeId){term.b}, known).index);
    }
    case TYPE_INSTANCE:
        return type_make(types, TYPE_INSTANCE, term.a,
                         replace(resolver, (TypeId){term.b}, known).index);
    case TYPE_TUPLE: return replace_parts(resolver, term, known);
    case TYPE_UNION: return replace_members(resolver, type, known);
    case TYPE_UNKNOWN: case TYPE_NONE: case TYPE_CLASS: case TYPE_FUNCTION: case TYPE_METHOD:
    case TYPE_MODULE: case TYPE_EXTERNAL: case TYPE_FOREIGN: case TYPE_SUPER: case TYPE_MEMBER:
    case TYPE_DYNAMIC: case TYPE_PARAMETER: break;
    }
    return type;
}

static bool is_same_substitution(const Substitution *a, const Substitution *b) {
    bool same = a->count == b->count;
    for (uint32_t i = 0; same && i < a->count; i++)
        same = fact_same(a->parameters[i], b->parameters[i]) && a->types[i].index == b->types[i].index;
    return same;
}

struct GenericMemo {
    TypeId type, result; // type 0: none yet
    Substitution known;
};
enum { MEMO_COUNT = 1 << 12 }; // a power of two

// A type and what its parameters stand for give the same each time.
static TypeId replace(Resolver *resolver, TypeId type, const Substitution *known) {
    TypeTerm term = resolver->types.terms.items[type.index];
    if (!term.open) return type;
    if (term.kind == TYPE_PARAMETER) return replace_parameter(type, term.a, known);
    uint32_t hash = type.index * 0x9e3779b1u;
    for (uint32_t i = 0; i < known->count; i++) hash = (hash ^ known->types[i].index) * 0x9e3779b1u;
    if (!resolver->generic_memo) resolver->generic_memo = memory_alloc_zeroed(MEMO_COUNT, sizeof(GenericMemo));
    GenericMemo *memo = &resolver->generic_memo[hash >> 20];
    if (memo->type.index == type.index && is_same_substitution(&memo->known, known)) return memo->result;
    TypeId result = replace_inside(resolver, type, known);
    *memo = (GenericMemo){type, result, *known};
    return result;
}

// ---- classes -------------------------------------------------------------------------------------
// What the parameters of KLASS stand for in an instance with ARGUMENTS (a TYPE_TUPLE or unknown).
static Substitution substitution_of(Resolver *resolver, ClassId klass, TypeId arguments) {
    const Types *types = &resolver->types;
    Substitution result = {.count = 0};
    result.count = generic_parameters(resolver, klass, result.parameters);
    TypeTerm tuple = types->terms.items[arguments.index];
    for (uint32_t i = 0; i < result.count && i < tuple.part_count; i++)
        result.types[i] = types->parts.items[tuple.first_part + i];
    return result;
}

// The arguments that OWNER has as an ancestor of INSTANCE; false when the bases do not lead there.
static bool find_owner(Resolver *resolver, TypeId instance, ClassId owner, int depth,
                       Substitution *found) {
    const Facts *facts = resolver->facts;
    TypeTerm term = resolver->types.terms.items[instance.index];
    ClassId klass = {term.a};
    if (depth > BASE_DEPTH || !facts_is_subclass(facts, klass, owner)) return false;
    Substitution here = substitution_of(resolver, klass, (TypeId){term.b});
    if (fact_same(klass, owner)) {
        *found = here;
        return true;
    }
    for (ExprId b = facts_class(facts, klass)->first_base; fact_is(b);
         b = facts_expr(facts, b)->next_sibling) {
        TypeId base = replace(resolver, annotation_type(resolver, b, klass), &here);
        if (type_kind(&resolver->types, base) == TYPE_INSTANCE &&
            find_owner(resolver, base, owner, depth + 1, found))
            return true;
    }
    return false;
}

TypeId generic_for_receiver(Resolver *resolver, TypeId type, TypeId receiver, ClassId owner) {
    TypeTerm term = resolver->types.terms.items[receiver.index];
    if (!resolver->types.terms.items[type.index].open || !fact_is(owner)) return type;
    TypeId instance = term.kind == TYPE_INSTANCE
                          ? receiver
                          : type_make(&resolver->types, TYPE_INSTANCE, term.a, 0);
    Substitution known;
    return find_owner(resolver, instance, owner, 0, &known) ? replace(resolver, type, &known) : type;
}

// ---- functions -----------------------------------------------------------------------------------
static void learn(Resolver *resolver, Substitution *known, ExprId annotation, TypeId value, int depth);

static void learn_parameter(Resolver *resolver, Substitution *known, SymbolId symbol, TypeId value) {
    for (uint32_t i = 0; i < known->count; i++)
        if (fact_same(known->parameters[i], symbol)) {
            known->types[i] = type_join(&resolver->types, known->types[i], value);
            return;
        }
    if (known->count == GENERIC_LIMIT) return;
    known->parameters[known->count] = symbol;
    known->types[known->count++] = value;
}

static TypeId dict_values(Types *types, TypeId value) {
    TypeId result = {0};
    for (uint32_t i = 0; i < type_member_count(types, value); i++) {
        TypeTerm term = types->terms.items[type_member(types, value, i).index];
        if (term.kind == TYPE_DICT) result = type_join(types, result, (TypeId){term.b});
    }
    return result;
}

static void learn_each(Resolver *resolver, Substitution *known, ExprId first, TypeId value, int depth) {
    for (ExprId c = first; fact_is(c); c = facts_expr(resolver->facts, c)->next_sibling)
        learn(resolver, known, c, value, depth);
}

// Class[T] given an instance whose arguments are known.
static void learn_class(Resolver *resolver, Substitution *known, ExprId annotation, TypeId value,
                        int depth) {
    const Types *types = &resolver->types;
    for (uint32_t i = 0; i < type_member_count(types, value); i++) {
        TypeTerm term = types->terms.items[type_member(types, value, i).index];
        TypeTerm tuple = types->terms.items[term.kind == TYPE_INSTANCE ? term.b : 0];
        for (uint32_t k = 0; k < tuple.part_count; k++)
            learn(resolver, known, annotation_argument(resolver->facts, annotation, k),
                  types->parts.items[tuple.first_part + k], depth);
    }
}

static void learn_subscript(Resolver *resolver, Substitution *known, ExprId annotation, TypeId value,
                            int depth) {
    const Facts *facts = resolver->facts;
    Types *types = &resolver->types;
    ExprId first = annotation_argument(facts, annotation, 0);
    ExprId second = annotation_argument(facts, annotation, 1);
    switch (annotation_form(resolver, annotation)) {
    case FORM_PLAIN: learn_class(resolver, known, annotation, value, depth); break;
    case FORM_OPTIONAL:
        learn(resolver, known, first, type_without_none(types, value), depth);
        break;
    case FORM_UNION: learn_each(resolver, known, first, value, depth); break;
    case FORM_LIST: case FORM_TUPLE:
        learn(resolver, known, first, type_element(types, value), depth);
        break;
    case FORM_DICT:
        learn(resolver, known, first, type_element(types, value), depth);
        learn(resolver, known, second, dict_values(types, value), depth);
        break;
    case FORM_CLASS:
        learn(resolver, known, first, value_instances_of(types, value), depth);
        break;
    case FORM_AWAITABLE: {
        ExprId third = annotation_argument(facts, annotation, 2);
        learn(resolver, known, fact_is(third) ? third : first, value_awaited(types, value), depth);
        break;
    }
    case FORM_WRAPPER: learn(resolver, known, first, value, depth); break;
    case FORM_CONTEXT: break;
    case FORM_CALLABLE:
        learn(resolver, known, second, value_call_result(resolver, FACT_NONE(CallId), value), depth);
        break;
    }
}

// ANNOTATION is that of a parameter which is given VALUE.
static void learn(Resolver *resolver, Substitution *known, ExprId annotation, TypeId value, int depth) {
    if (!fact_is(annotation) || !value.index || depth > BASE_DEPTH) return;
    const ExprFact *row = facts_expr(resolver->facts, annotation);
    SymbolId symbol = parameter_named(resolver, annotation);
    if (fact_is(symbol))
        learn_parameter(resolver, known, symbol, value);
    else if (row->kind == EXPR_SUBSCRIPT)
        learn_subscript(resolver, known, annotation, value, depth + 1);
    else if (row->kind == EXPR_UNION || row->kind == EXPR_STRING)
        learn_each(resolver, known, row->first_child, type_without_none(&resolver->types, value),
                   depth + 1);
}

TypeId generic_for_call(Resolver *resolver, TypeId type, CallId call, FunctionId function,
                        uint32_t skip) {
    const Facts *facts = resolver->facts;
    if (!resolver->types.terms.items[type.index].open || !fact_is(call)) return type;
    const CallFact *row = facts_call(facts, call);
    Substitution known = {.count = 0};
    for (uint32_t i = 0; i < row->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[row->first_argument + i];
        if (argument->kind == ARGUMENT_REST || argument->kind == ARGUMENT_KEYWORD_REST) break;
        const ParameterFact *parameter =
            argument_parameter(resolver, function, argument, i + skip);
        if (parameter)
            learn(resolver, &known, parameter->annotation, value_of(resolver, argument->value), 0);
    }
    return replace(resolver, type, &known);
}
