// uint64 -> uint32 map: one array, open addressing, linear probing, never fuller than three quarters.
// In: keys and values. Out: single look-ups; the entries are never walked in an order that a caller
// could see. An entry takes 16 bytes: there are maps with one entry for each expression.
#include "base/map.h"

#include <stdlib.h>
#include "base/bug.h"

struct MapEntry {
    uint64_t key;
    uint32_t value;
    bool used;
};

enum { FIRST_CAPACITY = 8 }; // a power of two, as all of them

// Keys are pairs of small numbers: multiply by 2^64 / golden ratio and fold, so that all bits count.
static uint32_t slot_of(uint64_t key, uint32_t capacity) {
    uint64_t mixed = (key ^ (key >> 32)) * 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ (mixed >> 29)) * 0xbf58476d1ce4e5b9u;
    return (uint32_t)(mixed >> 32) & (capacity - 1);
}

// The entry of KEY, or the free one where it belongs.
static MapEntry *entry_at(const Map *map, uint64_t key) {
    uint32_t slot = slot_of(key, map->capacity);
    while (map->entries[slot].used && map->entries[slot].key != key)
        slot = (slot + 1) & (map->capacity - 1);
    return &map->entries[slot];
}

static void make_room(Map *map) {
    if (map->count < map->capacity / 4 * 3) return;
    BUG_UNLESS(map->capacity < 0x80000000u);
    Map grown = {.count = map->count,
                 .capacity = map->capacity ? map->capacity * 2 : FIRST_CAPACITY};
    grown.entries = memory_alloc_zeroed(grown.capacity, sizeof *grown.entries);
    for (uint32_t i = 0; i < map->capacity; i++)
        if (map->entries[i].used) *entry_at(&grown, map->entries[i].key) = map->entries[i];
    free(map->entries);
    *map = grown;
}

void map_release(Map *map) {
    free(map->entries);
    *map = (Map){0};
}

void map_put(Map *map, uint64_t key, uint32_t value) {
    make_room(map);
    MapEntry *entry = entry_at(map, key);
    map->count += !entry->used;
    *entry = (MapEntry){key, value, true};
}

bool map_get(const Map *map, uint64_t key, uint32_t *value) {
    if (!map->count) return false;
    const MapEntry *entry = entry_at(map, key);
    if (entry->used) *value = entry->value;
    return entry->used;
}

uint32_t map_count(const Map *map) { return map->count; }
