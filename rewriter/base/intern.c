// Names as numbers. In: byte strings. Out: dense ids in order of first appearance. The bytes of a
// name never move; the hash table decides nothing that a caller can see.
#include "base/intern.h"

#include <stdlib.h>
#include "base/arena.h"
#include "base/bug.h"
#include "base/vec.h"

#define uthash_malloc(size) memory_alloc(size)
#define uthash_fatal(message) BUG("%s", message)
#include <uthash.h>

typedef struct InternNode {
    Str bytes;
    Name name;
    UT_hash_handle hh;
} InternNode;

struct Interner {
    Arena arena;       // nodes and bytes
    InternNode *table; // uthash head
    Vec(Str) names;    // by id
};

Interner *interner_new(void) {
    Interner *interner = memory_alloc_zeroed(1, sizeof *interner);
    vec_add(&interner->names, STR(""));
    return interner;
}

void interner_free(Interner *interner) {
    if (!interner) return;
    HASH_CLEAR(hh, interner->table);
    vec_release(&interner->names);
    arena_release(&interner->arena);
    free(interner);
}

static unsigned hash_of(Str s) {
    uint64_t hash = str_hash(s);
    return (unsigned)(hash ^ (hash >> 32));
}

static const InternNode *node_find(const Interner *interner, Str s, unsigned hash) {
    InternNode *node = NULL;
    HASH_FIND_BYHASHVALUE(hh, interner->table, s.data, s.length, hash, node);
    return node;
}

Name intern(Interner *interner, Str s) {
    if (s.length == 0) return NAME_NONE;
    unsigned hash = hash_of(s);
    const InternNode *known = node_find(interner, s, hash);
    if (known) return known->name;

    InternNode *node = arena_new(&interner->arena, InternNode);
    node->bytes = arena_copy(&interner->arena, s);
    node->name = (Name){interner->names.count};
    vec_add(&interner->names, node->bytes);
    HASH_ADD_KEYPTR_BYHASHVALUE(hh, interner->table, node->bytes.data, node->bytes.length, hash,
                                node);
    return node->name;
}

Name intern_find(const Interner *interner, Str s) {
    if (s.length == 0) return NAME_NONE;
    const InternNode *node = node_find(interner, s, hash_of(s));
    return node ? node->name : NAME_NONE;
}

Str intern_str(const Interner *interner, Name name) {
    BUG_UNLESS(name.index < interner->names.count);
    return interner->names.items[name.index];
}

uint32_t intern_count(const Interner *interner) { return interner->names.count; }
