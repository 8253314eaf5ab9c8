// Where the parser's lexer stands in its text: what a scanner cannot ask through TSLexer.
#ifndef WEFT_GRAMMARS_LEXER_PLACE_H
#define WEFT_GRAMMARS_LEXER_PLACE_H

#include <stdint.h>

typedef struct TSLexer TSLexer;

typedef struct LexerPlace {
    uint32_t byte, row, column;
} LexerPlace;

LexerPlace lexer_place(const TSLexer *lexer);
// The bytes from there to the end of the text, or of the part of it that is read, LENGTH of them. They belong to the caller of the parser.
const char *lexer_rest(const TSLexer *lexer, uint32_t *length);
// Moves LEXER on to PLACE, as if it had skipped all that lies between; the next advance is from there.
void lexer_move(TSLexer *lexer, LexerPlace place);

#endif
