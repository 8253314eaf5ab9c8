// In: a node. Out: its children, with those of hidden nodes between in their place. Compiled with the core's headers,
// those of exactly this version; does what its tree_cursor.c does.
#include "children.h"

#include "language.h"
#include "subtree.h"
#include "tree.h"

typedef struct Listing {
    const TSTree *tree;
    bool fields;
    NodeChildVisit *visit;
    void *context;
} Listing;

static TSFieldId field_of(const TSLanguage *language, uint32_t production, uint32_t child) {
    const TSFieldMapEntry *entry, *end;
    ts_language_field_map(language, production, &entry, &end);
    for (; entry < end; entry++)
        if (!entry->inherited && entry->child_index == child) return entry->field_id;
    return 0;
}

static void list(const Listing *listing, Subtree parent, uint32_t position, TSFieldId outer);

// CHILD begins at POSITION. ALIAS is another name that it has here, or 0.
static void list_child(const Listing *listing, const Subtree *child, uint32_t position, TSSymbol alias,
                       TSFieldId field) {
    if (!alias && !ts_subtree_visible(*child)) {
        if (ts_subtree_visible_child_count(*child) > 0) list(listing, *child, position, field);
        return;
    }
    TSSymbol symbol = alias ? alias : ts_subtree_symbol(*child);
    NodeChild found = {.node = {{position, 0, 0, alias}, child, listing->tree},
                       .end = position + ts_subtree_size(*child).bytes,
                       .symbol = ts_language_public_symbol(listing->tree->language, symbol),
                       .field = field};
    listing->visit(listing->context, &found);
}

static void list(const Listing *listing, Subtree parent, uint32_t position, TSFieldId outer) {
    const TSLanguage *language = listing->tree->language;
    uint32_t production = parent.ptr->production_id, place = 0, count = parent.ptr->child_count;
    const TSSymbol *aliases = ts_language_alias_sequence(language, production);
    const Subtree *children = ts_subtree_children(parent);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) position += ts_subtree_padding(children[i]).bytes;
        bool extra = ts_subtree_extra(children[i]);
        TSFieldId field = 0;
        if (listing->fields && !extra) field = field_of(language, production, place);
        if (field == 0 && !extra) field = outer;
        list_child(listing, &children[i], position, aliases && !extra ? aliases[place] : 0, field);
        place += !extra;
        position += ts_subtree_size(children[i]).bytes;
    }
}

void node_children(TSNode parent, bool fields, NodeChildVisit *visit, void *context) {
    Subtree subtree = *(const Subtree *)parent.id;
    if (ts_subtree_child_count(subtree) == 0) return;
    Listing listing = {parent.tree, fields, visit, context};
    list(&listing, subtree, parent.context[0], 0);
}
