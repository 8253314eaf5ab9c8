// SHA-256, plain and keyed: for what must not be forged, where a blob id only names bytes.
#ifndef WEFT_SOURCE_DIGEST_H
#define WEFT_SOURCE_DIGEST_H

#include "base/str.h"

enum { DIGEST_SIZE = 32, DIGEST_DIGITS = 2 * DIGEST_SIZE };

typedef struct Digest {
    unsigned char bytes[DIGEST_SIZE];
} Digest;

// A digest, or a key, as text: 64 lower-case hexadecimal digits and a NUL.
typedef struct DigestText {
    char digits[DIGEST_DIGITS + 1];
} DigestText;

// A secret. Who does not know it can make no keyed digest.
typedef struct DigestKey {
    unsigned char bytes[DIGEST_SIZE];
} DigestKey;

// SHA-256 of BYTES.
Digest digest_of(Str bytes);
// HMAC-SHA-256 of FIRST and SECOND, one after the other.
Digest digest_keyed(const DigestKey *key, Str first, Str second);
// Takes the same time wherever the two differ.
bool digest_equal(const Digest *a, const Digest *b);
DigestText digest_text(const Digest *digest);
// False when DIGITS is not exactly 64 lower-case hexadecimal digits.
bool digest_parse(Str digits, Digest *digest);

#endif
