// What decorators do to a call: a wrapper of the tree may take no further keywords or hand them to something else
// that takes none, one may store the function besides, and a decorator from outside may call the function itself.
// Comes in: the fixpoint of values. Goes out: Resolver.wrapped_shut. Must never trust a name for what a
// decorator of the tree does.
#include "base/bug.h"
#include "python/resolve/resolver.h"

static bool takes_keywords(const Facts *facts, FunctionId id) {
    const FunctionFact *function = facts_function(facts, id);
    for (uint32_t i = 0; i < function->parameter_count; i++)
        if (facts->parameters.items[function->first_parameter + i].kind == PARAMETER_KEYWORD_REST)
            return true;
    return false;
}

// The function that a call of MADE runs, when it is not DECORATED itself.
static FunctionId wrapper_of(Resolver *resolver, TypeId made, FunctionId decorated) {
    TypeTerm term = resolver->types.terms.items[made.index];
    if (term.kind == TYPE_INSTANCE) {
        TypeId special = value_attribute(resolver, made, resolver->known.call);
        term = resolver->types.terms.items[special.index];
    }
    bool function = term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD;
    return function && term.a != decorated.index ? (FunctionId){term.a} : FACT_NONE(FunctionId);
}

// A maker that gives back what it got says so in its result: it is a wrapper of itself only for others.
static bool gives_back(const Types *types, TypeId made, FunctionId decorated) {
    for (uint32_t i = 0; i < type_member_count(types, made); i++) {
        TypeTerm term = types->terms.items[type_member(types, made, i).index];
        if (term.kind == TYPE_FUNCTION && term.a == decorated.index) return true;
    }
    return false;
}

// def task(f=None): ... return wrap(f) if f else wrap - what is called is what `wrap` gives, in both of its uses.
static bool makes_another(Resolver *resolver, TypeId made, TypeId member) {
    const Types *types = &resolver->types;
    if (type_kind(types, member) != TYPE_FUNCTION) return false;
    TypeId given = value_call_result(resolver, FACT_NONE(CallId), member);
    for (uint32_t i = 0; i < type_member_count(types, given); i++)
        for (uint32_t k = 0; k < type_member_count(types, made); k++)
            if (type_member(types, given, i).index == type_member(types, made, k).index) return true;
    return false;
}

// ---- what else gets the arguments ----------------------------------------------------------------------
// The call hands the **kwargs of the function around it on.
static FunctionId hands_on(const Facts *facts, const CallFact *call) {
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        if (argument->kind != ARGUMENT_KEYWORD_REST) continue;
        SymbolId symbol = facts->expr_symbols.items[argument->value.index];
        ParameterId id = facts_binding(facts, facts_symbol(facts, symbol)->first_binding)->parameter;
        const ParameterFact *parameter = facts_parameter(facts, id);
        if (fact_is(symbol) && fact_is(id) && parameter->kind == PARAMETER_KEYWORD_REST)
            return parameter->function;
    }
    return FACT_NONE(FunctionId);
}

// By maker of a wrapper: the calls in the wrapper that do so, linked by number.
static void index_handing_calls(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    resolver->first_handing = arena_array(&resolver->facts->arena, uint32_t, facts->functions.count + 1);
    resolver->next_handing = arena_array(&resolver->facts->arena, uint32_t, facts->calls.count + 1);
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        FunctionId wrapper = hands_on(facts, &facts->calls.items[i]);
        FunctionId maker = facts_function(facts, wrapper)->enclosing;
        if (!fact_is(maker)) continue;
        resolver->next_handing[i] = resolver->first_handing[maker.index];
        resolver->first_handing[maker.index] = i;
    }
}

// Some function of the tree in VALUE takes no further keywords; none is DECORATED.
static bool refuses_keywords(const Resolver *resolver, TypeId value, FunctionId decorated) {
    const Types *types = &resolver->types;
    bool refuses = false;
    for (uint32_t i = 0; i < type_member_count(types, value); i++) {
        TypeTerm term = types->terms.items[type_member(types, value, i).index];
        if (term.kind != TYPE_FUNCTION && term.kind != TYPE_METHOD) continue;
        if (term.a == decorated.index) return false; // what is wrapped, and others that are
        refuses = refuses || !takes_keywords(resolver->facts, (FunctionId){term.a});
    }
    return refuses;
}

// def wrapper(*args, **kwargs): k = key(*args, **kwargs); ... the key would get the context, too.
static bool hands_to_others(Resolver *resolver, TypeId decorator, FunctionId decorated) {
    const Types *types = &resolver->types;
    for (uint32_t m = 0; m < type_member_count(types, decorator); m++) {
        TypeTerm maker = types->terms.items[type_member(types, decorator, m).index];
        if (maker.kind != TYPE_FUNCTION && maker.kind != TYPE_METHOD) continue;
        for (uint32_t i = resolver->first_handing[maker.a]; i; i = resolver->next_handing[i])
            if (refuses_keywords(resolver, value_of(resolver, resolver->facts->calls.items[i].callee),
                                 decorated))
                return true;
    }
    return false;
}

// @cached(cache, key=lambda text: text) of a library calls the key with the arguments of the function.
static bool has_foreign_key(Resolver *resolver, ExprId decorator, FunctionId decorated) {
    static const char *const KEYS[] = {"key", "key_builder", "key_func", "make_key", "unless"};
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, decorator);
    if (row->kind != EXPR_CALL || !decorator_hands_on(resolver, decorator)) return false;
    const CallFact *call = facts_call(facts, row->call);
    for (uint32_t i = 0; i < call->argument_count; i++) {
        const ArgumentFact *argument = &facts->arguments.items[call->first_argument + i];
        Str name = facts_name(facts, argument->name);
        for (size_t k = 0; argument->kind == ARGUMENT_KEYWORD && k < sizeof KEYS / sizeof *KEYS; k++)
            if (str_is(name, KEYS[k]) &&
                refuses_keywords(resolver, value_of(resolver, argument->value), decorated))
                return true;
    }
    return false;
}

