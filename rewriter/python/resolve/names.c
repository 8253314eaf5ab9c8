// Lexical name lookup: which symbol each name expression means (PEP 227, 572, 695).
// Comes in: scopes and symbols. Goes out: Facts.expr_symbols for names, Resolver.canonical.
// Must never guess: a name that no scope of the module binds stays none (a builtin or an error).
#include "python/resolve/resolver.h"

SymbolId resolver_symbol(const Resolver *resolver, ScopeId scope, Name name) {
    return facts_symbol_in(resolver->facts, scope, name);
}

static ScopeId module_scope_of(const Resolver *resolver, ScopeId scope) {
    const Facts *facts = resolver->facts;
    return facts_module(facts, facts_scope(facts, scope)->module)->scope;
}

SymbolId resolver_lookup(const Resolver *resolver, ScopeId scope, Name name) {
    const Facts *facts = resolver->facts;
    bool first = true; // a class body is seen by its own statements only
    for (ScopeId at = scope; fact_is(at); at = facts_scope(facts, at)->parent) {
        const ScopeFact *row = facts_scope(facts, at);
        bool visible = row->kind != SCOPE_CLASS || first;
        if (row->kind != SCOPE_BLOCK) first = false;
        if (!visible) continue;
        SymbolId symbol = resolver_symbol(resolver, at, name);
        if (!fact_is(symbol)) continue;
        uint32_t flags = facts_symbol(facts, symbol)->flags;
        if (flags & SYMBOL_GLOBAL) {
            SymbolId global = resolver_symbol(resolver, module_scope_of(resolver, at), name);
            return fact_is(global) ? global : symbol;
        }
        if (!(flags & SYMBOL_NONLOCAL)) return symbol;
    }
    return FACT_NONE(SymbolId);
}

static void find_canonical(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        resolver->canonical[i] = (SymbolId){i};
        if (!(symbol->flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL))) continue;
        SymbolId meant = resolver_lookup(resolver, symbol->scope, symbol->name);
        if (fact_is(meant)) resolver->canonical[i] = meant;
    }
}

// A list of scopes walked once: the owner of a scope is its own function or its parent's owner.
static void find_owners(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->scopes.count; i++) {
        const ScopeFact *scope = &facts->scopes.items[i];
        if (scope->kind == SCOPE_FUNCTION)
            resolver->scope_owner[i] = scope->function;
        else if (scope->parent.index && scope->parent.index < i)
            resolver->scope_owner[i] = resolver->scope_owner[scope->parent.index];
    }
}

void resolve_names(Resolver *resolver) {
    Facts *facts = resolver->facts;
    resolver->canonical = arena_array(&facts->arena, SymbolId, facts->symbols.count);
    resolver->symbol_import = arena_array(&facts->arena, ImportId, facts->symbols.count);
    resolver->scope_owner = arena_array(&facts->arena, FunctionId, facts->scopes.count);
    find_canonical(resolver);
    find_owners(resolver);
    vec_extend(&facts->expr_symbols, facts->exprs.count);
    vec_extend(&facts->symbol_definitions, facts->symbols.count);
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (expr->kind == EXPR_NAME)
            facts->expr_symbols.items[i] = resolver_lookup(resolver, expr->scope, expr->name);
    }
}
