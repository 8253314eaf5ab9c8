// In: all expressions. Out: lists of attributes by name, in the order of the table.
#include "facts/attribute_index.h"

#include <stdlib.h>

#include "base/bug.h"

void attribute_index_build(AttributeIndex *index, const Facts *facts) {
    index->first = memory_alloc_zeroed(intern_count(facts->names) + 1, sizeof *index->first);
    index->next = memory_alloc_zeroed(facts->exprs.count, sizeof *index->next);
    for (uint32_t i = facts->exprs.count; i-- > 1;) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (expr->kind != EXPR_ATTRIBUTE) continue;
        index->next[i] = index->first[expr->name.index];
        index->first[expr->name.index] = i;
    }
}

void attribute_index_release(AttributeIndex *index) {
    free(index->first);
    free(index->next);
    *index = (AttributeIndex){0};
}
