// Where rule packs are, and which of them fits a tree.
#ifndef WEFT_RULE_PACK_H
#define WEFT_RULE_PACK_H

#include "rule/load.h"

typedef struct Pack {
    Str name;         // of its folder, or of its file without ".yml"
    Str file;         // absolute path of the .yml file
    Str folder;       // of that file
    Vec(Str) modules; // `detect: modules:`; none: is never chosen by itself
    bool broken;      // cannot be read, or its `detect` is wrong
} Pack;
typedef Vec(Pack) Packs;

// All packs in the folders of rule_folders, by name; of two with one name the first found.
void packs_list(Arena *arena, const RuleOptions *options, Packs *packs);
void packs_release(Packs *packs);

// The pack that NAME means: one of KNOWN, or a folder or .yml file relative to BASE. False when
// there is none.
bool pack_find(Arena *arena, const Packs *known, Str base, Str name, Pack *pack);

// Reads what PACK says of the modules that it is for.
void pack_read_modules(Arena *arena, Pack *pack);

#endif
