// The two declarations of a keyword that callers shall pass (PEP 702).
//
//     @overload
//     def name(*, context: Context) -> str: ...
//     @overload
//     @deprecated("pass context")
//     def name() -> str: ...
//     def name(*, context: Context | None = None) -> str:
//
// Comes in: bound names. Goes out: FUNCTION_SIGNATURE of both, which say nothing that their function does not. Other
// overloads stay parts of theirs.
#include "python/resolve/resolver.h"

static bool is_deprecated(const Resolver *resolver, const FunctionFact *function) {
    const Facts *facts = resolver->facts;
    for (ExprId d = function->first_decorator; fact_is(d); d = facts_expr(facts, d)->next_sibling)
        if (str_is(facts_name(facts, resolver_last_name(resolver, d)), "deprecated")) return true;
    return false;
}

// Of the first: each parameter of the second, in its order, and one by keyword besides, with the mark that it may need.
static bool has_one_more(const Facts *facts, const FunctionFact *first, const FunctionFact *second) {
    const ParameterFact *more = &facts->parameters.items[first->first_parameter];
    const ParameterFact *less = &facts->parameters.items[second->first_parameter];
    uint32_t at = 0, keywords = 0;
    for (uint32_t i = 0; i < first->parameter_count; i++) {
        bool same = at < second->parameter_count && more[i].kind == less[at].kind &&
                    name_equal(more[i].name, less[at].name);
        if (same)
            at++;
        else if (more[i].kind == PARAMETER_KEYWORD)
            keywords++;
        else if (more[i].kind != PARAMETER_STAR_MARK)
            return false;
    }
    return at == second->parameter_count && keywords == 1;
}

static bool is_pair(const Resolver *resolver, const FunctionFact *first, const FunctionFact *second) {
    return (first->flags & FUNCTION_OVERLOAD) && (second->flags & FUNCTION_OVERLOAD) &&
           !is_deprecated(resolver, first) && is_deprecated(resolver, second) &&
           has_one_more(resolver->facts, first, second);
}

void resolve_overloads(Resolver *resolver) {
    Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        FunctionFact *definitions[3] = {NULL, NULL, NULL};
        uint32_t count = 0;
        for (BindingId b = facts->symbols.items[i].first_binding; fact_is(b);
             b = facts_binding(facts, b)->next_of_symbol, count++)
            if (count < 3 && facts_binding(facts, b)->kind == BINDING_FUNCTION)
                definitions[count] = &facts->functions.items[facts_binding(facts, b)->function.index];
        if (count != 3 || !definitions[0] || !definitions[1] || !definitions[2] ||
            (definitions[2]->flags & FUNCTION_OVERLOAD) || !is_pair(resolver, definitions[0], definitions[1]))
            continue;
        definitions[0]->flags |= FUNCTION_SIGNATURE;
        definitions[1]->flags |= FUNCTION_SIGNATURE;
    }
}
