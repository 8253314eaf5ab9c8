// Override families: functions that must have one signature, and methods that something outside the
// tree may call.
//
//     class Bot:                    Bot.answer and Quiet.answer are one family: when one gains a parameter, so
//         def answer(self): ...     does the other, for a call of bot.answer() may run either
//     class Quiet(Bot):
//         def answer(self): ...
//
// Comes in: linearised classes. Goes out: FunctionFact.family (smallest function id of the family) and
// FUNCTION_OVERRIDES_FOREIGN. Constructors form no families: each class has its own signature.
#include "base/bug.h"
#include "python/resolve/known_bases.h"
#include "python/resolve/resolver.h"

static uint32_t find_root(uint32_t *parents, uint32_t at) {
    while (parents[at] != at) at = parents[at] = parents[parents[at]];
    return at;
}

static void unite(uint32_t *parents, FunctionId a, FunctionId b) {
    if (!fact_is(a) || !fact_is(b)) return;
    uint32_t left = find_root(parents, a.index), right = find_root(parents, b.index);
    if (left < right)
        parents[right] = left;
    else
        parents[left] = right;
}

static void unite_overrides(Resolver *resolver, uint32_t *parents, FunctionId id) {
    const Facts *facts = resolver->facts;
    const FunctionFact *function = facts_function(facts, id);
    if (function->flags & FUNCTION_SIGNATURE) return;
    const ClassFact *klass = facts_class(facts, function->klass);
    for (uint32_t i = 1; i < klass->ancestor_count; i++) {
        ClassId ancestor = facts->ancestors.items[klass->first_ancestor + i];
        SymbolId symbol = resolver_symbol(
            resolver, facts_class(facts, ancestor)->body, function->name);
        unite(parents, id, resolver_function_of_symbol(resolver, symbol));
    }
}

// In one block the second definition stands instead of the first, unless that was a part of it.
static bool replaces(const Facts *facts, FunctionId first, FunctionId second) {
    const FunctionFact *a = facts_function(facts, first), *b = facts_function(facts, second);
    const StatementFact *left = facts_statement(facts, a->statement);
    const StatementFact *right = facts_statement(facts, b->statement);
    return !((a->flags | b->flags) & (FUNCTION_OVERLOAD | FUNCTION_PROPERTY)) &&
           fact_same(left->parent, right->parent) && left->branch == right->branch;
}

// The function of the tree that the binding gives the name: defined there, or imported.
static FunctionId bound_function(Resolver *resolver, const BindingFact *binding) {
    if (binding->kind == BINDING_FUNCTION) return binding->function;
    if (binding->kind != BINDING_IMPORT) return FACT_NONE(FunctionId);
    SymbolId definition = facts_import(resolver->facts, binding->import_)->definition;
    return fact_is(definition) ? resolver_function_of_symbol(resolver, definition)
                               : FACT_NONE(FunctionId);
}

// Overloads, alternatives under `if`, a definition for when an import fails, and their implementation
// share a symbol.
static void unite_definitions(Resolver *resolver, uint32_t *parents) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        FunctionId first = {0};
        for (BindingId b = facts->symbols.items[i].first_binding; fact_is(b);
             b = facts_binding(facts, b)->next_of_symbol) {
            FunctionId function = bound_function(resolver, facts_binding(facts, b));
            if (!fact_is(function) || (facts_function(facts, function)->flags & FUNCTION_SIGNATURE)) continue;
            if (fact_is(first) && !replaces(facts, first, function)) unite(parents, first, function);
            first = function;
        }
    }
}

// ---- functools.singledispatch ----------------------------------------------------------------------
// F of `F.register`, when F picks a function by the type of its argument.
FunctionId families_dispatcher(Resolver *resolver, ExprId asked) {
    const Facts *facts = resolver->facts;
    const ExprFact *row = facts_expr(facts, asked);
    if (row->kind != EXPR_ATTRIBUTE || !str_is(facts_name(facts, row->name), "register"))
        return FACT_NONE(FunctionId);
    SymbolId symbol = facts->expr_symbols.items[row->base.index];
    if (!fact_is(symbol)) return FACT_NONE(FunctionId);
    FunctionId found =
        resolver_function_of_symbol(resolver, facts->symbol_definitions.items[symbol.index]);
    for (ExprId d = facts_function(facts, found)->first_decorator; fact_is(d);
         d = facts_expr(facts, d)->next_sibling) {
        Str name = facts_name(facts, resolver_last_name(resolver, d));
        if (str_is(name, "singledispatch") || str_is(name, "singledispatchmethod")) return found;
    }
    return FACT_NONE(FunctionId);
}

static void unite_dispatched(Resolver *resolver, uint32_t *parents) {
    const Facts *facts = resolver->facts;
    for (uint32_t i = 1; i < facts->functions.count; i++)
        for (ExprId d = facts->functions.items[i].first_decorator; fact_is(d);
             d = facts_expr(facts, d)->next_sibling) {
            const ExprFact *row = facts_expr(facts, d);
            unite(parents, families_dispatcher(resolver, row->kind == EXPR_CALL ? row->base : d),
                  (FunctionId){i});
        }
    for (uint32_t i = 1; i < facts->calls.count; i++) { // show.register(int, show_number)
        const CallFact *call = &facts->calls.items[i];
        FunctionId asked = families_dispatcher(resolver, call->callee);
        for (uint32_t k = 0; fact_is(asked) && k < call->argument_count; k++) {
            ExprId value = facts->arguments.items[call->first_argument + k].value;
            SymbolId symbol = facts->expr_symbols.items[value.index];
            if (fact_is(symbol)) symbol = facts->symbol_definitions.items[symbol.index];
            if (fact_is(symbol))
                unite(parents, asked, resolver_function_of_symbol(resolver, symbol));
        }
    }
}

