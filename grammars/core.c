// The core of tree-sitter, with five of its functions exchanged. Compiled in place of its lib.c, of exactly this version.
//
//     references    counted without locks: a tree dies in the thread that made it
//     parse table   a row for each state, so that a symbol is looked up at its place and not searched among the others
//     stack         what becomes the children of a node is taken off at once where no versions of the stack meet
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

bool core_prepare(const TSLanguage *language) {
    uint16_t *rows = calloc((size_t)language->state_count * language->symbol_count, sizeof *rows);
    if (rows == NULL) return false;
    for (uint32_t i = 0; i < language->state_count; i++) fill_row(language, i, rows + i * language->symbol_count);
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

#include "parser.c"
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
