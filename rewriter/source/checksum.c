// The checksum. In: bytes. Out: 64 bits. Four sums run side by side, since a multiplication takes its time.
#include "source/checksum.h"

#include <string.h>

static uint64_t word_at(const char *place) {
    uint64_t word;
    memcpy(&word, place, sizeof word);
    return word;
}

// Each step can be undone, so that no change is lost on the way.
static uint64_t mixed(uint64_t sum, uint64_t word) {
    sum = (sum ^ word) * 0x9e3779b97f4a7c15u;
    return sum ^ (sum >> 32);
}

uint64_t checksum(Str bytes) {
    uint64_t sums[4] = {1, 2, 3, 4}, all = bytes.length;
    size_t at = 0;
    for (; at + sizeof sums <= bytes.length; at += sizeof sums)
        for (size_t i = 0; i < 4; i++) sums[i] = mixed(sums[i], word_at(bytes.data + at + 8 * i));
    for (; at + 8 <= bytes.length; at += 8) all = mixed(all, word_at(bytes.data + at));
    for (; at < bytes.length; at++) all = mixed(all, (unsigned char)bytes.data[at]);
    for (size_t i = 0; i < 4; i++) all = mixed(all, sums[i]);
    return all;
}
