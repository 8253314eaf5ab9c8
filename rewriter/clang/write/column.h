// Columns of text, where a tab goes on to the next eighth one.
#ifndef WEFT_CLANG_WRITE_COLUMN_H
#define WEFT_CLANG_WRITE_COLUMN_H

#include "facts/language.h"

// The column of OFFSET of MODULE when the recent edits of OUT are made, as far as they stand in its line.
uint32_t column_of(const Facts *facts, ModuleId module, uint32_t offset, const TextEdits *out);
// Columns up to the end of TEXT, which begins in column FROM.
uint32_t column_width(Str text, uint32_t from);
// White space up to a column, as the line at NEAR is indented, or, where that tells nothing, the file.
Str column_white(const Facts *facts, ModuleId module, uint32_t near, uint32_t column, Arena *arena);
// The lines between OPEN and CLOSE that begin below what follows OPEN stay there although that moves by OUT->wider.
void column_move(const Facts *facts, ModuleId module, uint32_t open, uint32_t close, TextEdits *out);

#endif
