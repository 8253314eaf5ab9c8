// The text of a module with edits applied, and edits of that text taken back to the text without them.
#ifndef WEFT_PYTHON_WRITE_EDITED_TEXT_H
#define WEFT_PYTHON_WRITE_EDITED_TEXT_H

#include "facts/language.h"

// Bytes [from, to) of the text after the edits get another text.
typedef struct Relaid {
    uint32_t from, to;
    Str text;
    uint32_t owner; // index of the edit that it is made for
} Relaid;

typedef struct EditedText {
    Arena *arena;
    Str before, after;
    const TextEdit *edits; // by offset, without overlap
    uint32_t count;
    uint32_t *starts; // by edit: where its text begins in AFTER
} EditedText;

// BEFORE and EDITS must outlive it; the rest is in ARENA.
EditedText edited_text_make(Arena *arena, Str before, const TextEdit *edits, uint32_t count);
// First edit that touches [from, to) of the text after, or ends behind it; COUNT when there is none.
uint32_t edited_text_edit_at(const EditedText *text, uint32_t from);
// The edit INDEX touches [from, to) of the text after.
bool edited_text_touches(const EditedText *text, uint32_t index, uint32_t from, uint32_t to);
// The stretch of the text before that [from, to) of the text after was made from.
Str edited_text_origin(const EditedText *text, uint32_t from, uint32_t to);
// All edits with RELAID, ordered and without overlap, worked in: what lies in the text of an edit changes that, what lies
// between them becomes an edit of its own.
void edited_text_give_out(const EditedText *text, const Relaid *relaid, uint32_t count, OwnedEdits *out);

#endif
