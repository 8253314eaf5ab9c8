// The attributes of a program by name: whoever asks for a few names need not look at each expression.
#ifndef WEFT_FACTS_ATTRIBUTE_INDEX_H
#define WEFT_FACTS_ATTRIBUTE_INDEX_H

#include "facts/facts.h"

typedef struct AttributeIndex {
    uint32_t *first; // by name: the first EXPR_ATTRIBUTE of it, 0 without one
    uint32_t *next;  // by expression: the next one of the same name
} AttributeIndex;

// Of all expressions of FACTS. What it holds goes with attribute_index_release; FACTS are not kept.
void attribute_index_build(AttributeIndex *index, const Facts *facts);
void attribute_index_release(AttributeIndex *index);

// Those of NAME, a name of these facts, in their order; none at the end.
static inline ExprId attribute_index_first(const AttributeIndex *index, Name name) {
    return (ExprId){index->first[name.index]};
}
static inline ExprId attribute_index_next(const AttributeIndex *index, ExprId expr) {
    return (ExprId){index->next[expr.index]};
}

#endif
