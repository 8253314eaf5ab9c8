// Compile databases: how the sources of a tree are compiled, as CMake, bear and others write it.
#ifndef WEFT_CLANG_UNIT_DATABASE_H
#define WEFT_CLANG_UNIT_DATABASE_H

#include "facts/language.h"

// Fills Facts.units, and Facts.compiled with the digest of the databases, from the files that PATHS name, below the root of the tree; without any from
// compile_commands.json in the root or in build/. Commands for other languages and for sources outside of the tree
// are left out. False, with a diagnostic, when nothing says how the sources are compiled.
bool database_read(const Str *paths, uint32_t count, Facts *facts, Diagnostics *diagnostics);

// Language.add_compiled: sources that are compiled and that no list of files has, since a build makes them or git ignores
// them, become left out ones of SOURCES; the others that are compiled are marked so. Says nothing: database_read does.
void database_add_sources(Sources *sources, const CompileInput *input);

#endif
