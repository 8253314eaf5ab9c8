// SHA-256 of files of any size, and copies of them.
#ifndef WEFT_MIGRATE_FILE_DIGEST_H
#define WEFT_MIGRATE_FILE_DIGEST_H

#include "engine/page_sum.h"
#include "source/digest.h"

// False with errno.
bool file_digest(Str path, Digest *digest, uint64_t *bytes);
// The same, and the sum of its pages of PAGE bytes, in one reading.
bool file_digest_pages(Str path, uint32_t page, Digest *digest, PageSum *sum);
// Copies FROM to the new file TO, waits for the disk, and gives the digest of what was read. False with errno; TO is
// removed then, unless it was there before.
bool file_copy(Str from, Str to, Digest *digest);

#endif
