// What a program that stays (`weft watch`, `weft lsp`) keeps of a tree from one run of the pipeline to the next. It makes
// runs faster and never another one: all of it is known by the bytes that it was made from.
#ifndef WEFT_CLI_RESIDENT_H
#define WEFT_CLI_RESIDENT_H

#include "facts/store.h"
#include "source/source.h"

typedef struct Resident {
    FactsStore *facts; // of the files, and of the texts that they would become
    Sources before;    // the tree as the last run read it; no files: there was none
} Resident;

void resident_open(Resident *resident);
// No run that uses it may be open.
void resident_close(Resident *resident);
// A run has read SOURCES, and the one before it is released: fills SOURCES.facts and the digests of the files.
void resident_begin(Resident *resident, Sources *sources);
// A run ends: takes SOURCES over.
void resident_end(Resident *resident, Sources *sources);

#endif
