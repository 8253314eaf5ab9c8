// The core of tree-sitter, with six of its functions exchanged. Compiled in place of its lib.c, of exactly this version.
//
//     references    counted without locks: a tree dies in the thread that made it
//     parse table   a row for each state, so that a symbol is looked up at its place and not searched among the others
//     stack         what becomes the children of a node is taken off at once where no versions of the stack meet
//     nodes         hidden ones that say nothing are not made, and those of a long row are joined: half of all memory
//     lexer         one step over ASCII inside the text that is there already, and a jump among ranges; all else is the core's
//
// Must never change a tree.
#include "core.h"

#include <stdlib.h>

#define TREE_SITTER_ATOMIC_H_ // instead of its atomic.h
static inline size_t atomic_load(const volatile size_t *count) { return *count; }
static inline uint32_t atomic_inc(volatile uint32_t *count) { return ++*(uint32_t *)count; }
static inline uint32_t atomic_dec(volatile uint32_t *count) { return --*(uint32_t *)count; }

#define ts_language_lookup searched_lookup
#include "language.h"
#undef ts_language_lookup

// ---- the parse table -------------------------------------------------------------------------------
static struct {
    const TSLanguage *language;
    const uint16_t *rows; // by state and symbol
    uint32_t width;
    uint8_t *supertypes;  // by symbol: 1 for a hidden one that stands for its child, 2 when it may have an alias
    uint8_t *renaming;    // by state: 2 when what was pushed last may get an alias, 1 when not, 0 not asked yet
} table;

static inline uint16_t ts_language_lookup(const TSLanguage *language, TSStateId state, TSSymbol symbol) {
    if (language != table.language) return searched_lookup(language, state, symbol);
    return table.rows[state * table.width + symbol];
}

// Those of a state that few symbols are for are listed by what is done with them.
static void fill_row(const TSLanguage *language, uint32_t state, uint16_t *row) {
    if (state < language->large_state_count) {
        memcpy(row, language->parse_table + state * language->symbol_count, language->symbol_count * sizeof *row);
        return;
    }
    const uint16_t *data =
        language->small_parse_table + language->small_parse_table_map[state - language->large_state_count];
    for (uint16_t groups = *data++; groups > 0; groups--) {
        uint16_t value = *data++, symbols = *data++;
        for (; symbols > 0; symbols--) row[*data++] = value;
    }
}

static void find_supertypes(const TSLanguage *language) {
    for (uint32_t i = 0; i < language->symbol_count; i++) {
        const TSSymbol *alias, *end;
        if (!ts_language_symbol_metadata(language, (TSSymbol)i).supertype) continue;
        ts_language_aliases_for_symbol(language, (TSSymbol)i, &alias, &end);
        table.supertypes[i] = end - alias > 1 ? 2 : 1;
    }
}

bool core_prepare(const TSLanguage *language) {
    uint16_t *rows = calloc((size_t)language->state_count * language->symbol_count, sizeof *rows);
    table.supertypes = calloc(language->symbol_count, 1);
    table.renaming = calloc(language->state_count, 1);
    if (rows == NULL || table.supertypes == NULL || table.renaming == NULL) return false;
    for (uint32_t i = 0; i < language->state_count; i++) fill_row(language, i, rows + i * language->symbol_count);
    find_supertypes(language);
    table.rows = rows;
    table.width = language->symbol_count;
    table.language = language;
    return true;
}

// ---- the core's files, in the order of its lib.c, with what takes the place of its own ---------------
#include "alloc.c"
#include "get_changed_ranges.c"
#include "language.c"
#define ts_lexer_reset searched_reset
#include "lexer.c"
#undef ts_lexer_reset

// ---- the ranges of the lexer -----------------------------------------------------------------------
// The first of the ranges that ends behind BYTE, the last one when none does. They are in order.
static uint32_t range_at(const Lexer *self, uint32_t byte) {
    uint32_t low = 0, high = self->included_range_count - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->included_ranges[middle].end_byte > byte)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

// The core looks for the range from the first one on: with a range for each of ten thousand statements that takes longer
// than parsing. Here it begins with the right one.
void ts_lexer_reset(Lexer *self, Length position) {
    uint32_t first = position.bytes != self->current_position.bytes ? range_at(self, position.bytes) : 0;
    self->included_ranges += first;
    self->included_range_count -= first;
    searched_reset(self, position);
    self->included_ranges -= first;
    self->included_range_count += first;
    self->current_included_range_index += first;
}

#include "node.c"
#define ts_stack_pop_count walked_pop_count
#include "stack.h"
#include "stack.c"
#undef ts_stack_pop_count

// ---- the stack -------------------------------------------------------------------------------------
// What the core's reduce makes of what it takes off the stack, until it pushes that; see below, at the nodes.
static _Thread_local struct {
    bool alone;           // the stack has one version, and one way down
    bool passes;          // PARENT stands for its only child, ONLY
    SubtreeHeapData parent;
    Subtree only;
} making;

