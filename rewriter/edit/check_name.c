// Unbound names. In: the scopes of a new text and of the old one. Out: E507 for each name that would
// be read where nothing binds it, for type checkers only, or before it is bound. A name that the
// module read in the same way before does not count, nor does a module with a star import.
#include "edit/check_internal.h"

#include "base/bug.h"
#include "base/map.h"

// Names of one module and what they mean.
typedef struct Scoping {
    const Facts *facts;
    Map symbols;       // (scope, name) -> symbol
    bool *made_global; // by Name: some function binds it through `global`
} Scoping;

static void scoping_open(Scoping *scoping, const Facts *facts) {
    *scoping = (Scoping){.facts = facts};
    scoping->made_global = memory_alloc_zeroed(intern_count(facts->names), 1);
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        map_put(&scoping->symbols, map_key(symbol->scope.index, symbol->name.index), i);
        if ((symbol->flags & SYMBOL_GLOBAL) && fact_is(symbol->first_binding))
            scoping->made_global[symbol->name.index] = true;
    }
}

static void scoping_close(Scoping *scoping) {
    map_release(&scoping->symbols);
    free(scoping->made_global);
}

static SymbolId find_symbol(const Scoping *scoping, ScopeId scope, Name name) {
    uint32_t index = 0;
    map_get(&scoping->symbols, map_key(scope.index, name.index), &index);
    return (SymbolId){index};
}

// The symbol that NAME means in SCOPE: scopes outwards; a class body is seen by its own statements
// only. Row 1 is the module's scope.
static SymbolId look_up(const Scoping *scoping, ScopeId scope, Name name) {
    bool first = true;
    for (ScopeId at = scope; fact_is(at); at = scoping->facts->scopes.items[at.index].parent) {
        ScopeKind kind = scoping->facts->scopes.items[at.index].kind;
        bool visible = kind != SCOPE_CLASS || first;
        if (kind != SCOPE_BLOCK) first = false;
        SymbolId symbol = visible ? find_symbol(scoping, at, name) : FACT_NONE(SymbolId);
        if (!fact_is(symbol)) continue;
        uint32_t flags = scoping->facts->symbols.items[symbol.index].flags;
        if (flags & SYMBOL_GLOBAL) return find_symbol(scoping, (ScopeId){1}, name);
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
         id = facts->bindings.items[id.index].next_of_symbol) {
        const BindingFact *binding = &facts->bindings.items[id.index];
        if (binding->kind != BINDING_IMPORT ||
            !facts->imports.items[binding->import_.index].type_checking)
            return false;
    }
    return fact_is(symbol->first_binding);
}

// Runs while the module is imported, once and in order. Loops do not, but what they read late is
// bound before them as a rule.
static bool runs_in_order(const Facts *facts, const ExprFact *expr) {
    ScopeKind kind = facts->scopes.items[expr->scope.index].kind;
    return kind == SCOPE_MODULE || kind == SCOPE_CLASS;
}

static bool is_bound_later(const Facts *facts, const SymbolFact *symbol, const ExprFact *expr) {
    if (facts->scopes.items[symbol->scope.index].kind != SCOPE_MODULE) return false;
    for (BindingId id = symbol->first_binding; fact_is(id);
         id = facts->bindings.items[id.index].next_of_symbol)
        if (facts->bindings.items[id.index].start <= expr->start) return false;
    return fact_is(symbol->first_binding);
}

// False when the name can be read. GLOBAL: some function binds it from inside.
static bool is_unbound(const Facts *facts, const ExprFact *expr, SymbolId id, bool global,
                       UnboundKind *kind) {
    const SymbolFact *symbol = &facts->symbols.items[id.index];
    *kind = UNBOUND_NAME;
    if (!fact_is(id)) return !global;
    if (expr->flags & (EXPR_IN_ANNOTATION | EXPR_TYPE_CHECKING)) return false;
    *kind = UNBOUND_RUNNING;
    if (binds_for_checkers_only(facts, symbol)) return !global;
    *kind = UNBOUND_YET;
    return runs_in_order(facts, expr) && is_bound_later(facts, symbol, expr) && !global;
}

// ---- one file ------------------------------------------------------------------------------------
static bool has_star_import(const Facts *facts) {
    for (uint32_t i = 1; i < facts->imports.count; i++)
        if (facts->imports.items[i].kind == IMPORT_ALL) return true;
    return false;
}

// By (kind, name in the new facts): the module read the name so before.
static void find_old_faults(const Check *check, const NewFile *file, Map *faults) {
    const Facts *facts = check->before;
    if (!fact_is(file->before)) return;
    Rows rows = check->rows[file->before.index].exprs;
    for (uint32_t i = rows.first; i < rows.end; i++) {
        UnboundKind kind;
        const ExprFact *expr = &facts->exprs.items[i];
        if (!is_read(expr) || !is_unbound(facts, expr, facts->expr_symbols.items[i], false, &kind))
            continue;
        Name name = intern_find(file->facts.names, facts_name(facts, expr->name));
        if (name.index != 0) map_put(faults, map_key((uint32_t)kind, name.index), 1);
    }
}

void check_find_unbound(const Check *check, NewFile *file) {
    const Facts *facts = &file->facts;
    if (has_star_import(facts)) return;
    Map old_faults = {0};
    Scoping scoping;
    scoping_open(&scoping, facts);
    find_old_faults(check, file, &old_faults);
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (!is_read(expr)) continue;
        UnboundKind kind;
        SymbolId symbol = look_up(&scoping, expr->scope, expr->name);
        bool global = scoping.made_global[expr->name.index];
        uint32_t was = 0;
        if (!is_unbound(facts, expr, symbol, global, &kind)) continue;
        if (map_get(&old_faults, map_key((uint32_t)kind, expr->name.index), &was)) continue;
        if (check->input->language->is_builtin(facts_name(facts, expr->name))) continue;
        vec_add(&file->unbound, ((Unbound){kind, {i}}));
    }
    scoping_close(&scoping);
    map_release(&old_faults);
}

// ---- what is wrong -------------------------------------------------------------------------------
void check_names(Check *check) {
    static const char *const WHY[UNBOUND_COUNT] = {
        [UNBOUND_NAME] = "nothing binds it there",
        [UNBOUND_RUNNING] = "it is imported for type checkers only",
        [UNBOUND_YET] = "it is bound further down only",
    };
    for (uint32_t i = 0; i < check->files.count; i++) {
        const NewFile *file = &check->files.items[i];
        for (uint32_t k = 0; k < file->unbound.count; k++) {
            Unbound unbound = file->unbound.items[k];
            const ExprFact *expr = &file->facts.exprs.items[unbound.expr.index];
            check_report(check, DIAGNOSTIC_E507, file, expr->start,
                         "the new text of '%.*s' would read '%.*s', but %s",
                         STR_ARG(file->planned->path),
                         STR_ARG(facts_name(&file->facts, expr->name)), WHY[unbound.kind]);
        }
    }
}
