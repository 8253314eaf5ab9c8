// In: a table whose rows are sorted by module. Out: where those of one module begin and end.
#include "facts/stretch.h"

typedef uint32_t ModuleOfRow(const Facts *facts, uint32_t row);

// The first of the rows [1, COUNT) whose module is MODULE or a later one.
static uint32_t first_row(const Facts *facts, uint32_t count, ModuleOfRow *module_of, uint32_t module) {
    uint32_t low = 1, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (module_of(facts, middle) < module)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#define STRETCH_OF(table, module_of_row)                                                           \
    static uint32_t module_in_##table(const Facts *facts, uint32_t row) {                          \
        return (module_of_row).index;                                                              \
    }                                                                                              \
    Stretch facts_##table##_of(const Facts *facts, ModuleId module) {                              \
        uint32_t count = facts->table.count;                                                       \
        return (Stretch){first_row(facts, count, module_in_##table, module.index),                 \
                         first_row(facts, count, module_in_##table, module.index + 1)};            \
    }
STRETCH_OF(symbols, facts_scope(facts, facts->symbols.items[row].scope)->module)
STRETCH_OF(statements, facts_scope(facts, facts->statements.items[row].scope)->module)
STRETCH_OF(exprs, facts_scope(facts, facts->exprs.items[row].scope)->module)
STRETCH_OF(bindings, facts_scope(facts, facts->bindings.items[row].scope)->module)
STRETCH_OF(functions, facts->functions.items[row].module)
STRETCH_OF(calls, facts->calls.items[row].module)
STRETCH_OF(imports, facts->imports.items[row].module)
STRETCH_OF(directives, facts->directives.items[row].module)
