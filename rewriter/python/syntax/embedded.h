// Python code in files of other kinds: doctests, notebooks, Markdown. See Language.beside and Language.embedded.
#ifndef WEFT_PYTHON_SYNTAX_EMBEDDED_H
#define WEFT_PYTHON_SYNTAX_EMBEDDED_H

#include "base/intern.h"
#include "source/source.h"

// A text of which only the code is left. CODE has the length of TEXT, and is blank to begin with.
typedef struct Mask {
    Str text;
    char *code;
    bool any; // something was copied
} Mask;

// The bytes [start, end) are code; with NEW_LINE they begin a line.
void mask_copy(Mask *mask, size_t start, size_t end, bool new_line);

// Language.beside, examples and embedded; see facts/language.h.
SourceKind python_beside(Str path);
void python_examples(Str path, Str text, Interner *run);
Str python_embedded(Arena *arena, Str path, Str text, const Interner *run);

#endif
