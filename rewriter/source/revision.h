// A commit as a folder: what the commands that compare two trees need when one is in the history.
#ifndef WEFT_SOURCE_REVISION_H
#define WEFT_SOURCE_REVISION_H

#include "base/arena.h"
#include "source/diagnostic.h"

typedef struct Revision {
    Arena arena;
    Str temporary; // folder of ours; empty when there is none
    Str root;      // what FOLDER was in that commit, somewhere below
} Revision;

// Writes the tree of the commit that NAME means ("HEAD", "main~2", a hash) below a new temporary
// folder ($TMPDIR, /tmp). FOLDER is the root of a repository or a folder inside one. Its submodules
// stay empty. False after E808.
bool revision_open(Str folder, Str name, Revision *revision, Diagnostics *diagnostics);
// The id of the commit that the repository around FOLDER is at, 40 hexadecimal digits in ARENA. Empty when
// there is no repository, or no commit in it.
Str revision_head(Arena *arena, Str folder);
// Removes the temporary folder.
void revision_close(Revision *revision);

#endif
