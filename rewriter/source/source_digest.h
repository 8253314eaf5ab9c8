// What the bytes of a file are known by: made once a file, for all keys of the cache that it is part of.
#ifndef WEFT_SOURCE_SOURCE_DIGEST_H
#define WEFT_SOURCE_SOURCE_DIGEST_H

#include "source/source.h"

// Fills SourceFile.digest of every file. Those of BEFORE, the same tree as it was read earlier, are taken over where the
// bytes are the same; NULL: there is none.
void sources_digest(Sources *sources, const Sources *before);
// The digest of all that is read of FILE: its bytes and, where code was looked for in them, that code.
Digest source_digest(const SourceFile *file);

#endif
