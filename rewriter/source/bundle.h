// Many small entries of the cache in one file: the facts of the files of a tree.
//
// Entries are read one by one, each by its own checksum. What is new goes to a file beside it. When the bundle is
// closed, a little is appended to the old file; more takes its place, along with what was there and still is of use: the
// entries that were asked for, and as much again of the others, so that going back and forth between two branches costs
// nothing. When the program ends before that, the old file stays.
#ifndef WEFT_SOURCE_BUNDLE_H
#define WEFT_SOURCE_BUNDLE_H

#include "base/arena.h"
#include "source/digest.h"

typedef struct Bundle Bundle;

// The bundle NAME of a folder of the cache, which is open and outlives it; it need not be there.
Bundle *bundle_open(int folder, Str name);
// True when the file has changed. NULL is fine.
bool bundle_close(Bundle *bundle);
// Called by several threads at once.
bool bundle_find(Bundle *bundle, const Digest *key, Arena *arena, Str *bytes);
// The entry, when there is one, is of use to this run, which has no need to read it. False when there is none.
bool bundle_use(Bundle *bundle, const Digest *key);
void bundle_keep(Bundle *bundle, const Digest *key, Str bytes);

#endif
