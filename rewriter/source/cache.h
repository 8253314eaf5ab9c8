// What weft has worked out before, to be had again: bytes by a digest of all that they were made from.
//
// It lies in the user's cache folder (source/state_folder.h), outside of every tree, so that no tree brings one along.
// An entry belongs to one build of weft: another one never sees it. It is read whole and by a checksum: one that is
// damaged, cut short or of another key is as if it were not there. Several runs may use the folder at once, and each
// may end at any time. Losing it loses nothing but time, so that no failure of it is ever reported.
#ifndef WEFT_SOURCE_CACHE_H
#define WEFT_SOURCE_CACHE_H

#include "base/arena.h"
#include "source/digest.h"

typedef enum CacheKind {
    CACHE_FACTS,  // what stands in one file: small, and many (source/bundle.h)
    CACHE_SOLVED, // a tree, with all that was decided of it
    CACHE_TEXT,   // what a command printed
    CACHE_KIND_COUNT,
} CacheKind;

typedef struct Cache Cache;

// The cache for work on the tree ROOT, a real path; empty: on none. NULL where there is none to use.
Cache *cache_open(Str root);
// Removes what was not used for longest while there is more than the cache may have. NULL is fine.
void cache_close(Cache *cache);

// The entry, in ARENA. False when there is none. As the next, it may be called by several threads at once.
bool cache_find(Cache *cache, CacheKind kind, const Digest *key, Arena *arena, Str *bytes);
// The same entry is of use, though nobody reads it: it does not go before others. False when there is none. Of CACHE_FACTS
// alone; NULL is fine.
bool cache_use(Cache *cache, CacheKind kind, const Digest *key);
void cache_keep(Cache *cache, CacheKind kind, const Digest *key, Str bytes);

// What is there, and where.
typedef struct CacheSize {
    uint64_t entries, bytes;
    uint64_t most; // bytes that it may have: $WEFT_CACHE_LIMIT, else 1 GiB
    Str place;     // lives as long as the cache
} CacheSize;
// Goes through the folder.
CacheSize cache_size(const Cache *cache);
// Removes all entries.
void cache_clear(Cache *cache);

#endif
