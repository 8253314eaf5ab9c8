// A new text once it has been looked at by itself. In: all of its rows. Out: those that are asked of all new texts at
// once: calls with where they stand, functions, imports, names. Of 10,000 new texts the rest would be most of the memory.
#include <stdlib.h>

#include "base/bug.h"
#include "edit/check_internal.h"

static void keep(ExprId *expr, uint32_t *kept) {
    if (fact_is(*expr)) kept[expr->index] = 1;
}

static void rename_to(ExprId *expr, const uint32_t *kept) { expr->index = kept[expr->index]; }

// Those that calls, arguments and faults point to; they point to nothing themselves any more.
static void keep_exprs(NewFile *file) {
    Facts *facts = &file->facts;
    uint32_t *kept = memory_alloc_zeroed(facts->exprs.count, sizeof *kept);
    for (uint32_t i = 1; i < facts->calls.count; i++) keep(&facts->calls.items[i].callee, kept);
    for (uint32_t i = 1; i < facts->arguments.count; i++) keep(&facts->arguments.items[i].value, kept);
    for (uint32_t i = 0; i < file->unbound.list.count; i++) keep(&file->unbound.list.items[i].expr, kept);
    uint32_t count = 1;
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact row = facts->exprs.items[i];
        if (!kept[i]) continue;
        facts->exprs.items[count] = (ExprFact){.kind = row.kind, .name = row.name, .scope = row.scope, .start = row.start,
                                               .end = row.end, .name_start = row.name_start};
        kept[i] = count++;
    }
    facts->exprs.count = count;
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        rename_to(&facts->calls.items[i].callee, kept);
        facts->calls.items[i].expr = FACT_NONE(ExprId);
    }
    for (uint32_t i = 1; i < facts->arguments.count; i++) rename_to(&facts->arguments.items[i].value, kept);
    for (uint32_t i = 0; i < file->unbound.list.count; i++) rename_to(&file->unbound.list.items[i].expr, kept);
    free(kept);
}

void check_keep_little(NewFile *file) {
    Facts *facts = &file->facts;
    keep_exprs(file);
    vec_release(&facts->statements);
    vec_release(&facts->bindings);
    vec_fit(&facts->exprs);
    vec_fit(&facts->symbols);
    vec_fit(&facts->scopes);
    vec_fit(&facts->calls);
    vec_fit(&facts->arguments);
    vec_fit(&facts->functions);
    vec_fit(&facts->parameters);
}
