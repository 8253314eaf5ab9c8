// The children of a node, all in one go: what a cursor gives one by one, with its way back up for each.
#ifndef WEFT_GRAMMARS_CHILDREN_H
#define WEFT_GRAMMARS_CHILDREN_H

#include <stdbool.h>
#include <tree_sitter/api.h>

typedef struct NodeChild {
    TSNode node;      // without rows and columns
    uint32_t end;     // byte
    TSSymbol symbol;  // as ts_node_symbol has it
    TSFieldId field;  // that it has in the parent; 0 when it has none, or nobody asked
} NodeChild;

typedef void NodeChildVisit(void *context, const NodeChild *child);

// Calls VISIT for each visible child of PARENT, in order. FIELDS: fields are wanted.
void node_children(TSNode parent, bool fields, NodeChildVisit *visit, void *context);

#endif
