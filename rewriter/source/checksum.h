// A sum of bytes that shows damage; not a secret, and no defence against a forger.
#ifndef WEFT_SOURCE_CHECKSUM_H
#define WEFT_SOURCE_CHECKSUM_H

#include "base/str.h"

// One word of eight bytes that changes always changes the sum; of other damage one in 2^64 is not seen.
uint64_t checksum(Str bytes);

#endif
