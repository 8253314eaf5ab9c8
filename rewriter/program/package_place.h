// Where a package goes that the tree does not have yet.
#ifndef WEFT_PROGRAM_PACKAGE_PLACE_H
#define WEFT_PROGRAM_PACKAGE_PLACE_H

#include "program/program.h"

// The folder below which `import PACKAGE`, as the tree's imports are written, finds it: "src" for "app.isolation"
// where the tree has src/app and imports `app.config`. Empty: the root of the tree. The text lies in ARENA.
Str program_package_place(Arena *arena, const Program *program, Str package);

#endif
