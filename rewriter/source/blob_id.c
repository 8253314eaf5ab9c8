// Blob ids. In: bytes. Out: the id that git has for them. libgit2 hashes (with detection of SHA-1
// collisions); nothing is written to any object store.
#include "source/blob_id.h"

#include <git2.h>
#include <string.h>
#include "base/bug.h"
#include "source/git_library.h"

BlobId blob_id_of(Str bytes) {
    git_library_start();
    git_oid oid;
    if (git_odb_hash(&oid, bytes.length > 0 ? bytes.data : "", bytes.length, GIT_OBJECT_BLOB) != 0)
        BUG("libgit2 cannot hash %zu bytes: %s", bytes.length, git_library_error());
    BlobId id;
    memcpy(id.bytes, oid.id, sizeof id.bytes);
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
