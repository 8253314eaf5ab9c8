// The root of the tree that a command works on, when nobody names it.
#ifndef WEFT_CLI_ROOT_H
#define WEFT_CLI_ROOT_H

#include "base/arena.h"

// The nearest folder at or above the current one that has a weft.yml or weft's journal, so that commands work
// in a subfolder as git's do. Empty when there is none, or when it is the current folder itself. The search
// ends at the root of a git repository. *BELOW is the current folder seen from there. Both live in ARENA.
Str root_find(Arena *arena, Str *below);

#endif