// The node below NODE by COUNT children, and the number of SUBTREES between, extras among them; NULL where the stack
// forks on the way or ends.
static StackNode *below(StackNode *node, uint32_t count, uint32_t *subtrees) {
    *subtrees = 0;
    for (uint32_t taken = 0; taken < count; node = node->links[0].node) {
        if (node->link_count != 1) return NULL;
        Subtree subtree = node->links[0].subtree;
        *subtrees += subtree.ptr != NULL;
        taken += subtree.ptr == NULL || !ts_subtree_extra(subtree);
    }
    return node;
}

StackSliceArray ts_stack_pop_count(Stack *stack, StackVersion version, uint32_t count) {
    uint32_t subtrees;
    StackNode *node = array_get(&stack->heads, version)->node, *end = below(node, count, &subtrees);
    making.alone = end != NULL && ts_stack_version_count(stack) == 1;
    if (end == NULL) return walked_pop_count(stack, version, count);
    array_clear(&stack->slices);
    SubtreeArray taken = array_new();
    array_reserve(&taken, (uint32_t)(ts_subtree_alloc_size(subtrees) / sizeof(Subtree))); // the node itself, too
    taken.size = subtrees;
    for (uint32_t at = subtrees; node != end; node = node->links[0].node) {
        Subtree subtree = node->links[0].subtree;
        if (subtree.ptr == NULL) continue;
        taken.contents[--at] = subtree;
        ts_subtree_retain(subtree);
    }
    ts_stack__add_slice(stack, version, end, &taken);
    return stack->slices;
}

static MutableSubtree make_node(TSParser *self, TSSymbol symbol, SubtreeArray *children, uint32_t production);
static Subtree made_node(TSParser *self, Subtree subtree, TSStateId state);

#define ts_subtree_new_node(symbol, children, production, language) make_node(self, symbol, children, production)
#define ts_stack_push(stack, version, subtree, pending, state) \
    ts_stack_push(stack, version, made_node(self, subtree, state), pending, state)
#include "parser.c"
#undef ts_subtree_new_node
#undef ts_stack_push

// ---- the nodes -------------------------------------------------------------------------------------
// A supertype (expression, primary_expression, ...) is hidden, has one child and no fields: who reads the tree sees the
// child. Where nothing else competes with it, the child itself goes on, under the state of the supertype. In one place
// the grammar has another name for a supertype, as the last part of a node (`as_pattern_target` for an expression); there it
// is made, since the name is for a node around the child.
//
// What is repeated is a chain of hidden nodes, two for each piece:
//
//     row = row piece                      row = row piece piece piece piece ...
//       row = row piece          becomes     row = ...
//         row = row piece
//
// Which hidden nodes lie between is not seen from outside, as long as they have no fields and no aliases.
enum { ROW_LENGTH = 32 }; // pieces that are joined at once

static bool renames(const TSLanguage *language, const TSParseAction *action) {
    if (action->type != TSParseActionTypeReduce || action->reduce.child_count == 0) return false;
    const TSSymbol *aliases = ts_language_alias_sequence(language, action->reduce.production_id);
    return aliases != NULL && aliases[action->reduce.child_count - 1] != 0;
}

static bool state_renames(const TSLanguage *language, TSStateId state) {
    for (TSSymbol symbol = 0; symbol < language->token_count; symbol++) {
        TableEntry entry;
        ts_language_table_entry(language, state, symbol, &entry);
        for (uint32_t i = 0; i < entry.action_count; i++)
            if (renames(language, &entry.actions[i])) return true;
    }
    return false;
}

// In STATE, what was pushed last may be what a node has another name for. Threads may find that out at once.
static bool may_be_renamed(const TSLanguage *language, TSStateId state) {
    uint8_t known = __atomic_load_n(&table.renaming[state], __ATOMIC_RELAXED);
    if (known == 0) {
        known = state_renames(language, state) ? 2 : 1;
        __atomic_store_n(&table.renaming[state], known, __ATOMIC_RELAXED);
    }
    return known == 2;
}

// The node that the core has made of one child is nothing but that child. What it has noted about the node tells.
static bool is_transparent(const TSLanguage *language, const SubtreeHeapData *node, TSStateId state) {
    return !node->extra && !node->fragile_left && node->dynamic_precedence == 0 &&
           (table.supertypes[node->symbol] == 1 || !may_be_renamed(language, state));
}

static bool is_link_of_row(Subtree tree, TSSymbol symbol) {
    return !tree.data.is_inline && tree.ptr->symbol == symbol && !tree.ptr->visible && !tree.ptr->named &&
           tree.ptr->child_count == 2 && tree.ptr->production_id == 0 && !tree.ptr->extra &&
           ts_subtree_symbol(ts_subtree_children(tree)[0]) == symbol &&
           ts_subtree_symbol(ts_subtree_children(tree)[1]) == symbol;
}

