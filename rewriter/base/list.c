// Growable arrays in an arena.
#include "base/list.h"

#include <string.h>

#include "base/bug.h"

void list_grow(Arena *arena, void **items, uint32_t *count, uint32_t *capacity, size_t size) {
    if (*count == *capacity) {
        BUG_UNLESS(*capacity < UINT32_MAX / 4);
        uint32_t larger = *capacity == 0 ? 4 : 2 * *capacity;
        char *block = arena_alloc(arena, larger * size);
        if (*count > 0) memcpy(block, *items, *count * size);
        *items = block;
        *capacity = larger;
    }
    (*count)++;
}
