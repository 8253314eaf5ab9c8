// Facts of single files in memory, for a program that stays (`weft watch`, `weft lsp`): an edit leaves those of all other
// files as they are, and nobody has to read them from the cache.
#ifndef WEFT_FACTS_STORE_H
#define WEFT_FACTS_STORE_H

#include "facts/facts.h"
#include "source/digest.h"

typedef struct FactsStore FactsStore;

FactsStore *facts_store_new(void);
// No facts that came out of it may be in use. NULL is fine.
void facts_store_free(FactsStore *store);
// A run begins: what neither the last one nor the one before it asked for goes. None may be in use.
void facts_store_turn(FactsStore *store);

// Facts under KEY as those of FILE; false when there are none. They share their rows with the store (Facts.shared): they
// may be read, merged and released. Called from several threads, as is the next one.
bool facts_store_find(FactsStore *store, const Digest *key, const Sources *sources, FileId file, Facts *facts);
// Takes FACTS over, and leaves what facts_store_find would give.
void facts_store_take(FactsStore *store, const Digest *key, Facts *facts);

#endif
