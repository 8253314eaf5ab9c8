// Digests. In: bytes, and a key. Out: SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), by nettle.
#include "source/digest.h"

#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <nettle/sha2.h>

_Static_assert(DIGEST_SIZE == SHA256_DIGEST_SIZE, "a digest is a SHA-256");

static const uint8_t *bytes_of(Str text) {
    return (const uint8_t *)(text.length > 0 ? text.data : "");
}

Digest digest_of(Str bytes) {
    struct sha256_ctx hash;
    Digest digest;
    sha256_init(&hash);
    sha256_update(&hash, bytes.length, bytes_of(bytes));
    sha256_digest(&hash, sizeof digest.bytes, digest.bytes);
    return digest;
}

Digest digest_keyed(const DigestKey *key, Str first, Str second) {
    struct hmac_sha256_ctx hash;
    Digest digest;
    hmac_sha256_set_key(&hash, sizeof key->bytes, key->bytes);
    hmac_sha256_update(&hash, first.length, bytes_of(first));
    hmac_sha256_update(&hash, second.length, bytes_of(second));
    hmac_sha256_digest(&hash, sizeof digest.bytes, digest.bytes);
    return digest;
}

bool digest_equal(const Digest *a, const Digest *b) {
    return memeql_sec(a->bytes, b->bytes, sizeof a->bytes) != 0;
}

DigestText digest_text(const Digest *digest) {
    static const char digits[] = "0123456789abcdef";
    DigestText text = {{0}};
    for (size_t i = 0; i < DIGEST_SIZE; i++) {
        text.digits[2 * i] = digits[digest->bytes[i] >> 4];
        text.digits[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
    return text;
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool digest_parse(Str digits, Digest *digest) {
    if (digits.length != DIGEST_DIGITS) return false;
    for (size_t i = 0; i < DIGEST_SIZE; i++) {
        int high = digit_value(digits.data[2 * i]), low = digit_value(digits.data[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        digest->bytes[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}
