// The paths of a project's source files.
#ifndef WEFT_SOURCE_DISCOVER_H
#define WEFT_SOURCE_DISCOVER_H

#include "source/source.h"

typedef Vec(Str) PathList;

// Appends to PATHS the files that OPTIONS select below ROOT (a real path), relative to it, sorted,
// each once; to LEFT_OUT those that the globs leave out, when OPTIONS ask for them. The texts are in ARENA. False when a named path does not exist or is outside (E100).
// A folder that cannot be listed is E101 and the others go on.
bool discover(const SourceOptions *options, Str root, Arena *arena, PathList *paths,
              PathList *left_out, Diagnostics *diagnostics);

#endif
