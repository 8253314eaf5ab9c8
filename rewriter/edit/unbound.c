// In: the scopes of one module. Out: the reads of names that would fail. Judges what can be seen in
// that module alone: not order inside functions, not other modules.
#include "edit/unbound.h"

#include "base/map.h"
#include "facts/language.h"

// Names of one module and what they mean.
typedef struct Scoping {
    const Facts *facts;
    ScopeId module;  // scope of the module
    Map made_global; // (0, name): some function binds it through `global`
} Scoping;

static void scoping_open(Scoping *scoping, const Facts *facts, ModuleId module, Rows symbols) {
    *scoping = (Scoping){.facts = facts, .module = facts_module(facts, module)->scope};
    for (uint32_t i = symbols.first; i < symbols.end; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        if ((symbol->flags & SYMBOL_GLOBAL) && fact_is(symbol->first_binding))
            map_put(&scoping->made_global, map_key(0, symbol->name.index), 1);
    }
}

static void scoping_close(Scoping *scoping) {
    map_release(&scoping->made_global);
}

static bool is_made_global(const Scoping *scoping, Name name) {
    uint32_t made = 0;
    return map_get(&scoping->made_global, map_key(0, name.index), &made);
}

// The symbol that NAME means in SCOPE: scopes outwards; a class body is seen by its own statements
// only.
static SymbolId look_up(const Scoping *scoping, ScopeId scope, Name name) {
    bool first = true;
    for (ScopeId at = scope; fact_is(at); at = facts_scope(scoping->facts, at)->parent) {
        ScopeKind kind = facts_scope(scoping->facts, at)->kind;
        bool visible = kind != SCOPE_CLASS || first;
        if (kind != SCOPE_BLOCK) first = false;
        SymbolId symbol = visible ? facts_symbol_in(scoping->facts, at, name) : FACT_NONE(SymbolId);
        if (!fact_is(symbol)) continue;
        uint32_t flags = facts_symbol(scoping->facts, symbol)->flags;
        if (flags & SYMBOL_GLOBAL) return facts_symbol_in(scoping->facts, scoping->module, name);
        if (!(flags & SYMBOL_NONLOCAL)) return symbol;
    }
    return FACT_NONE(SymbolId);
}

// ---- one read ------------------------------------------------------------------------------------
static bool is_read(const ExprFact *expr) {
    return expr->kind == EXPR_NAME && !(expr->flags & (EXPR_STORED | EXPR_DELETED));
}

static bool binds_for_checkers_only(const Facts *facts, const SymbolFact *symbol) {
    for (BindingId id = symbol->first_binding; fact_is(id);
         id = facts_binding(facts, id)->next_of_symbol) {
        const BindingFact *binding = facts_binding(facts, id);
        if (binding->kind != BINDING_IMPORT ||
            !facts_import(facts, binding->import_)->type_checking)
            return false;
    }
    return fact_is(symbol->first_binding);
}

// Runs while the module is imported, once and in order. Loops do not, but what they read late is
// bound before them as a rule.
static bool runs_in_order(const Facts *facts, const ExprFact *expr) {
    ScopeKind kind = facts_scope(facts, expr->scope)->kind;
    return kind == SCOPE_MODULE || kind == SCOPE_CLASS;
}

static bool is_bound_later(const Facts *facts, const SymbolFact *symbol, const ExprFact *expr) {
    if (facts_scope(facts, symbol->scope)->kind != SCOPE_MODULE) return false;
    for (BindingId id = symbol->first_binding; fact_is(id);
         id = facts_binding(facts, id)->next_of_symbol)
        if (facts_binding(facts, id)->start <= expr->start) return false;
    return fact_is(symbol->first_binding);
}

// False when the name can be read. GLOBAL: some function binds it from inside.
static bool is_unbound(const Facts *facts, const ExprFact *expr, SymbolId id, bool global,
                       UnboundKind *kind) {
    const SymbolFact *symbol = facts_symbol(facts, id);
    *kind = UNBOUND_NAME;
    if (!fact_is(id)) return !global;
    if (expr->flags & (EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING)) return false;
    *kind = UNBOUND_RUNNING;
    if (binds_for_checkers_only(facts, symbol)) return !global;
    *kind = UNBOUND_YET;
    return runs_in_order(facts, expr) && is_bound_later(facts, symbol, expr) && !global;
}

// ---- one module ----------------------------------------------------------------------------------
static bool has_star_import(const Facts *facts, Rows imports) {
    for (uint32_t i = imports.first; i < imports.end; i++)
        if (facts->imports.items[i].kind == IMPORT_ALL) return true;
    return false;
}

void unbound_find(const Facts *facts, ModuleId module, const ModuleRows *rows,
                  UnboundNames *found) {
    const Language *language = facts_module(facts, module)->language;
    if (has_star_import(facts, rows->imports)) return;
    Scoping scoping;
    scoping_open(&scoping, facts, module, rows->symbols);
    for (uint32_t i = rows->exprs.first; i < rows->exprs.end; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (!is_read(expr)) continue;
        UnboundKind kind;
        SymbolId symbol = look_up(&scoping, expr->scope, expr->name);
        bool global = is_made_global(&scoping, expr->name);
        if (!is_unbound(facts, expr, symbol, global, &kind)) continue;
        if (language->is_builtin(facts_name(facts, expr->name))) continue;
        vec_add(&found->list, ((Unbound){kind, {i}}));
    }
    scoping_close(&scoping);
}

void unbound_release(UnboundNames *found) { vec_release(&found->list); }

const char *unbound_reason(UnboundKind kind) {
    static const char *const REASONS[UNBOUND_COUNT] = {
        [UNBOUND_NAME] = "nothing binds it there",
        [UNBOUND_RUNNING] = "it is imported for type checkers only",
        [UNBOUND_YET] = "it is bound further down only",
    };
    return REASONS[kind];
}
