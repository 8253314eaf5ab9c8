// Blob ids. In: bytes. Out: the id that git has for them: the SHA-1 of "blob LENGTH", a NUL and the
// bytes. By nettle, because libgit2 would have to be started for it and looks for collisions, which takes
// four times as long: who can plant files that collide can plant any others.
#include "source/blob_id.h"

#include <nettle/sha1.h>
#include <stdio.h>
#include <string.h>

_Static_assert(BLOB_ID_SIZE == SHA1_DIGEST_SIZE, "a blob id is a SHA-1");

BlobId blob_id_of(Str bytes) { return blob_id_of_kind("blob", bytes); }

BlobId blob_id_of_kind(const char *kind, Str bytes) {
    char header[32];
    int length = snprintf(header, sizeof header, "%s %zu", kind, bytes.length);
    struct sha1_ctx hash;
    BlobId id;
    sha1_init(&hash);
    sha1_update(&hash, (size_t)length + 1, (const uint8_t *)header);
    if (bytes.length > 0) sha1_update(&hash, bytes.length, (const uint8_t *)bytes.data);
    sha1_digest(&hash, sizeof id.bytes, id.bytes);
    return id;
}

bool blob_id_equal(const BlobId *a, const BlobId *b) {
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

BlobIdText blob_id_text(const BlobId *id) {
    static const char digits[] = "0123456789abcdef";
    BlobIdText text = {{0}};
    for (size_t i = 0; i < BLOB_ID_SIZE; i++) {
        text.digits[2 * i] = digits[id->bytes[i] >> 4];
        text.digits[2 * i + 1] = digits[id->bytes[i] & 15];
    }
    return text;
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool blob_id_parse(Str digits, BlobId *id) {
    if (digits.length != BLOB_ID_DIGITS) return false;
    for (size_t i = 0; i < BLOB_ID_SIZE; i++) {
        int high = digit_value(digits.data[2 * i]), low = digit_value(digits.data[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        id->bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}
