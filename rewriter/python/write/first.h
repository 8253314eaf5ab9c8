// What the functions that weft rewrites begin with: how it is written, and how it is found again.
#ifndef WEFT_PYTHON_WRITE_FIRST_H
#define WEFT_PYTHON_WRITE_FIRST_H

#include "facts/language.h"

typedef struct FirstLines {
    Vec(Str) list; // relative indentation with 4 spaces a level
} FirstLines;

// Appends the lines of STATEMENT to LINES; the texts are owned by ARENA.
void first_lines(Arena *arena, const FirstStatement *statement, FirstLines *lines);
// `P = v if P is None else P`, for a line that is shared.
Str first_inline(Arena *arena, const FirstStatement *fallback);

// STATEMENT, the text of one, binds or keeps CONTEXT, or falls back where it is None.
bool first_is_about(Str statement, Str context);
// TEXT begins with the condition of a fallback of PARAMETER.
bool first_is_condition(Str text, Str parameter);
// TEXT is the assignment of VALUE to PARAMETER.
bool first_is_assignment(Str text, Str parameter, Str value);
// TEXT is what first_inline writes.
bool first_is_inline(Str text, Str parameter, Str value);

#endif
