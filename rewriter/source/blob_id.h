// The name that git gives to bytes: SHA-1 of "blob LENGTH\0" and the bytes, as `git hash-object`.
#ifndef WEFT_SOURCE_BLOB_ID_H
#define WEFT_SOURCE_BLOB_ID_H

#include "base/str.h"

enum { BLOB_ID_SIZE = 20, BLOB_ID_DIGITS = 2 * BLOB_ID_SIZE };

typedef struct BlobId {
    unsigned char bytes[BLOB_ID_SIZE];
} BlobId;

// An id as text: 40 lower-case hexadecimal digits and a NUL.
typedef struct BlobIdText {
    char digits[BLOB_ID_DIGITS + 1];
} BlobIdText;

// The name that git gives a file of these bytes.
BlobId blob_id_of(Str bytes);
// The same for an object of another kind: "tree", "commit", "tag".
BlobId blob_id_of_kind(const char *kind, Str bytes);
bool blob_id_equal(const BlobId *a, const BlobId *b);
BlobIdText blob_id_text(const BlobId *id);
// False when DIGITS is not exactly 40 lower-case hexadecimal digits.
bool blob_id_parse(Str digits, BlobId *id);

#endif
