// Private to unit/: the folders in which a compiler looks for what a unit includes.
#ifndef WEFT_CLANG_UNIT_SEARCH_H
#define WEFT_CLANG_UNIT_SEARCH_H

#include "base/vec.h"
#include "facts/facts.h"

typedef Vec(Str) Strs;

// Adds to FOLDERS all in which a file may be found: those that the command of UNIT names, those of the environment, and those
// that compilers know by themselves. Some need not be there, and their order says nothing. NAMES gets the files that the
// command includes itself. The texts live in ARENA.
void search_of_unit(Arena *arena, const UnitFact *unit, Strs *folders, Strs *names);

// What else in the environment changes what a compiler reads.
void search_add_environment(StrBuf *out);

#endif
