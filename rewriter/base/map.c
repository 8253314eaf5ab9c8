// uint64 -> uint32 map over uthash. In: keys and values. Out: single look-ups; the entries are never
// walked in an order that a caller could see.
#include "base/map.h"

#include <stdlib.h>
#include "base/bug.h"

#define uthash_malloc(size) memory_alloc(size)
#define uthash_fatal(message) BUG("%s", message)
#include <uthash.h>

struct MapEntry {
    uint64_t key;
    uint32_t value;
    UT_hash_handle hh;
};

static MapEntry *entry_find(const Map *map, uint64_t key) {
    MapEntry *entry = NULL;
    HASH_FIND(hh, map->entries, &key, sizeof key, entry);
    return entry;
}

void map_release(Map *map) {
    MapEntry *entry = map->entries;
    HASH_CLEAR(hh, map->entries); // drops the table; the chain of entries stays readable
    while (entry) {
        MapEntry *next = entry->hh.next;
        free(entry);
        entry = next;
    }
    map->entries = NULL;
}

void map_put(Map *map, uint64_t key, uint32_t value) {
    MapEntry *entry = entry_find(map, key);
    if (!entry) {
        entry = memory_alloc_zeroed(1, sizeof *entry);
        entry->key = key;
        HASH_ADD(hh, map->entries, key, sizeof key, entry);
    }
    entry->value = value;
}

bool map_get(const Map *map, uint64_t key, uint32_t *value) {
    const MapEntry *entry = entry_find(map, key);
    if (entry) *value = entry->value;
    return entry != NULL;
}

uint32_t map_count(const Map *map) { return (uint32_t)HASH_COUNT(map->entries); }
