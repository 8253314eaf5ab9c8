// The core of tree-sitter, with three of its functions exchanged. Compiled in place of its lib.c, of exactly this version.
//
//     references    counted without locks: a tree dies in the thread that made it
//     parse table   a row for each state, so that a symbol is looked up at its place and not searched among the others
//     lexer         one step over ASCII inside a line of the text that is there already; all else is the core's
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

#include "lib.c"

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