// The function stands inside one that DECORATOR may be: it is made anew for what is decorated.
static bool is_made_inside(const Resolver *resolver, FunctionId function, TypeId decorator) {
    const Types *types = &resolver->types;
    FunctionId maker = facts_function(resolver->facts, function)->enclosing;
    for (uint32_t i = 0; fact_is(maker) && i < type_member_count(types, decorator); i++) {
        TypeTerm term = types->terms.items[type_member(types, decorator, i).index];
        if ((term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD) && term.a == maker.index) return true;
    }
    return false;
}

static bool shuts(Resolver *resolver, TypeId decorator, FunctionId decorated) {
    Types *types = &resolver->types;
    TypeId made = value_call_result(resolver, FACT_NONE(CallId), decorator);
    if (hands_to_others(resolver, decorator, decorated)) return true;
    bool given_back = gives_back(types, made, decorated); // perhaps only where it is not wrapped: return wrapper if DEBUG else f
    for (uint32_t i = 0; i < type_member_count(types, made); i++) {
        TypeId member = type_member(types, made, i);
        FunctionId wrapper = wrapper_of(resolver, member, decorated);
        if (given_back && !is_made_inside(resolver, wrapper, decorator)) continue;
        if (fact_is(wrapper) && !makes_another(resolver, made, member) && !takes_keywords(resolver->facts, wrapper)) return true;
    }
    return false;
}

static void mark_makers(Resolver *resolver, TypeId decorator) {
    Types *types = &resolver->types;
    for (uint32_t i = 0; i < type_member_count(types, decorator); i++) {
        TypeTerm term = types->terms.items[type_member(types, decorator, i).index];
        if (term.kind == TYPE_FUNCTION || term.kind == TYPE_METHOD)
            resolver->makes_wrapper[term.a] = true;
    }
}

void resolve_wrappers(Resolver *resolver) {
    Facts *facts = resolver->facts;
    resolver->wrapped_shut = arena_array(&facts->arena, bool, facts->functions.count + 1);
    resolver->makes_wrapper = arena_array(&facts->arena, bool, facts->functions.count + 1);
    index_handing_calls(resolver);
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        if (!(facts->functions.items[i].flags & (FUNCTION_WRAPPED | FUNCTION_CACHED))) continue;
        for (ExprId d = facts->functions.items[i].first_decorator; fact_is(d);
             d = facts_expr(facts, d)->next_sibling) {
            if (has_foreign_key(resolver, d, (FunctionId){i})) resolver->wrapped_shut[i] = true;
            if (shuts(resolver, value_of(resolver, d), (FunctionId){i})) {
                resolver->wrapped_shut[i] = true;
                mark_makers(resolver, value_of(resolver, d));
            }
        }
    }
}

// A decorated class is what its decorator made of it: a call of its name runs that.
static bool gives_class_back(const Types *types, TypeId made, uint32_t klass) {
    for (uint32_t i = 0; i < type_member_count(types, made); i++) {
        TypeTerm term = types->terms.items[type_member(types, made, i).index];
        if (term.kind == TYPE_CLASS && term.a == klass) return true;
    }
    return false;
}

static bool shuts_class(Resolver *resolver, TypeId decorator, uint32_t klass) {
    Types *types = &resolver->types;
    TypeId made = value_call_result(resolver, FACT_NONE(CallId), decorator);
    bool given_back = gives_class_back(types, made, klass);
    for (uint32_t i = 0; i < type_member_count(types, made); i++) {
        TypeId member = type_member(types, made, i);
        FunctionId maker = wrapper_of(resolver, member, FACT_NONE(FunctionId));
        if (given_back && !is_made_inside(resolver, maker, decorator)) continue;
        if (fact_is(maker) && !makes_another(resolver, made, member) && !takes_keywords(resolver->facts, maker)) return true;
    }
    return false;
}

void resolve_class_wrappers(Resolver *resolver) {
    Facts *facts = resolver->facts;
    resolver->class_shut = arena_array(&facts->arena, bool, facts->classes.count + 1);
    for (uint32_t i = 1; i < facts->classes.count; i++)
        for (ExprId d = facts->classes.items[i].first_decorator; fact_is(d);
             d = facts_expr(facts, d)->next_sibling) {
            if (!shuts_class(resolver, value_of(resolver, d), i)) continue;
            resolver->class_shut[i] = true;
            mark_makers(resolver, value_of(resolver, d));
        }
}

bool decorator_hands_on(Resolver *resolver, ExprId decorator) {
    static const char *const TRANSPARENT[] = {"retry", "atomic", "no_grad", "inference_mode",
                                              "suppress", "runtime_checkable", "timeout"};
    Str last = facts_name(resolver->facts, resolver_last_name(resolver, decorator));
    for (size_t i = 0; i < sizeof TRANSPARENT / sizeof *TRANSPARENT; i++)
        if (str_is(last, TRANSPARENT[i])) return false;
    const ExprFact *row = facts_expr(resolver->facts, decorator);
    ExprId maker = row->kind == EXPR_CALL ? row->base : decorator;
    TypeKind kind = type_kind(&resolver->types, value_of(resolver, maker));
    return kind == TYPE_EXTERNAL || kind == TYPE_FOREIGN;
}
