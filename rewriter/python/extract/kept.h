// Statements of a changed text that are not parsed again: their rows come from the facts of the text before.
//
//     def greet(name):                        def greet(name, *, context):
//         words = name.split()                    0
//         first = words[0]
//         return get_config().hello               return get_config(context).hello
//
// On the left the old text, on the right what the parser is given of the new one: the two lines that no change
// touches are a "0" and a gap, so that all offsets stay those of the new text. The walk, when it comes to the "0",
// adds the rows of both lines, moved.
//
// Why this finds every fault that the whole text has. Lines are read in order; what a line means depends on what lies
// before it by three things: an open bracket or string, a joined line, and the indentations so far. Where the "0" turns out
// to be a statement, in a block of the same kind in blocks of the same kinds, all three are as they were in the old text,
// and the lines read as they did there. Else the whole text is read.
#ifndef WEFT_PYTHON_KEPT_H
#define WEFT_PYTHON_KEPT_H

#include "facts/stretch.h"
#include "python/extract/extract.h"

// Tables whose rows belong to statements.
typedef enum KeptTable {
    KEPT_SCOPES,
    KEPT_BINDINGS,
    KEPT_EXPRS,
    KEPT_IMPORTS,
    KEPT_FUNCTIONS,
    KEPT_PARAMETERS,
    KEPT_CALLS,
    KEPT_ARGUMENTS,
    KEPT_TABLE_COUNT,
} KeptTable;

// Statements that follow each other in one block.
typedef struct KeptRun {
    uint32_t first, end;   // rows of statements, with all that is inside
    uint32_t start, close; // bytes of the old text
    uint32_t change;       // that comes next
    uint32_t shift;        // to the new text, modulo 2^32
} KeptRun;

typedef struct Kept {
    const OldText *old;
    Stretch statements, directives; // of the module
    Vec(KeptRun) runs;               // in the order of the text
    uint32_t next;                   // run that the walk has not come to
    Stretch *rows[KEPT_TABLE_COUNT]; // by statement of the module: its own rows
    Map names;                       // by old name
    bool lost;                       // the walk came to something else than was expected
} Kept;

// kept_find.c: the runs of what did not change from OLD to TEXT; none when nothing is worth it.
void kept_find(Kept *kept, const OldText *old, Str text);
void kept_release(Kept *kept);

// kept_rows.c: a start without runs. Then, fills the rows of all statements.
void kept_open(Kept *kept, const OldText *old);
void kept_index(Kept *kept);

#endif
