// Whole statements as black lays them out: the text of one in, the text with other line ends out.
#ifndef WEFT_PYTHON_STYLE_STATEMENT_H
#define WEFT_PYTHON_STYLE_STATEMENT_H

#include "python/style/line.h"

typedef struct StatementStyle {
    uint32_t limit;   // columns of a line
    Str indent;       // what the statement stands behind
    Str level;        // one level of indentation
    Str newline;      // how lines end
    bool plain_stars; // no comma follows what a star unpacks, as black has it where Python may be older than 3.5
    bool keep;        // parentheses that are written stay, though they need not
    bool inside;      // the text is a part of a list between brackets, not a statement
    Str grown;        // a parameter that has its default in some stages of a migration, and not in others; may be empty
} StatementStyle;

// Where a token, or a comment, of the text that was read came to stand.
typedef struct LaidPlace {
    uint32_t start, end; // in the text that was read
    uint32_t at;         // in the text that was written
} LaidPlace;

typedef struct Laid {
    StrBuf text;
    Vec(LaidPlace) places; // in the order of both texts
    Vec(uint32_t) lines;   // by line: the start, in the text that was read, of its first token that was there
} Laid;

void laid_release(Laid *laid);
// TEXT, from its first character to its last, laid out. False where it has no layout here, or needs another order of
// comments and tokens.
bool statement_lay_out(Arena *arena, const StatementStyle *style, Str text, Laid *laid);
// TEXT is as statement_lay_out would write it.
bool statement_is_laid_out(Arena *arena, const StatementStyle *style, Str text);

#endif