static bool is_piece(Subtree tree) { return tree.ptr->production_id == 0 && tree.ptr->child_count > 0; }

static void add_all(SubtreeArray *list, Subtree parent) {
    for (uint32_t i = 0; i < parent.ptr->child_count; i++) {
        Subtree child = ts_subtree_children(parent)[i];
        ts_subtree_retain(child);
        array_push(list, child);
    }
}

// How many links there are until the next joined row. Kept where the core keeps what only a parse from an old tree asks for.
static uint16_t *links_of(SubtreeHeapData *row) { return &row->first_leaf.parse_state; }

// LAST ends ROW_LENGTH links of a row: one node in place of all.
static MutableSubtree join_row(SubtreePool *pool, MutableSubtree last, const TSLanguage *language) {
    Subtree pieces[ROW_LENGTH], first = ts_subtree_from_mut(last);
    TSSymbol symbol = last.ptr->symbol;
    uint32_t count = 0, size = 1;
    for (; count < ROW_LENGTH && is_link_of_row(first, symbol); first = ts_subtree_children(first)[0]) {
        Subtree piece = ts_subtree_children(first)[1];
        if (!is_piece(piece)) break;
        pieces[count++] = piece;
        size += piece.ptr->child_count;
    }
    if (count < 2) return last;
    SubtreeArray children = array_new();
    array_reserve(&children, (uint32_t)(ts_subtree_alloc_size(size) / sizeof(Subtree))); // the node itself, too
    ts_subtree_retain(first);
    array_push(&children, first);
    while (count > 0) add_all(&children, pieces[--count]);
    MutableSubtree row = ts_subtree_new_node(symbol, &children, 0, language);
    ts_subtree_release(pool, ts_subtree_from_mut(last));
    *links_of(row.ptr) = 0;
    return row;
}

static MutableSubtree make_node(TSParser *self, TSSymbol symbol, SubtreeArray *children, uint32_t production) {
    making.passes = making.alone && children->size == 1 && production == 0 && self->language == table.language &&
                    symbol < table.width && table.supertypes[symbol];
    bool alone = making.alone;
    making.alone = false;
    if (making.passes) {
        making.parent = (SubtreeHeapData){.ref_count = 1, .symbol = symbol};
        making.only = children->contents[0];
        array_delete(children);
        return (MutableSubtree){.ptr = &making.parent};
    }
    MutableSubtree node = ts_subtree_new_node(symbol, children, production, self->language);
    if (!is_link_of_row(ts_subtree_from_mut(node), symbol)) return node;
    Subtree before = ts_subtree_children(node)[0];
    uint16_t links = is_link_of_row(before, symbol) ? before.ptr->first_leaf.parse_state + 1 : 1;
    *links_of(node.ptr) = links;
    return alone && links >= ROW_LENGTH ? join_row(&self->tree_pool, node, self->language) : node;
}

// What is pushed: SUBTREE, or its only child. STATE is that of the stack then.
static Subtree made_node(TSParser *self, Subtree subtree, TSStateId state) {
    const SubtreeHeapData *parent = &making.parent;
    if (!making.passes || subtree.ptr != parent) return subtree;
    making.passes = false;
    if (is_transparent(self->language, parent, state)) return making.only;
    SubtreeArray children = array_new();
    array_push(&children, making.only);
    MutableSubtree node = ts_subtree_new_node(parent->symbol, &children, 0, self->language);
    node.ptr->extra = parent->extra;
    node.ptr->fragile_left |= parent->fragile_left;
    node.ptr->fragile_right |= parent->fragile_right;
    node.ptr->parse_state = parent->parse_state;
    node.ptr->dynamic_precedence += parent->dynamic_precedence;
    return ts_subtree_from_mut(node);
}

#include "query.c"
#include "subtree.c"
#include "tree_cursor.c"
#include "tree.c"
#include "wasm_store.c"

// ---- the lexer -------------------------------------------------------------------------------------
static void step(TSLexer *lexer, bool skip) {
    Lexer *self = (Lexer *)lexer;
    uint32_t next = self->current_position.bytes + 1, at = next - self->chunk_start;
    bool near = self->chunk != NULL && self->lookahead_size == 1 && at < self->chunk_size &&
                next < self->included_ranges[self->current_included_range_index].end_byte;
    if (!near || (uint8_t)self->chunk[at] >= 0x80 || self->logger.log) {
        ts_lexer__advance(lexer, skip);
        return;
    }
    self->current_position.bytes = next;
    if (lexer->lookahead == '\n') {
        self->current_position.extent.row++;
        self->current_position.extent.column = 0;
        self->column_data = (ColumnData){0, true};
    } else {
        self->current_position.extent.column++;
        if (self->column_data.valid) self->column_data.value++;
    }
    if (skip) self->token_start_position = self->current_position;
    lexer->lookahead = (uint8_t)self->chunk[at];
}

void core_speed_up(TSParser *parser) { parser->lexer.data.advance = step; }
