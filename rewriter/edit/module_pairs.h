// Two trees side by side: the same module before and after, and what an import statement leads to in
// either. The post-check makes the second tree from a plan, `weft verify` reads it from disk.
#ifndef WEFT_EDIT_MODULE_PAIRS_H
#define WEFT_EDIT_MODULE_PAIRS_H

#include "edit/module_rows.h"
#include "facts/import_roots.h"

// A module as one of the trees has it.
typedef struct ModuleSide {
    const Facts *facts; // NULL: that tree does not have it
    ModuleId module;
    Rows imports;
} ModuleSide;

typedef struct ModulePair {
    Str name;
    bool is_package, is_stub;
    bool changed; // its text may differ
    ModuleSide before, after;
} ModulePair;

typedef struct ModulePairs {
    Interner *names;
    Vec(ModulePair) list;          // [0] unused
    Vec(uint32_t) module_of_name;  // by Name in `names`: index into list
    ImportRoots roots;
} ModulePairs;

void module_pairs_init(ModulePairs *pairs);
void module_pairs_release(ModulePairs *pairs);

// A side for MODULE of FACTS; ROWS as module_rows_find gives them, NULL when FACTS has one module only.
ModuleSide module_side(const Facts *facts, ModuleId module, const ModuleRows *rows);
// Adds a module that at least one tree has. Its facts must outlive PAIRS.
void module_pairs_add(ModulePairs *pairs, ModuleSide before, ModuleSide after, bool changed);
// Learns from resolved FACTS which folders are import roots.
void module_pairs_add_roots(ModulePairs *pairs, const Facts *facts);

static inline const ModuleSide *module_pair_side(const ModulePair *pair, bool after) {
    return after ? &pair->after : &pair->before;
}

// Index into PAIRS->list of a dotted name from the root; 0 when that is not of the trees.
uint32_t module_pairs_find(const ModulePairs *pairs, Str dotted);
// The same of one that an import statement names, which may leave an import root out.
uint32_t module_pairs_find_path(const ModulePairs *pairs, Str path);
// What IMPORT's dots and path (a row of FACTS) mean in FROM.
uint32_t module_pairs_find_import(const ModulePairs *pairs, const ModulePair *from,
                                  const Facts *facts, const ImportFact *import_);
// The submodule NAME of a module, 0 when there is none.
uint32_t module_pairs_find_submodule(const ModulePairs *pairs, const ModulePair *module, Str name);

#endif
