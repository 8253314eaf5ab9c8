// Private to known.c and included.c.
#ifndef WEFT_CLANG_UNIT_KNOWN_INTERNAL_H
#define WEFT_CLANG_UNIT_KNOWN_INTERNAL_H

#include <pthread.h>

#include "base/intern.h"
#include "clang/unit/known.h"
#include "source/cache.h"

// A command without its main text.
typedef struct Command {
    Digest digest;
    Strs folders, names; // search.h
} Command;

typedef struct KnownList {
    Digest key;
    Str bytes;
} KnownList;

struct Known {
    const Sources *sources;
    Cache *cache; // NULL: nothing is kept
    Reads *reads;
    Digest compiler; // and its environment
    pthread_mutex_t lock; // guards the rest
    Arena arena;
    Interner *commands;
    Vec(Command *) rows;    // by Name.index
    Vec(KnownList) lists;   // to be kept in the end
    Vec(const ReadFile *) replaced;
    Map replaced_by_source; // FileId.index -> index in REPLACED
};

// What a unit reads at PATH, as it is replaced.
const ReadFile *known_file(Known *known, Str path);
// Lives as long as KNOWN.
const Command *known_command_row(Known *known, const UnitFact *unit);

#endif
