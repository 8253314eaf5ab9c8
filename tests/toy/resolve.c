// Names and calls. In: the tables of all files. Out: what each name means, and the call graph. A function is
// one thing however often it is declared: all rows of its name are a family, and calls go to the definition.
#include "toy.h"

#include "base/map.h"

typedef struct Resolver {
    Facts *facts;
    Map defined; // name -> symbol of the module level: the definition's, else the first declaration's
} Resolver;

static bool is_definition(const Facts *facts, const SymbolFact *symbol) {
    FunctionId function = facts_binding(facts, symbol->first_binding)->function;
    return fact_is(function) && !(facts_function(facts, function)->flags & FUNCTION_STUB);
}

static void find_definitions(Resolver *resolver) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        uint32_t known;
        if (facts_scope(facts, symbol->scope)->kind != SCOPE_MODULE) continue;
        bool is_known = map_get(&resolver->defined, map_key(0, symbol->name.index), &known);
        if (!is_known || is_definition(facts, symbol))
            map_put(&resolver->defined, map_key(0, symbol->name.index), i);
    }
}

static void resolve_definitions(Resolver *resolver) {
    Facts *facts = resolver->facts;
    vec_extend(&facts->symbol_definitions, facts->symbols.count);
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        uint32_t meant = i;
        if (facts_scope(facts, symbol->scope)->kind == SCOPE_MODULE)
            map_get(&resolver->defined, map_key(0, symbol->name.index), &meant);
        facts->symbol_definitions.items[i] = (SymbolId){meant};
    }
}

static void resolve_uses(Facts *facts) {
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        ImportFact *use = &facts->imports.items[i];
        use->dotted = use->path;
        for (uint32_t k = 1; k < facts->modules.count; k++)
            if (facts->modules.items[k].is_stub &&
                name_equal(facts->modules.items[k].name, use->path))
                use->target = (ModuleId){k};
    }
}

// Parameters and locals, then the file's own functions, then what it uses.
static SymbolId look_up(const Facts *facts, ScopeId scope, Name name) {
    ModuleId module = facts_scope(facts, scope)->module;
    for (; fact_is(scope); scope = facts_scope(facts, scope)->parent) {
        SymbolId symbol = facts_symbol_in(facts, scope, name);
        if (fact_is(symbol)) return symbol;
    }
    for (uint32_t i = 1; i < facts->imports.count; i++) {
        const ImportFact *use = &facts->imports.items[i];
        if (!fact_same(use->module, module) || !fact_is(use->target)) continue;
        SymbolId symbol =
            facts_symbol_in(facts, facts_module(facts, use->target)->scope, name);
        if (fact_is(symbol)) return symbol;
    }
    return FACT_NONE(SymbolId);
}

static void resolve_names(Facts *facts) {
    vec_extend(&facts->expr_symbols, facts->exprs.count);
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (expr->kind == EXPR_NAME)
            facts->expr_symbols.items[i] = look_up(facts, expr->scope, expr->name);
    }
}

static void resolve_calls(Facts *facts) {
    (void)vec_push(&facts->edges);
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        const CallFact *call = &facts->calls.items[i];
        SymbolId symbol = facts->expr_symbols.items[call->callee.index];
        symbol = facts->symbol_definitions.items[symbol.index];
        FunctionId callee =
            facts_binding(facts, facts_symbol(facts, symbol)->first_binding)->function;
        if (fact_is(callee))
            vec_add(&facts->edges, ((EdgeFact){.kind = EDGE_CALL,
                                               .evidence = EVIDENCE_IMPORT,
                                               .call = {i},
                                               .expr = call->expr,
                                               .callee = callee}));
    }
}

static void resolve_families(Facts *facts) {
    Map first = {0};
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        FunctionFact *function = &facts->functions.items[i];
        uint32_t family = i;
        if (!map_get(&first, map_key(0, function->name.index), &family))
            map_put(&first, map_key(0, function->name.index), i);
        function->family = family;
    }
    map_release(&first);
}

void slip_resolve(Facts *facts, void (*declare)(void *data), void *data) {
    Resolver resolver = {.facts = facts};
    find_definitions(&resolver);
    resolve_definitions(&resolver);
    resolve_uses(facts);
    if (declare) declare(data);
    resolve_names(facts);
    resolve_calls(facts);
    resolve_families(facts);
    map_release(&resolver.defined);
}
