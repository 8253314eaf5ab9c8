// In: merged facts. Out: where each module's rows begin and end.
#include "edit/module_rows.h"

#include "base/bug.h"

static void add_row(Rows *rows, uint32_t row) {
    if (rows->end == 0) rows->first = row;
    rows->end = row + 1;
}

ModuleRows *module_rows_find(const Facts *facts) {
    ModuleRows *rows = memory_alloc_zeroed(facts->modules.count, sizeof *rows);
    for (uint32_t i = 1; i < facts->symbols.count; i++) {
        const ScopeFact *scope = facts_scope(facts, facts->symbols.items[i].scope);
        add_row(&rows[scope->module.index].symbols, i);
    }
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        add_row(&rows[facts_expr_module(facts, (ExprId){i}).index].exprs, i);
    for (uint32_t i = 1; i < facts->imports.count; i++)
        add_row(&rows[facts->imports.items[i].module.index].imports, i);
    for (uint32_t i = 1; i < facts->calls.count; i++)
        add_row(&rows[facts->calls.items[i].module.index].calls, i);
    for (uint32_t i = 1; i < facts->functions.count; i++)
        add_row(&rows[facts->functions.items[i].module.index].functions, i);
    for (uint32_t i = 1; i < facts->classes.count; i++)
        add_row(&rows[facts->classes.items[i].module.index].classes, i);
    return rows;
}
