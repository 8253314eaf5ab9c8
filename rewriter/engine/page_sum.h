// A sum over the pages of a file that does not depend on their order: what was written, and what is read back, are
// compared by it.
#ifndef WEFT_ENGINE_PAGE_SUM_H
#define WEFT_ENGINE_PAGE_SUM_H

#include <stddef.h>
#include <stdint.h>

typedef struct PageSum {
    uint64_t sum;   // modulo 2^64, of a hash of each page and of where it lies
    uint64_t bytes; // length of the file
    uint32_t page;  // length of a page, a power of two from 512 to 65,536; 0 for a file without any
} PageSum;

// What the page BYTES at OFFSET adds to a sum: nothing when it is all zeros, so that a page that nobody has written is one
// that reads as zeros. For accidents; who wants to forge a page can.
uint64_t page_sum_of(uint64_t offset, const unsigned char *bytes, size_t length);

#endif
