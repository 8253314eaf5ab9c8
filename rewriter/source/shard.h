// Facts of files that another run has found, perhaps on another machine: a table of bytes by key, as the cache has it
// (source/cache.h), in one file that whoever made it names.
//
// A file of it begins with "weft shard 1\n" and the HMAC-SHA-256 of all that follows: the digest of the build that wrote it,
// which part of how many it is, the number of entries, a row for each, and their bytes. Facts are believed as they stand, so
// that a file counts only when it was made with the same key, and by the same build.
#ifndef WEFT_SOURCE_SHARD_H
#define WEFT_SOURCE_SHARD_H

#include "base/arena.h"
#include "source/digest.h"

typedef struct Shard Shard;

// One part of so many, counted from 1.
typedef struct ShardPart {
    uint32_t number, count;
} ShardPart;

// An empty table. Whoever made it frees it; NULL is fine there.
Shard *shard_new(void);
void shard_free(Shard *shard);

// Keeps a copy of BYTES under KEY, unless there are some already. Called by several threads at once.
void shard_add(Shard *shard, const Digest *key, Str bytes);
// The bytes under KEY, which live as long as the table. False when there are none. Nobody may add meanwhile.
bool shard_find(const Shard *shard, const Digest *key, Str *bytes);
uint32_t shard_count(const Shard *shard);

// Adds the whole of a file to OUT: the same entries give the same bytes, in whatever order they were added.
void shard_write(const Shard *shard, ShardPart part, const DigestKey *key, StrBuf *out);

typedef enum ShardAnswer {
    SHARD_GOOD,
    SHARD_NONE,        // no such file, or a damaged one
    SHARD_FOREIGN,     // not made with KEY, or changed since
    SHARD_OTHER_BUILD, // by a weft that may mean something else by the same bytes
} ShardAnswer;
// Adds the entries of the file TEXT, which is not needed any more then, and says which part it is. Any other answer than
// SHARD_GOOD adds nothing.
ShardAnswer shard_read(Shard *shard, Str text, const DigestKey *key, ShardPart *part);

#endif
