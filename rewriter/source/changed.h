// Which lines of the tree differ from a revision of its git repository.
#ifndef WEFT_SOURCE_CHANGED_H
#define WEFT_SOURCE_CHANGED_H

#include "base/arena.h"
#include "base/vec.h"
#include "source/diagnostic.h"

// Lines [first, last] of one file, 1-based, as the file is now.
typedef struct LineRange {
    uint32_t first, last;
} LineRange;

typedef struct Changed {
    Arena arena;
    struct git_repository *repository;
    struct git_tree *tree; // of the revision
    Str root, prefix;      // of the tree: a real path, and where that lies in the work tree
    Str path;              // the file that was compared last
    Vec(LineRange) ranges; // of it, in order
} Changed;

// Opens the work tree at ROOT (a folder in a repository) for comparing with REVISION. False after E702: no repository, no
// such revision.
bool changed_open(Str root, Str revision, Changed *changed, Diagnostics *diagnostics);
void changed_close(Changed *changed);
// True when one of the lines [FIRST, LAST] of PATH (relative to the root) was added or changed, as `git diff REVISION` has
// it; every line of a file that the revision does not have. A file is compared when it is asked for, so ask file by file.
bool changed_has(Changed *changed, Str path, uint32_t first, uint32_t last);

#endif
