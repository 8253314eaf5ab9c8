// Digests and copies in pieces, so that the size of a file does not matter.
#include "migrate/file_digest.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/bug.h"

enum { PIECE = 1 << 20, FILE_MODE = 0600 };

static bool write_all(int file, const uint8_t *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

// Reads FROM to its end; TO is -1 for no copy.
static bool pass(int from, int to, Digest *digest, uint64_t *bytes) {
    struct sha256_ctx context;
    uint8_t *piece = memory_alloc(PIECE);
    ssize_t got;
    bool good = true;
    sha256_init(&context);
    *bytes = 0;
    while (good && ((got = read(from, piece, PIECE)) > 0 || (got < 0 && errno == EINTR))) {
        if (got < 0) continue;
        sha256_update(&context, (size_t)got, piece);
        *bytes += (uint64_t)got;
        good = to < 0 || write_all(to, piece, (size_t)got);
    }
    good = good && got == 0;
    sha256_digest(&context, DIGEST_SIZE, digest->bytes);
    int error = errno;
    free(piece);
    errno = error;
    return good;
}

static int open_read(Arena *scratch, Str path) {
    return open(arena_copy(scratch, path).data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

bool file_digest(Str path, Digest *digest, uint64_t *bytes) {
    Arena scratch = {0};
    int file = open_read(&scratch, path);
    bool good = file >= 0 && pass(file, -1, digest, bytes);
    int error = errno;
    if (file >= 0) close(file);
    arena_release(&scratch);
    errno = error;
    return good;
}

bool file_copy(Str from, Str to, Digest *digest) {
    Arena scratch = {0};
    uint64_t bytes;
    const char *target = arena_copy(&scratch, to).data;
    int source = open_read(&scratch, from);
    int file = source < 0
                   ? -1
                   : open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
    bool good = file >= 0 && pass(source, file, digest, &bytes) && fsync(file) == 0;
    int error = errno;
    if (file >= 0 && close(file) != 0) good = false;
    if (file >= 0 && !good) unlink(target);
    if (source >= 0) close(source);
    arena_release(&scratch);
    errno = error;
    return good;
}