// A stub file and its module declare the same functions.
static void unite_stubs(Facts *facts, uint32_t *parents) {
    Map by_name = {0};
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        const FunctionFact *function = &facts->functions.items[i];
        if (function->flags & (FUNCTION_LAMBDA | FUNCTION_SIGNATURE)) continue;
        uint32_t other = 0;
        bool is_stub = facts_module(facts, function->module)->is_stub;
        if (map_get(&by_name, function->qualified.index, &other) &&
            is_stub !=
                facts_module(facts, facts->functions.items[other].module)->is_stub)
            unite(parents, (FunctionId){i}, (FunctionId){other});
        map_put(&by_name, function->qualified.index, i);
    }
    map_release(&by_name);
}

static bool is_dunder(Str name) { return str_starts_with(name, STR("__")); }

// The method of KLASS that PROTOCOL's stands for; none when it is missing or of another kind.
static FunctionId structural_match(Resolver *resolver, const FunctionFact *asked, ClassId klass) {
    const Facts *facts = resolver->facts;
    FunctionId found = resolver_function_of_symbol(
        resolver, resolver_member(resolver, klass, 0, asked->name, NULL));
    const FunctionFact *row = facts_function(facts, found);
    const uint32_t kind = FUNCTION_ASYNC | FUNCTION_PROPERTY | FUNCTION_STATIC | FUNCTION_CLASS;
    bool same = fact_is(found) && (row->flags & kind) == (asked->flags & kind);
    return same ? found : FACT_NONE(FunctionId);
}

// A class implements a protocol that it does not name by having all its methods.
static void unite_protocol(Resolver *resolver, uint32_t *parents, ClassId protocol, ClassId klass,
                           bool apply, bool *fits) {
    const Facts *facts = resolver->facts;
    ScopeId body = facts_class(facts, protocol)->body;
    bool any = false;
    for (SymbolId s = facts_scope(facts, body)->first_symbol; fact_is(s);
         s = facts_symbol(facts, s)->next_in_scope) {
        FunctionId asked = resolver_function_of_symbol(resolver, s);
        if (!fact_is(asked) || is_dunder(facts_name(facts, facts_symbol(facts, s)->name)))
            continue;
        FunctionId found =
            structural_match(resolver, facts_function(facts, asked), klass);
        if (!fact_is(found)) return;
        if (apply) unite(parents, asked, found);
        any = true;
    }
    *fits = any;
}

static void unite_protocols(Resolver *resolver, uint32_t *parents) {
    const Facts *facts = resolver->facts;
    for (uint32_t p = 1; p < facts->classes.count; p++) {
        if (!(facts->classes.items[p].flags & CLASS_PROTOCOL)) continue;
        for (uint32_t i = 1; i < facts->classes.count; i++) {
            bool fits = false;
            if (i == p || (facts->classes.items[i].flags & CLASS_PROTOCOL)) continue;
            unite_protocol(resolver, parents, (ClassId){p}, (ClassId){i}, false, &fits);
            if (fits) unite_protocol(resolver, parents, (ClassId){p}, (ClassId){i}, true, &fits);
        }
    }
}

// Some base of the class, or of one that it inherits from, is outside the tree and may have a method of that name.
static bool may_override_foreign(Resolver *resolver, const FunctionFact *function) {
    const Facts *facts = resolver->facts;
    const ClassFact *klass = facts_class(facts, function->klass);
    if (!(klass->flags & CLASS_FOREIGN_BASE)) return false;
    Str name = facts_name(facts, function->name);
    for (uint32_t i = 0; i < klass->ancestor_count; i++) {
        ClassId ancestor = facts->ancestors.items[klass->first_ancestor + i];
        for (ExprId b = facts_class(facts, ancestor)->first_base; fact_is(b);
             b = facts_expr(facts, b)->next_sibling)
            if (resolver_is_foreign_base(resolver, b) &&
                !known_base_lacks(facts_name(facts, resolver_dotted_of(resolver, b)), name))
                return true;
    }
    return false;
}

void resolve_families(Resolver *resolver) {
    Facts *facts = resolver->facts;
    uint32_t *parents = memory_alloc_zeroed(facts->functions.count + 1, sizeof *parents);
    for (uint32_t i = 0; i < facts->functions.count; i++) parents[i] = i;
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        FunctionFact *function = &facts->functions.items[i];
        if (!fact_is(function->klass) || (function->flags & FUNCTION_CONSTRUCTOR)) continue;
        unite_overrides(resolver, parents, (FunctionId){i});
        if (may_override_foreign(resolver, function))
            function->flags |= FUNCTION_OVERRIDES_FOREIGN;
    }
    unite_protocols(resolver, parents);
    unite_definitions(resolver, parents);
    unite_dispatched(resolver, parents);
    unite_stubs(facts, parents);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        facts->functions.items[i].family = find_root(parents, i);
    free(parents);
}
