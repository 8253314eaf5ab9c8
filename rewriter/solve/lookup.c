// What the dotted names of rules mean. In: a name, as imports or as paths name it (src.app.config and
// app.config, where `src` is an import root). Out: the symbol, class or function of the tree, or none.
#include "solve/solver.h"

static SymbolId find_symbol(const Solver *solver, Str dotted) {
    const Facts *facts = solver->facts;
    ptrdiff_t dot = str_find_last(dotted, '.');
    if (dot < 0) return FACT_NONE(SymbolId);
    Name module = intern_find(facts->names, str_slice(dotted, 0, (size_t)dot));
    Name name = intern_find(facts->names, str_slice(dotted, (size_t)dot + 1, dotted.length));
    if (!module.index || !name.index) return FACT_NONE(SymbolId);
    for (uint32_t i = 1; i < facts->modules.count; i++) {
        const ModuleFact *row = &facts->modules.items[i];
        if (!name_equal(row->name, module)) continue;
        SymbolId symbol = facts_symbol_in(facts, row->scope, name);
        if (!fact_is(symbol)) continue;
        SymbolId definition = facts->symbol_definitions.items[symbol.index];
        return fact_is(definition) ? definition : symbol;
    }
    return FACT_NONE(SymbolId);
}

static ClassId find_class(const Solver *solver, Str qualified) {
    const Facts *facts = solver->facts;
    Name name = intern_find(facts->names, qualified);
    for (uint32_t i = 1; name.index && i < facts->classes.count; i++)
        if (name_equal(facts->classes.items[i].qualified, name)) return (ClassId){i};
    SymbolId symbol = find_symbol(solver, qualified); // by a name that re-exports it
    BindingId b =
        fact_is(symbol) ? facts_symbol(facts, symbol)->last_binding : FACT_NONE(BindingId);
    return facts_binding(facts, b)->klass;
}

static FunctionId find_function(const Solver *solver, Str qualified) {
    const Facts *facts = solver->facts;
    Name name = intern_find(facts->names, qualified);
    for (uint32_t i = 1; name.index && i < facts->functions.count; i++)
        if (name_equal(facts->functions.items[i].qualified, name)) return (FunctionId){i};
    SymbolId symbol = find_symbol(solver, qualified);
    BindingId b =
        fact_is(symbol) ? facts_symbol(facts, symbol)->last_binding : FACT_NONE(BindingId);
    return facts_binding(facts, b)->function;
}

// ---- by path, else as imports name it --------------------------------------------------------------

static Str under_root(const Solver *solver, uint32_t root, Str dotted) {
    return arena_format(solver->arena, "%.*s.%.*s", STR_ARG(solver->roots.items[root]),
                        STR_ARG(dotted));
}

SymbolId solver_find_symbol(const Solver *solver, Str dotted) {
    SymbolId found = find_symbol(solver, dotted);
    for (uint32_t i = 0; !fact_is(found) && i < solver->roots.count; i++)
        found = find_symbol(solver, under_root(solver, i, dotted));
    return found;
}

ClassId solver_find_class(const Solver *solver, Str qualified) {
    ClassId found = find_class(solver, qualified);
    for (uint32_t i = 0; !fact_is(found) && i < solver->roots.count; i++)
        found = find_class(solver, under_root(solver, i, qualified));
    return found;
}

FunctionId solver_find_function(const Solver *solver, Str qualified) {
    FunctionId found = find_function(solver, qualified);
    for (uint32_t i = 0; !fact_is(found) && i < solver->roots.count; i++)
        found = find_function(solver, under_root(solver, i, qualified));
    return found;
}

bool solver_name_matches(const Solver *solver, Str pattern, Str dotted) {
    Str imported = import_roots_strip(&solver->roots, dotted);
    return rule_name_matches(pattern, dotted) ||
           (imported.length < dotted.length && rule_name_matches(pattern, imported));
}

bool solver_names_match(const Solver *solver, const RuleNames *patterns, Str dotted) {
    for (uint32_t i = 0; i < patterns->count; i++)
        if (solver_name_matches(solver, patterns->items[i].text, dotted)) return true;
    return false;
}
