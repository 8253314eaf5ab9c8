// Where rule packs are, and which of them fits a tree.
#ifndef WEFT_RULE_PACK_H
#define WEFT_RULE_PACK_H

#include "rule/detect.h"
#include "rule/load.h"

typedef struct Pack {
    Str name;       // of its folder, or of its file without ".yml"
    Str file;       // absolute path of the .yml file
    Str folder;     // of that file
    Detection own;  // `detect:`
    PackVersions versions;
    bool broken;    // cannot be read, or what it says of trees is wrong
} Pack;
typedef Vec(Pack) Packs;

// All packs in the folders of rule_folders, by name; of two with one name the first found. Only their names and places:
// who asks what they are for reads them as well.
void packs_list(Arena *arena, const RuleOptions *options, Packs *packs);
// Reads what each of PACKS says of the trees that it is for.
void packs_read(Arena *arena, Packs *packs);
void packs_release(Packs *packs);

// The pack that NAME means: one of KNOWN, or a folder or .yml file relative to BASE. False when
// there is none.
bool pack_find(Arena *arena, const Packs *known, Str base, Str name, Pack *pack);

// Whether FILE, a path that begins with the folder of PACK, lies in it, links followed.
bool pack_has_file(Arena *arena, const Pack *pack, Str file);

// Reads what PACK says of the trees that it is for.
void pack_read_detection(Arena *arena, Pack *pack);
void pack_release(Pack *pack);
// What PACK is for as far as TREE goes: its `detect:`; without one what its version has that fits best. A pack without
// any is never chosen by itself.
const Detection *pack_detection(const Pack *pack, const DetectedTree *tree);

#endif
