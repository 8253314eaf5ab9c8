// What decorators do to a call: a wrapper of the tree may take no further keywords, and a decorator
// from outside may call the function itself.
// Comes in: the fixpoint of values. Goes out: Resolver.wrapped_shut. Must never trust a name for what a
// decorator of the tree does.
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

static bool shuts(Resolver *resolver, TypeId decorator, FunctionId decorated) {
    Types *types = &resolver->types;
    TypeId made = value_call_result(resolver, FACT_NONE(CallId), decorator);
    if (gives_back(types, made, decorated)) return false;
    for (uint32_t i = 0; i < type_member_count(types, made); i++) {
        FunctionId wrapper = wrapper_of(resolver, type_member(types, made, i), decorated);
        if (fact_is(wrapper) && !takes_keywords(resolver->facts, wrapper)) return true;
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
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        if (!(facts->functions.items[i].flags & FUNCTION_WRAPPED)) continue;
        for (ExprId d = facts->functions.items[i].first_decorator; fact_is(d);
             d = facts_expr(facts, d)->next_sibling) {
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
    if (gives_class_back(types, made, klass)) return false;
    for (uint32_t i = 0; i < type_member_count(types, made); i++) {
        FunctionId maker = wrapper_of(resolver, type_member(types, made, i), FACT_NONE(FunctionId));
        if (fact_is(maker) && !takes_keywords(resolver->facts, maker)) return true;
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
