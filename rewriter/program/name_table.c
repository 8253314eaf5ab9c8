// Modules, classes and functions by dotted name. In: extracted facts. Out: maps from names to rows; of
// several rows with one name the first, which is what a look through the tables would find.
#include "program/name_table.h"

static void put_first(Map *map, Name name, uint32_t row) {
    uint32_t present = 0;
    if (name.index && !map_get(map, name.index, &present)) map_put(map, name.index, row);
}

// What is local to a file has no name outside of it.
static void fill_globals(Program *program) {
    const Facts *facts = program->facts;
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const SymbolFact *row = &facts->symbols.items[i];
        const ScopeFact *scope = facts_scope(facts, row->scope);
        if (scope->kind != SCOPE_MODULE || (row->flags & SYMBOL_FILE_LOCAL)) continue;
        if (!facts_module(facts, scope->module)->language->traits.one_namespace) continue;
        SymbolId definition = facts->symbol_definitions.items[i];
        put_first(&program->globals, row->name, fact_is(definition) ? definition.index : i);
    }
}

void name_table_fill(Program *program) {
    const Facts *facts = program->facts;
    program->next_module = arena_array(&program->arena, uint32_t, facts->modules.count + 1);
    for (uint32_t i = facts->modules.count; i-- > 1;) {
        Name name = facts->modules.items[i].name;
        map_get(&program->modules, name.index, &program->next_module[i]);
        if (name.index) map_put(&program->modules, name.index, i);
    }
    for (uint32_t i = 1; i < facts->classes.count; i++)
        put_first(&program->classes, facts->classes.items[i].qualified, i);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        if (!(facts->functions.items[i].flags & FUNCTION_SIGNATURE)) // the function itself comes behind it
            put_first(&program->functions, facts->functions.items[i].qualified, i);
    fill_globals(program);
}

void name_table_release(Program *program) {
    map_release(&program->modules);
    map_release(&program->classes);
    map_release(&program->functions);
    map_release(&program->globals);
}
