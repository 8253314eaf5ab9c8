// Modules, classes and functions by dotted name. In: extracted facts. Out: maps from names to rows; of
// several rows with one name the first, which is what a look through the tables would find.
#include "program/name_table.h"

static void put_first(Map *map, Name name, uint32_t row) {
    uint32_t present = 0;
    if (name.index && !map_get(map, name.index, &present)) map_put(map, name.index, row);
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
        put_first(&program->functions, facts->functions.items[i].qualified, i);
}

void name_table_release(Program *program) {
    map_release(&program->modules);
    map_release(&program->classes);
    map_release(&program->functions);
}
