// A new text once it has been looked at by itself. In: all of its rows. Out: those that are asked of all new texts at
// once: calls with where they stand, functions, imports, names. Of 10,000 new texts the rest would be most of the memory.
#include <stdlib.h>

#include "base/bug.h"
#include "edit/check_internal.h"

static void keep(ExprId *expr, uint32_t *kept) {
    if (fact_is(*expr)) kept[expr->index] = 1;
}

static void rename_to(ExprId *expr, const uint32_t *kept) { expr->index = kept[expr->index]; }

// Those that calls, arguments and faults point to; they point to nothing themselves any more. Goes into a table of its own
// where the rows are shared.
static void keep_exprs(NewFile *file) {
    Facts *facts = &file->facts;
    uint32_t *kept = memory_alloc_zeroed(facts->exprs.count, sizeof *kept), count = 1;
    for (uint32_t i = 1; i < facts->calls.count; i++) keep(&facts->calls.items[i].callee, kept);
    for (uint32_t i = 1; i < facts->arguments.count; i++) keep(&facts->arguments.items[i].value, kept);
    for (uint32_t i = 0; i < file->unbound.list.count; i++) keep(&file->unbound.list.items[i].expr, kept);
    for (uint32_t i = 1; i < facts->exprs.count; i++)
        if (kept[i]) kept[i] = count++;
    ExprFact *little = facts->shared ? memory_alloc_zeroed(count, sizeof *little) : facts->exprs.items;
    for (uint32_t i = 1; i < facts->exprs.count; i++) {
        const ExprFact row = facts->exprs.items[i];
        if (kept[i])
            little[kept[i]] = (ExprFact){.kind = row.kind, .name = row.name, .scope = row.scope, .start = row.start,
                                         .end = row.end, .name_start = row.name_start};
    }
    facts->exprs.items = little;
    facts->exprs.count = count;
    for (uint32_t i = 1; i < facts->calls.count; i++) {
        rename_to(&facts->calls.items[i].callee, kept);
        facts->calls.items[i].expr = FACT_NONE(ExprId);
    }
    for (uint32_t i = 1; i < facts->arguments.count; i++) rename_to(&facts->arguments.items[i].value, kept);
    for (uint32_t i = 0; i < file->unbound.list.count; i++) rename_to(&file->unbound.list.items[i].expr, kept);
    free(kept);
}

static void *copy_rows(const void *rows, uint32_t count, size_t size) {
    void *copy = memory_alloc_zeroed(count, size);
    memcpy(copy, rows, count * size);
    return copy;
}

// Of shared facts the tables that change become those of the file itself.
static void keep_little_of_shared(NewFile *file) {
    Facts *facts = &file->facts;
    facts->calls.items = copy_rows(facts->calls.items, facts->calls.count, sizeof *facts->calls.items);
    facts->arguments.items = copy_rows(facts->arguments.items, facts->arguments.count, sizeof *facts->arguments.items);
    keep_exprs(file);
    file->own_tables = true;
}

void check_release_file(NewFile *file) {
    Facts *facts = &file->facts;
    if (file->own_tables) {
        free(facts->calls.items);
        free(facts->arguments.items);
        free(facts->exprs.items);
    }
    facts_release(facts);
}

void check_keep_little(NewFile *file) {
    Facts *facts = &file->facts;
    if (facts->shared) {
        keep_little_of_shared(file);
        return;
    }
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
