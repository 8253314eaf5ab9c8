// What the files that make targets share; nobody else includes this. target.c finds which rule is about which
// table, target_key.c where keys come from, target_unique.c what becomes of unique indexes.
#ifndef WEFT_DATA_TARGET_INTERNAL_H
#define WEFT_DATA_TARGET_INTERNAL_H

#include "data/target.h"

typedef struct TargetMaker {
    const TargetInput *input;
    Target *target;
    Diagnostics *diagnostics;
} TargetMaker;

// Whether weft.yml says it, which is written for this tree; a pack is for several versions of one.
bool target_is_of_project(const TargetMaker *maker, Span place);
// The table that `from` of TABLE asks; E624 when there is none.
void target_find_asked(TargetMaker *maker, TargetTable *table);
// Keys, batches and unique indexes; those that it asks are resolved.
void target_resolve(TargetMaker *maker, TargetTable *table);
void target_find_uniques(TargetMaker *maker, TargetTable *table);

#endif
