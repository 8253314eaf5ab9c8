// File operations of apply/. In: absolute paths. Out: the operation done and durable, or errno. Must
// never follow a link at the end of a path: what weft wants is there, or it is a failure.
#include "apply/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/str.h"

// A NUL-terminated copy for the system; released by finish.
typedef struct Path {
    Arena arena;
    const char *name;
} Path;

static Path path_of(Str path) {
    Path made = {0};
    made.name = arena_copy(&made.arena, path).data;
    return made;
}

static bool finish(Path *path, bool good) {
    int error = errno;
    arena_release(&path->arena);
    errno = error;
    return good;
}

static bool write_all(int fd, Str bytes) {
    while (bytes.length > 0) {
        ssize_t written = write(fd, bytes.data, bytes.length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes = str_slice(bytes, (size_t)written, bytes.length);
    }
    return true;
}

static bool sync_file(const Files *files, int fd) { return files->no_sync || fsync(fd) == 0; }

static bool close_file(int fd, bool good) {
    int error = errno;
    if (close(fd) != 0 && good) return false;
    errno = error;
    return good;
}

// Only root may give a file away; others were refused before (targets.c).
static bool set_owner(int fd, const struct stat *owner) {
    if (owner == NULL) return true;
    if (owner->st_uid == geteuid() && owner->st_gid == getegid()) return true;
    return fchown(fd, owner->st_uid, owner->st_gid) == 0;
}

// Only a hint: where the file system cannot begin now, the sync does all of it.
static void begin_sync(const Files *files, int fd) {
    if (!files->no_sync) (void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

static bool write_file(const Files *files, Str path, Str bytes, mode_t mode,
                       const struct stat *owner, bool sync) {
    enum { FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW };
    Path at = path_of(path);
    int fd = open(at.name, FLAGS, 0600);
    if (fd < 0 && errno == EEXIST && unlink(at.name) == 0) fd = open(at.name, FLAGS, 0600);
    if (fd < 0) return finish(&at, false);
    bool good = write_all(fd, bytes) && set_owner(fd, owner) && fchmod(fd, mode & 07777) == 0;
    if (good && sync) good = sync_file(files, fd);
    if (good && !sync) begin_sync(files, fd);
    good = close_file(fd, good);
    if (!good) {
        int error = errno;
        unlink(at.name);
        errno = error;
    }
    return finish(&at, good);
}

bool files_write(const Files *files, Str path, Str bytes, mode_t mode, const struct stat *owner) {
    return write_file(files, path, bytes, mode, owner, true);
}

bool files_start(const Files *files, Str path, Str bytes, mode_t mode, const struct stat *owner) {
    return write_file(files, path, bytes, mode, owner, false);
}

bool files_sync(const Files *files, Str path) {
    if (files->no_sync) return true;
    Path at = path_of(path);
    int fd = open(at.name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return finish(&at, false);
    return finish(&at, close_file(fd, fsync(fd) == 0));
}

bool files_append(const Files *files, Str path, size_t length, Str bytes) {
    Path at = path_of(path);
    int fd = open(at.name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) return finish(&at, false);
    bool good = ftruncate(fd, (off_t)length) == 0 && lseek(fd, 0, SEEK_END) >= 0 &&
                write_all(fd, bytes) && sync_file(files, fd);
    return finish(&at, close_file(fd, good));
}

bool files_rename(const Files *files, Str from, Str to) {
    (void)files;
    Path old = path_of(from), new = path_of(to);
    bool good = rename(old.name, new.name) == 0;
    return finish(&old, finish(&new, good));
}

bool files_make_folder(const Files *files, Str path) {
    (void)files;
    Path at = path_of(path);
    return finish(&at, mkdir(at.name, 0777) == 0 || errno == EEXIST);
}

bool files_remove(const Files *files, Str path) {
    (void)files;
    Path at = path_of(path);
    return finish(&at, unlink(at.name) == 0 || errno == ENOENT || errno == ENOTDIR);
}

bool files_remove_folder(const Files *files, Str path) {
    (void)files;
    Path at = path_of(path);
    return finish(&at, rmdir(at.name) == 0 || errno == ENOENT || errno == ENOTDIR);
}

bool files_sync_folder(const Files *files, Str path) {
    if (files->no_sync) return true;
    Path at = path_of(path);
    int fd = open(at.name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return finish(&at, false);
    bool good = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
    return finish(&at, close_file(fd, good));
}
