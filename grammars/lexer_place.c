// In: the lexer that a scanner is given, which is the first part of the core's own structure. Out: its place.
// Compiled with the core's headers, those of exactly this version.
#include "lexer_place.h"

#include "lexer.h"

LexerPlace lexer_place(const TSLexer *lexer) {
    Length at = ((const Lexer *)lexer)->current_position;
    return (LexerPlace){at.bytes, at.extent.row, at.extent.column};
}

const char *lexer_rest(const TSLexer *lexer, uint32_t *length) {
    const Lexer *self = (const Lexer *)lexer;
    uint32_t done = self->current_position.bytes - self->chunk_start;
    *length = self->chunk != NULL && done < self->chunk_size ? self->chunk_size - done : 0;
    if (*length > 0) { // not beyond the part of the text that is read
        uint32_t end = self->included_ranges[self->current_included_range_index].end_byte;
        if (*length > end - self->current_position.bytes) *length = end - self->current_position.bytes;
    }
    return *length > 0 ? self->chunk + done : "";
}

void lexer_move(TSLexer *lexer, LexerPlace place) {
    Lexer *self = (Lexer *)lexer;
    self->current_position = (Length){place.byte, {place.row, place.column}};
    self->column_data = (ColumnData){0, false};
    self->lookahead_size = 0; // what is there is read by the next advance
}
