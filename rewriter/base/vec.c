// Growth of the typed arrays of vec.h. In: the three fields of a Vec. Out: room for more items,
// zeroed. Never leaves the count changed without the items being there.
#include "base/vec.h"

#include "base/bug.h"

enum { FIRST_CAPACITY = 8 };
#define MOST_ITEMS 0x80000000u

uint32_t vec_grow(void **items, uint32_t *count, uint32_t *capacity, uint32_t extra, size_t size) {
    uint32_t first = *count;
    if (extra > MOST_ITEMS - first) BUG("vector of more than 2^31 items");
    uint32_t needed = first + extra;

    // The field is a T*, not a void*: it is moved as bytes to keep within the aliasing rules.
    char *block;
    memcpy(&block, items, sizeof block);
    if (needed > *capacity) {
        uint32_t grown = *capacity < MOST_ITEMS / 2 ? *capacity * 2 : MOST_ITEMS;
        if (grown < FIRST_CAPACITY) grown = FIRST_CAPACITY;
        if (grown < needed) grown = needed;
        block = memory_resize(block, (size_t)grown * size);
        memcpy(items, &block, sizeof block);
        *capacity = grown;
    }
    if (extra) memset(block + (size_t)first * size, 0, (size_t)extra * size);
    *count = needed;
    return first;
}

void vec_shrink(void **items, uint32_t count, uint32_t *capacity, size_t size) {
    if (count == 0 || count == *capacity) return;
    char *block;
    memcpy(&block, items, sizeof block);
    block = memory_resize(block, (size_t)count * size);
    memcpy(items, &block, sizeof block);
    *capacity = count;
}
