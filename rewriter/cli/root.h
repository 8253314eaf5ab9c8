// The root of the tree that a command works on, when nobody names it.
#ifndef WEFT_CLI_ROOT_H
#define WEFT_CLI_ROOT_H

#include "cli/options.h"

// The nearest folder at or above the current one that has a weft.yml or weft's journal, so that commands work
// in a subfolder as git's do. *ROOT is empty when there is none, or when it is the current folder itself. The
// search ends at the root of a git repository. *BELOW is the current folder seen from there. Both live in ARENA.
// False after E903: what was found above belongs to another user, who may not decide what happens here.
bool root_find(Arena *arena, Str *root, Str *below, Diagnostics *diagnostics);
// The same for who reads a command line: E903 is printed, and the program ends.
Str root_find_or_exit(Arena *arena, Str *below, ColorMode color);

#endif
