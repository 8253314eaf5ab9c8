// Macros that take arguments, as functions. In: their rows, those of functions, and what the names of macros are bound to.
// Out: families of macros, which a function of that name joins where one configuration has it and another the macro;
// and which of them cannot change.
//
//     #ifdef HAVE_SANDBOX                          #ifdef HAVE_LOG
//     void drop(struct state *state);              #define log(text) log_line(text)
//     #else                                        #else
//     #define drop(state)                          #define log printf          log(text) cannot gain a parameter
//     #endif                                       #endif
#include "clang/resolve/macros.h"

#include <stdlib.h>

#include "base/bug.h"

static uint64_t key_of(const FunctionFact *row) {
    return map_key(row->flags & FUNCTION_FILE_LOCAL ? row->module.index : 0, row->name.index);
}

static void count(Map *counts, uint64_t key) {
    uint32_t known = 0;
    map_get(counts, key, &known);
    map_put(counts, key, known + 1);
}

// Every definition of the name, under whatever condition, takes arguments.
static void fix_ambiguous(const Names *names) {
    Facts *facts = names->facts;
    Map rows = {0}, definitions = {0};
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (facts->functions.items[i].flags & FUNCTION_MACRO) count(&rows, key_of(&facts->functions.items[i]));
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *symbol = &facts->symbols.items[i];
        if (!(symbol->flags & SYMBOL_MACRO)) continue;
        ModuleId module = facts_scope(facts, symbol->scope)->module;
        uint64_t key = map_key(symbol->flags & SYMBOL_FILE_LOCAL ? module.index : 0, symbol->name.index);
        for (BindingId id = symbol->first_binding; fact_is(id); id = facts_binding(facts, id)->next_of_symbol)
            if (facts_binding(facts, id)->kind != BINDING_FUNCTION) count(&definitions, key);
    }
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        FunctionFact *row = &facts->functions.items[i];
        uint32_t functions = 0, all = 0;
        if (!(row->flags & FUNCTION_MACRO)) continue;
        map_get(&rows, key_of(row), &functions);
        map_get(&definitions, key_of(row), &all);
        if (functions != all) row->flags |= FUNCTION_FIXED_SIGNATURE;
    }
    map_release(&rows);
    map_release(&definitions);
}

// #define open(path) open(path, 0): the function of that name is another thing.
static bool names_itself(const Facts *facts, const FunctionFact *row) {
    Str body = facts_text(facts, row->module, row->header_end, row->end > row->header_end ? row->end : row->header_end);
    return str_find_word(body, facts_name(facts, row->name)) >= 0;
}

static FunctionId function_of(const Names *names, const FunctionFact *row) {
    uint32_t found = 0;
    if (!map_get(&names->functions, map_key(row->module.index, row->name.index), &found))
        map_get(&names->functions, map_key(0, row->name.index), &found);
    return (FunctionId){found};
}

// LIST(ENTRY): what LIST gives the macro ENTRY, its own text says, and other lists may say something else.
static void fix_handed_on(const Names *names) {
    Facts *facts = names->facts;
    bool *macro = memory_alloc_zeroed(intern_count(facts->names) + 1, sizeof *macro);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (facts->functions.items[i].flags & FUNCTION_MACRO) macro[facts->functions.items[i].name.index] = true;
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (expr->kind != EXPR_NAME || !macro[expr->name.index]) continue;
        const ExprFact *around = facts_expr(facts, expr->parent);
        if (fact_is(expr->parent) && around->kind == EXPR_CALL && around->base.index == i) continue;
        FunctionId found = macros_find(names, facts_scope(facts, expr->scope)->module, expr->name);
        if (fact_is(found)) facts->functions.items[found.index].flags |= FUNCTION_FIXED_SIGNATURE;
    }
    free(macro);
}

void macros_set_families(Names *names) {
    Facts *facts = names->facts;
    fix_ambiguous(names);
    for (uint32_t i = 1; i < facts->functions.count; i++) {
        FunctionFact *row = &facts->functions.items[i];
        uint32_t first = i;
        if (!(row->flags & FUNCTION_MACRO)) continue;
        if (!map_get(&names->macro_functions, key_of(row), &first)) map_put(&names->macro_functions, key_of(row), i);
        row->family = facts->functions.items[first].family;
        FunctionId function = function_of(names, row);
        if (first != i || !fact_is(function) || names_itself(facts, row)) continue;
        if (facts_function(facts, function)->parameter_count == row->parameter_count)
            row->family = facts_function(facts, function)->family;
        else
            row->flags |= FUNCTION_FIXED_SIGNATURE;
    }
    fix_handed_on(names);
}

FunctionId macros_find(const Names *names, ModuleId module, Name name) {
    uint32_t found = 0;
    if (!map_get(&names->macro_functions, map_key(module.index, name.index), &found))
        map_get(&names->macro_functions, map_key(0, name.index), &found);
    return (FunctionId){found};
}
