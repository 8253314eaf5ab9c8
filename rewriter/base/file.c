// Whole files. In: paths and bytes. Out: the content of a regular file, or a file replaced so that a
// crash leaves the old or the new one. Never blocks on a FIFO and never leaves a temporary file.
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/path.h"

enum { FIRST_READ = 64 }; // for files whose size is not known beforehand, such as those of /proc

static FileResult result_of_errno(void) {
    switch (errno) {
    case ENOENT:
    case ENOTDIR: return FILE_MISSING;
    case ENXIO: return FILE_NOT_REGULAR; // a socket cannot be opened
    default: return FILE_UNREADABLE;
    }
}

// A path as the system wants it; NULL with errno set when it holds a NUL byte.
static const char *system_path(Arena *scratch, Str path) {
    if (str_find(path, '\0') >= 0) {
        errno = EINVAL;
        return NULL;
    }
    return arena_copy(scratch, path).data;
}

// Reads until the end; the file may be longer or shorter than fstat said.
static FileResult read_all(Arena *arena, int fd, size_t expected, size_t limit, Str *bytes) {
    size_t capacity = expected ? expected + 1 : FIRST_READ;
    char *block = arena_bytes(arena, capacity + 1);
    size_t length = 0;
    for (;;) {
        if (length == capacity) {
            char *larger = arena_bytes(arena, capacity * 2 + 1);
            memcpy(larger, block, length);
            block = larger;
            capacity *= 2;
        }
        ssize_t got = read(fd, block + length, capacity - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return FILE_UNREADABLE;
        if (got == 0) break;
        length += (size_t)got;
        if (limit && length > limit) return FILE_TOO_LARGE;
    }
    *bytes = (Str){block, length};
    block[length] = '\0';
    return FILE_OK;
}

FileResult file_read_opened(Arena *arena, int descriptor, size_t limit, Str *bytes,
                            struct stat *status) {
    if (descriptor < 0) return result_of_errno();
    struct stat found;
    FileResult result = FILE_OK;
    if (fstat(descriptor, &found) != 0) {
        result = FILE_UNREADABLE;
    } else if (!S_ISREG(found.st_mode)) {
        result = FILE_NOT_REGULAR;
    } else if (limit && (uintmax_t)found.st_size > limit) {
        result = FILE_TOO_LARGE;
    } else {
        result = read_all(arena, descriptor, (size_t)found.st_size, limit, bytes);
    }
    if (status && result != FILE_UNREADABLE) *status = found;
    int read_errno = errno;
    close(descriptor);
    errno = read_errno;
    return result;
}

FileResult file_read(Arena *arena, Str path, size_t limit, Str *bytes, struct stat *status) {
    Arena scratch = {0};
    const char *name = system_path(&scratch, path);
    int fd = name ? open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
    int open_errno = errno;
    arena_release(&scratch);
    errno = open_errno;
    return file_read_opened(arena, fd, limit, bytes, status);
}

bool file_read_part(Arena *arena, int descriptor, uint64_t offset, uint64_t length, Str *bytes) {
    struct stat status;
    if (fstat(descriptor, &status) != 0) return false;
    if (!S_ISREG(status.st_mode)) {
        errno = EIO;
        return false;
    }
    // Before memory is asked for: who names the length may be wrong.
    uint64_t size = (uint64_t)status.st_size;
    if (offset > size || length > size - offset) {
        errno = EIO;
        return false;
    }
    char *block = arena_bytes(arena, (size_t)length + 1);
    for (size_t done = 0; done < length;) {
        ssize_t got =
            pread(descriptor, block + done, (size_t)length - done, (off_t)(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got == 0) errno = EIO;
        if (got <= 0) return false;
        done += (size_t)got;
    }
    block[length] = '\0';
    *bytes = (Str){block, (size_t)length};
    return true;
}

static bool same_time(const struct timespec *a, const struct timespec *b) {
    return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool file_is_unchanged(const struct stat *then, const struct stat *now) {
    return now->st_ino == then->st_ino && now->st_dev == then->st_dev &&
           now->st_size == then->st_size && now->st_mode == then->st_mode &&
           same_time(&now->st_mtim, &then->st_mtim) && same_time(&now->st_ctim, &then->st_ctim);
}

bool file_write_all(int fd, Str bytes) {
    while (bytes.length) {
        ssize_t written = write(fd, bytes.data, bytes.length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = str_slice(bytes, (size_t)written, bytes.length);
    }
    return true;
}

// Makes the entries of FOLDER durable. Some file systems cannot; that is no failure of the write.
static bool sync_folder(const char *folder) {
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool synced = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
    int saved = errno;
    close(fd);
    errno = saved;
    return synced;
}

bool file_sync(Str path) {
    Arena scratch = {0};
    Str folder = path_dirname(path);
    int fd = open(arena_copy(&scratch, path).data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool synced = fd >= 0 && fsync(fd) == 0;
    int saved = errno;
    if (fd >= 0) close(fd);
    errno = saved;
    synced = synced && sync_folder(folder.length ? arena_copy(&scratch, folder).data : ".");
    saved = errno;
    arena_release(&scratch);
    errno = saved;
    return synced;
}

static bool make_folder(Arena *scratch, Str folder, const char *name) {
    if (mkdir(name, 0777) != 0) return errno == EEXIST; // no folder: opening the temporary file says so
    Str parent = path_dirname(folder);
    return sync_folder(parent.length ? arena_copy(scratch, parent).data : ".");
}

static bool make_folders(Arena *scratch, Str folder) {
    if (!folder.length) return true;
    const char *name = arena_copy(scratch, folder).data;
    if (make_folder(scratch, folder, name)) return true;
    if (errno != ENOENT || str_equal(path_dirname(folder), folder)) return false;
    // Once more only: /proc says ENOENT of what nobody can make there.
    return make_folders(scratch, path_dirname(folder)) && make_folder(scratch, folder, name);
}

// Writes the temporary file in full, with the owner of the file that it will replace.
static bool fill_temporary(int fd, Str bytes, mode_t mode, const struct stat *old) {
    if (old && (old->st_uid != geteuid() || old->st_gid != getegid())) {
        // Only root may give a file away; for others the new owner is right anyway.
        if (fchown(fd, old->st_uid, old->st_gid) != 0 && errno != EPERM) return false;
    }
    return file_write_all(fd, bytes) && fchmod(fd, mode & 07777) == 0 && fsync(fd) == 0;
}

static bool replace_regular(Arena *scratch, Str target, Str bytes, mode_t mode) {
    Str folder = path_dirname(target);
    if (!make_folders(scratch, folder)) return false;
    const char *name = arena_copy(scratch, target).data;
    struct stat old;
    bool exists = stat(name, &old) == 0;

    // The name of the target is left out: with a suffix it could get too long.
    Str pattern = path_join(scratch, folder, STR(".weft-XXXXXX"));
    char *temporary =
        memcpy(arena_alloc(scratch, pattern.length + 1), pattern.data, pattern.length);
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) return false;
    bool filled = fill_temporary(fd, bytes, mode, exists ? &old : NULL);
    int saved = errno;
    if (close(fd) != 0 && filled) {
        filled = false;
        saved = errno;
    }
    errno = saved;
    if (!filled || rename(temporary, name) != 0) {
        saved = errno;
        unlink(temporary);
        errno = saved;
        return false;
    }
    // When only this fails the new content is in place, but it could be lost in a crash: the caller
    // must not count on it, so it is a failure.
    return sync_folder(folder.length ? arena_copy(scratch, folder).data : ".");
}

// A device, or a queue that somebody reads: /dev/null, /dev/stdout, >(command). Without a reader it is not waited for.
static bool is_written_into(const char *name) {
    struct stat status;
    return stat(name, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

static bool write_into(const char *name, Str bytes) {
    int fd = open(name, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) return false;
    bool written = fcntl(fd, F_SETFL, 0) == 0 && file_write_all(fd, bytes); // it may read slowly
    int saved = errno;
    if (close(fd) != 0 && written) return false;
    errno = saved;
    return written;
}

static bool replace_named(Arena *scratch, const char *name, Str path, Str bytes, mode_t mode) {
    if (is_written_into(name)) return write_into(name, bytes);
    Str target = path;
    struct stat link;
    // A link stays a link: what it points to is replaced.
    bool is_link = lstat(name, &link) == 0 && S_ISLNK(link.st_mode);
    return (!is_link || path_real(scratch, path, &target)) && replace_regular(scratch, target, bytes, mode);
}

bool file_replace(Str path, Str bytes, mode_t mode) {
    Arena scratch = {0};
    const char *name = system_path(&scratch, path);
    bool replaced = name && replace_named(&scratch, name, path, bytes, mode);
    int saved = errno;
    arena_release(&scratch);
    errno = saved;
    return replaced;
}

bool file_append(Str path, Str bytes, mode_t mode) {
    Arena scratch = {0};
    const char *name = system_path(&scratch, path);
    int fd = -1;
    if (name && make_folders(&scratch, path_dirname(path)))
        fd = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode & 07777);
    bool appended = fd >= 0 && file_write_all(fd, bytes) && fsync(fd) == 0;
    int saved = errno;
    if (fd >= 0 && close(fd) != 0 && appended) {
        appended = false;
        saved = errno;
    }
    arena_release(&scratch);
    errno = saved;
    return appended;
}
