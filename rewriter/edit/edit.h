// Byte edits on one text: sorted, without overlap, applied in one pass.
#ifndef WEFT_EDIT_EDIT_H
#define WEFT_EDIT_EDIT_H

#include "base/arena.h"
#include "base/vec.h"
#include "edit/fault.h"
#include "rule/rule.h"
#include "source/source.h"

typedef enum Safety { SAFETY_SAFE, SAFETY_REVIEW, SAFETY_DISPLAY } Safety;

// Replace [start, end) of a file's text by `text`. start == end inserts; several insertions at one
// offset are written in the order they were added.
typedef struct Edit {
    FileId file;
    uint32_t start, end;
    Str text;
    Str family; // of the sink that asked for it first: a word of the rules, or of a plan that was read
    Safety safety;
    Str owner;      // who asked, for messages: "argument of 'greet'"
    Decision cause; // what it comes from; none in a plan that was read
    uint32_t order; // set by edits_add
} Edit;

typedef struct Edits {
    Arena arena;
    Vec(Edit) list;
} Edits;

void edits_release(Edits *edits);
// Copies text and owner; the word of the family outlives the edits. An identical edit (same span, same text, not an insertion) is kept once.
void edits_add(Edits *edits, Edit edit);
// Sorts by file, start, order and drops duplicates; false with E502 naming both owners when two
// edits overlap. FAULTS (NULL: not asked for) gets one for each such pair.
bool edits_finish(Edits *edits, const Sources *sources, PlanFaults *faults,
                  Diagnostics *diagnostics);
// TEXT with the edits [first, first + count) of one file applied; result in ARENA.
Str edits_apply(Arena *arena, Str text, const Edit *edits, uint32_t count);

#endif
