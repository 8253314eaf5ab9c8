// Which lines of the tree differ from a revision of its git repository.
#ifndef WEFT_SOURCE_CHANGED_H
#define WEFT_SOURCE_CHANGED_H

#include "base/arena.h"
#include "base/vec.h"
#include "source/diagnostic.h"

// Lines [first, last] of one file, 1-based, as the file is now.
typedef struct ChangedLines {
    Str path; // relative to the root, '/'-separated
    uint32_t first, last;
} ChangedLines;

typedef struct Changed {
    Arena arena;
    Vec(ChangedLines) list; // by path and line
} Changed;

// Compares the work tree at ROOT (a folder in a repository) with REVISION, as `git diff REVISION`
// does, and lists the lines that were added or changed; every line of a file that git does not know.
// False after E702: no repository, no such revision.
bool changed_load(Str root, Str revision, Changed *changed, Diagnostics *diagnostics);
void changed_release(Changed *changed);
// True when one of the lines [FIRST, LAST] of PATH is in the list.
bool changed_has(const Changed *changed, Str path, uint32_t first, uint32_t last);

#endif
