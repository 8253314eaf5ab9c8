// Circles of imports that one tree has and an earlier one has not.
//
// An edge is what runs when a module is imported: the module that is named, the packages on the way
// to it that are not on the way to the importer (those are running already), and submodules taken by
// `from package import module`. Imports in functions, for type checkers, and under a condition (such
// as a main guard) are no edges.
#ifndef WEFT_EDIT_IMPORT_CYCLE_H
#define WEFT_EDIT_IMPORT_CYCLE_H

#include "edit/module_pairs.h"

// An import that was added and closes a circle which was not there.
typedef struct ImportCycle {
    uint32_t module; // index into ModulePairs.list: where the import stands
    uint32_t offset; // of its statement, in the text after
    Str text;        // "a -> b -> c -> a"
} ImportCycle;

typedef struct ImportCycles {
    Arena arena; // owns the texts
    Vec(ImportCycle) list;
} ImportCycles;

// One a circle, and one a module that is imported: the first says it all. In the order of the
// modules. Only modules that are marked as changed can have closed one.
void import_cycles_find(const ModulePairs *pairs, ImportCycles *cycles);
void import_cycles_release(ImportCycles *cycles);

#endif
