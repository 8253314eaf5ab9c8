// Folders that imports leave out: "src" where `import app.config` leads to src/app/config.py. Facts name
// modules by their paths from the root of the tree (src.app.config), people by what they import.
#ifndef WEFT_FACTS_IMPORT_ROOTS_H
#define WEFT_FACTS_IMPORT_ROOTS_H

#include "facts/facts.h"

// Dotted prefixes, each once.
typedef Vec(Str) ImportRoots;

// Adds those that the absolute imports of resolved FACTS show. The texts are those of the facts.
void import_roots_add(ImportRoots *roots, const Facts *facts);

#endif
