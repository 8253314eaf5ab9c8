// What is broken in a tree of which a run was taken back only in part.
#ifndef WEFT_CLI_REMAINS_H
#define WEFT_CLI_REMAINS_H

#include "base/vec.h"
#include "source/diagnostic.h"

// A file of the run: its bytes before the rollback, and afterwards.
typedef struct RemainingFile {
    Str path, before, after; // without data: no file
} RemainingFile;

typedef struct Remains {
    Arena arena;
    Vec(RemainingFile) files;
} Remains;

// As UndoHow.file; CONTEXT is a Remains, the texts are copied.
void remains_add(void *context, Str path, Str before, Str after);
// Compares the tree at ROOT before the rollback with the one afterwards, as `weft verify` would: what is worse
// becomes a diagnostic. The files of the run need not be on disk in either form.
void remains_report(const Remains *remains, Str root, Diagnostics *diagnostics);
void remains_release(Remains *remains);

#endif
