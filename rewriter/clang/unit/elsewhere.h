// Private to unit/: commands of another version of the tree, which was built: a commit that is looked at has no compile
// database, and none of the headers that a build makes.
#ifndef WEFT_CLANG_UNIT_ELSEWHERE_H
#define WEFT_CLANG_UNIT_ELSEWHERE_H

#include "clang/unit/search.h"

typedef struct Elsewhere {
    Str built; // root of the tree that was built
    Str root;  // of this one
} Elsewhere;

// FOLDER, of the tree that was built, in this one; itself where this one has none.
Str elsewhere_folder(Arena *arena, const Elsewhere *elsewhere, Str folder);
// WORDS of a command that runs in FOLDER of the tree that was built, and compiles PATH: the same of this tree. What is
// nowhere in it is looked for where it was built, last of all.
void elsewhere_arguments(Arena *arena, const Elsewhere *elsewhere, Str folder, Str path, const Strs *words, Strs *out);

#endif
