// Functions that a decorator of the tree puts away besides wrapping them: who finds one there calls it as it is.
// Comes in: names and values. Goes out: answers, whether a decorator stores what it gets. Must not take a wrapper's
// note of what it wraps for a store.
#include "base/bug.h"
#include "python/resolve/resolver.h"

// HANDLERS.append(func), HANDLERS[name] = func, self.func = func
static bool is_put_away(const Facts *facts, ExprId id, const bool *writes_into) {
    const ExprFact *expr = facts_expr(facts, id);
    const ExprFact *parent = facts_expr(facts, expr->parent);
    if (fact_is(expr->parent) && parent->kind == EXPR_CALL && !fact_same(parent->base, id))
        return keeping_fills(facts, parent->call);
    return !fact_is(expr->parent) && writes_into[expr->statement.index] &&
           !(expr->flags & (EXPR_STORED | EXPR_DELETED));
}

// By function: one that is no lambda stands in it. A maker without gives back what it got, and calls of what is stored
// are followed like others.
static bool *find_makers(const Facts *facts) {
    bool *makers = memory_alloc_zeroed(facts->functions.count + 1, sizeof *makers);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (!(facts->functions.items[i].flags & FUNCTION_LAMBDA))
            makers[facts->functions.items[i].enclosing.index] = true;
    makers[0] = false;
    return makers;
}

static FunctionId function_of_parameter(const Facts *facts, SymbolId symbol) {
    BindingId binding = facts_symbol(facts, symbol)->first_binding;
    return facts_parameter(facts, facts_binding(facts, binding)->parameter)->function;
}

bool *decorators_find_stored(const Facts *facts) {
    bool *makers = find_makers(facts);
    bool *stored = memory_alloc_zeroed(facts->symbols.count + 1, sizeof *stored);
    bool *writes_into = memory_alloc_zeroed(facts->statements.count + 1, sizeof *writes_into);
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        bool wrapped = str_is(facts_name(facts, expr->name), "__wrapped__");
        bool into = expr->kind == EXPR_SUBSCRIPT || (expr->kind == EXPR_ATTRIBUTE && !wrapped);
        if ((expr->flags & EXPR_STORED) && into) writes_into[expr->statement.index] = true;
    }
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        SymbolId symbol = facts->expr_symbols.items[i];
        bool parameter = expr->kind == EXPR_NAME && fact_is(symbol) &&
                         (facts_symbol(facts, symbol)->flags & SYMBOL_PARAMETER);
        if (parameter && makers[function_of_parameter(facts, symbol).index] &&
            is_put_away(facts, (ExprId){i}, writes_into))
            stored[symbol.index] = true;
    }
    free(writes_into);
    free(makers);
    return stored;
}

bool decorator_stores(Resolver *resolver, ExprId decorator, const bool *stored) {
    const Facts *facts = resolver->facts;
    TypeId maker = value_of(resolver, decorator);
    for (uint32_t i = 0; i < type_member_count(&resolver->types, maker); i++) {
        TypeTerm term = resolver->types.terms.items[type_member(&resolver->types, maker, i).index];
        if (term.kind != TYPE_FUNCTION && term.kind != TYPE_METHOD) continue;
        const FunctionFact *function = facts_function(facts, (FunctionId){term.a});
        uint32_t first = function->first_parameter + (term.kind == TYPE_METHOD);
        bool has = first < function->first_parameter + function->parameter_count;
        if (has && stored[facts->parameters.items[first].symbol.index]) return true;
    }
    return false;
}
