// Compile databases: how the sources of a tree are compiled, as CMake, bear and others write it.
#ifndef WEFT_CLANG_UNIT_DATABASE_H
#define WEFT_CLANG_UNIT_DATABASE_H

#include "facts/language.h"

// Fills Facts.units from the files that PATHS name, below the root of the tree; without any from
// compile_commands.json in the root or in build/. Commands for other languages and for sources outside of the tree
// are left out. False, with a diagnostic, when nothing says how the sources are compiled.
bool database_read(const Str *paths, uint32_t count, Facts *facts, Diagnostics *diagnostics);

#endif
