// Lines of a text: their table, used by source.c once the text is there (the look-ups are in source.h), and their ends.
#ifndef WEFT_SOURCE_LINES_H
#define WEFT_SOURCE_LINES_H

#include "source/source.h"

// Fills line_starts and newline from the text. Once per file.
void lines_measure(SourceFile *file);
// TEXT with "\n" for "\r\n"; TEXT itself where it has no return.
Str lines_without_returns(Arena *arena, Str text);

#endif
