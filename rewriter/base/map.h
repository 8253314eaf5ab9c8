// uint64 -> uint32 hash map. Iteration order is not offered on purpose: nothing that reaches output
// may depend on the order of a hash table.
#ifndef WEFT_BASE_MAP_H
#define WEFT_BASE_MAP_H

#include <stdbool.h>
#include <stdint.h>

typedef struct MapEntry MapEntry;
typedef struct Map {
    MapEntry *entries;
    uint32_t count, capacity;
} Map;

// A zeroed Map is ready for use.
void map_release(Map *map);
void map_put(Map *map, uint64_t key, uint32_t value); // adds or replaces
bool map_get(const Map *map, uint64_t key, uint32_t *value); // false and *value untouched if absent
uint32_t map_count(const Map *map);

// Two 32-bit ids as one key.
static inline uint64_t map_key(uint32_t high, uint32_t low) {
    return ((uint64_t)high << 32) | low;
}

#endif
