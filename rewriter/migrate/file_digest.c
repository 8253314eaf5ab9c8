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

// As many bytes as there are, up to PIECE. -1 with errno.
static ssize_t read_piece(int file, uint8_t *piece) {
    size_t length = 0;
    while (length < PIECE) {
        ssize_t got = read(file, piece + length, PIECE - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        length += (size_t)got;
    }
    return (ssize_t)length;
}

static void sum_pages(PageSum *pages, const uint8_t *piece, size_t length) {
    for (size_t at = 0; at < length; at += pages->page) {
        size_t page = length - at < pages->page ? length - at : pages->page;
        pages->sum += page_sum_of(pages->bytes + at, piece + at, page);
    }
    pages->bytes += length;
}

// Reads FROM to its end; TO is -1 for no copy, PAGES NULL for no sum of pages.
static bool pass(int from, int to, Digest *digest, uint64_t *bytes, PageSum *pages) {
    struct sha256_ctx context;
    uint8_t *piece = memory_alloc(PIECE);
    ssize_t got;
    bool good = true;
    sha256_init(&context);
    *bytes = 0;
    while (good && (got = read_piece(from, piece)) > 0) {
        sha256_update(&context, (size_t)got, piece);
        *bytes += (uint64_t)got;
        if (pages != NULL) sum_pages(pages, piece, (size_t)got);
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

static bool digest_file(Str path, Digest *digest, uint64_t *bytes, PageSum *pages) {
    Arena scratch = {0};
    int file = open_read(&scratch, path);
    bool good = file >= 0 && pass(file, -1, digest, bytes, pages);
    int error = errno;
    if (file >= 0) close(file);
    arena_release(&scratch);
    errno = error;
    return good;
}

bool file_digest(Str path, Digest *digest, uint64_t *bytes) { return digest_file(path, digest, bytes, NULL); }

bool file_digest_pages(Str path, uint32_t page, Digest *digest, PageSum *sum) {
    uint64_t bytes;
    *sum = (PageSum){.page = page};
    return digest_file(path, digest, &bytes, page > 0 ? sum : NULL);
}

bool file_copy(Str from, Str to, Digest *digest) {
    Arena scratch = {0};
    uint64_t bytes;
    const char *target = arena_copy(&scratch, to).data;
    int source = open_read(&scratch, from);
    int file = source < 0
                   ? -1
                   : open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
    bool good = file >= 0 && pass(source, file, digest, &bytes, NULL) && fsync(file) == 0;
    int error = errno;
    if (file >= 0 && close(file) != 0) good = false;
    if (file >= 0 && !good) unlink(target);
    if (source >= 0) close(source);
    arena_release(&scratch);
    errno = error;
    return good;
}
