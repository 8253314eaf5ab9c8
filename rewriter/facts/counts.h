// How the facts of files were had in a run, for --stats. Counted by several threads at once.
#ifndef WEFT_FACTS_COUNTS_H
#define WEFT_FACTS_COUNTS_H

#include <stdatomic.h>

typedef struct FactsCounts {
    atomic_uint parsed;         // whole files
    atomic_uint parsed_in_part; // what an edit touched of them
    atomic_uint from_memory;    // of a program that stays (facts/store.h)
    atomic_uint from_shards;    // files of facts that were given (source/shard.h)
    atomic_uint from_cache;     // earlier runs (source/cache.h)
} FactsCounts;

#endif
