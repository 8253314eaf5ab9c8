// In: a page and its place. Out: 64 bits of all of it. In lanes, since each has to wait for its own multiplication.
#include "engine/page_sum.h"

#include <string.h>

#define FACTOR 0x9e3779b97f4a7c15u

enum { LANES = 8, STRIDE = LANES * sizeof(uint64_t) };

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * FACTOR;
    return hash ^ (hash >> 32);
}

// Adds one word to each lane; says whether one of them was not zero.
static uint64_t add_stride(uint64_t *lanes, const unsigned char *bytes) {
    uint64_t words[LANES], seen = 0;
    memcpy(words, bytes, STRIDE);
    for (int i = 0; i < LANES; i++) {
        seen |= words[i];
        lanes[i] = mix(lanes[i], words[i]);
    }
    return seen;
}

uint64_t page_sum_of(uint64_t offset, const unsigned char *bytes, size_t length) {
    uint64_t lanes[LANES] = {1, 2, 3, 4, 5, 6, 7, 8}, seen = 0, hash = mix(length, offset);
    size_t at = 0;
    for (; length - at >= STRIDE; at += STRIDE) seen |= add_stride(lanes, bytes + at);
    if (at < length) { // pages are whole strides; the end of a damaged file may be none
        unsigned char rest[STRIDE] = {0};
        memcpy(rest, bytes + at, length - at);
        seen |= add_stride(lanes, rest);
    }
    if (seen == 0) return 0;
    for (int i = 0; i < LANES; i++) hash = mix(hash, lanes[i]);
    return hash;
}
