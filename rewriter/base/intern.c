// Names as numbers. In: byte strings. Out: dense ids in order of first appearance. The bytes of a
// name never move; the hash table decides nothing that a caller can see. It holds ids and a part of
// the hash, 8 bytes a slot, is probed linearly and never fuller than three quarters.
#include "base/intern.h"

#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "base/bug.h"
#include "base/vec.h"

typedef struct Slot {
    uint32_t hash;
    Name name; // NAME_NONE: free
} Slot;

struct Interner {
    Arena arena;    // bytes
    Slot *slots;
    uint32_t capacity; // of the slots; 0 or a power of two
    Vec(Str) names; // by id
    size_t longest; // bytes of a name: what is longer is none, and is not looked at
};

enum { FIRST_CAPACITY = 32 };

Interner *interner_new(void) {
    Interner *interner = memory_alloc_zeroed(1, sizeof *interner);
    vec_add(&interner->names, STR(""));
    return interner;
}

void interner_free(Interner *interner) {
    if (!interner) return;
    free(interner->slots);
    vec_release(&interner->names);
    arena_release(&interner->arena);
    free(interner);
}

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 29);
}

// Eight bytes at a time: each name of a tree passes here.
static uint32_t hash_of(Str s) {
    uint64_t hash = s.length, word = 0;
    size_t at = 0;
    for (; at + sizeof word <= s.length; at += sizeof word) {
        memcpy(&word, s.data + at, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    memcpy(&word, s.data + at, s.length - at);
    hash = mix(hash, word);
    return (uint32_t)(hash ^ (hash >> 32));
}

// The slot of S, or the free one where it belongs.
static Slot *slot_find(const Interner *interner, Str s, uint32_t hash) {
    uint32_t mask = interner->capacity - 1;
    for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
        Slot *slot = &interner->slots[at];
        if (!slot->name.index) return slot;
        if (slot->hash == hash && str_equal(interner->names.items[slot->name.index], s))
            return slot;
    }
}

static void make_room(Interner *interner) {
    if (interner->names.count < interner->capacity / 4 * 3) return;
    BUG_UNLESS(interner->capacity < 0x80000000u);
    Slot *old = interner->slots;
    uint32_t count = interner->capacity;
    interner->capacity = count ? count * 2 : FIRST_CAPACITY;
    interner->slots = memory_alloc_zeroed(interner->capacity, sizeof *interner->slots);
    uint32_t mask = interner->capacity - 1;
    for (uint32_t i = 0; i < count; i++) {
        if (!old[i].name.index) continue;
        uint32_t at = old[i].hash & mask;
        while (interner->slots[at].name.index) at = (at + 1) & mask;
        interner->slots[at] = old[i];
    }
    free(old);
}

Name intern(Interner *interner, Str s) {
    if (s.length == 0) return NAME_NONE;
    make_room(interner);
    uint32_t hash = hash_of(s);
    Slot *slot = slot_find(interner, s, hash);
    if (slot->name.index) return slot->name;
    *slot = (Slot){hash, {interner->names.count}};
    vec_add(&interner->names, arena_copy(&interner->arena, s));
    if (s.length > interner->longest) interner->longest = s.length;
    return slot->name;
}

Name intern_find(const Interner *interner, Str s) {
    if (s.length == 0 || s.length > interner->longest) return NAME_NONE;
    return slot_find(interner, s, hash_of(s))->name;
}

Name intern_find_dotted(const Interner *interner, Str prefix, Str rest) {
    char room[256];
    size_t length = prefix.length + 1 + rest.length;
    if (length > interner->longest) return NAME_NONE;
    char *text = length <= sizeof room ? room : memory_alloc(length);
    if (prefix.length > 0) memcpy(text, prefix.data, prefix.length);
    text[prefix.length] = '.';
    if (rest.length > 0) memcpy(text + prefix.length + 1, rest.data, rest.length);
    Name name = intern_find(interner, (Str){text, length});
    if (text != room) free(text);
    return name;
}

Str intern_str(const Interner *interner, Name name) {
    BUG_UNLESS(name.index < interner->names.count);
    return interner->names.items[name.index];
}

uint32_t intern_count(const Interner *interner) { return interner->names.count; }
