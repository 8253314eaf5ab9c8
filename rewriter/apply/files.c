// File operations of apply/. In: paths below a folder. Out: the operation done and durable, or errno. Must
// never follow a link, neither at the end of a path nor on the way: what weft wants is there, or it is a
// failure.
#include "apply/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "apply/attributes.h"
#include "base/path.h"

enum { PERMISSIONS = 0777 }; // what weft gives: never set-user-ID, set-group-ID or sticky

// The folder of a path, opened, and the last part of it for the system; released by finish.
typedef struct Entry {
    Arena arena;
    int folder; // -1 with errno
    const char *name;
} Entry;

static Entry entry_of(const Files *files, Str path) {
    Entry entry = {.folder = beneath_folder_of(files->root, path)};
    if (entry.folder >= 0) entry.name = arena_copy(&entry.arena, path_basename(path)).data;
    return entry;
}

static bool finish(Entry *entry, bool good) {
    int error = errno;
    if (entry->folder >= 0) close(entry->folder);
    arena_release(&entry->arena);
    errno = error;
    return good;
}

static bool close_file(int fd, bool good) {
    int error = errno;
    if (close(fd) != 0 && good) return false;
    errno = error;
    return good;
}

// ---- writing -------------------------------------------------------------------------------------

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

// Only root may give a file away, and others only to a group of theirs.
static bool set_owner(int fd, uid_t user, gid_t group) {
    struct stat now;
    if (fstat(fd, &now) != 0) return false;
    return (now.st_uid == user && now.st_gid == group) || fchown(fd, user, group) == 0;
}

bool files_give(const Files *files, int descriptor) {
    return !files->gives_away || set_owner(descriptor, files->user, files->group);
}

// Who may do what with MODEL, may do it with the file: no more at any moment, so the bits come last.
static bool take_after(int fd, int model, mode_t mode) {
    struct stat status;
    bool has_list;
    if (fstat(model, &status) != 0 || !set_owner(fd, status.st_uid, status.st_gid) ||
        !attributes_copy(model, fd, &has_list))
        return false;
    return has_list || fchmod(fd, mode & PERMISSIONS) == 0;
}

static bool set_access(const Files *files, int fd, mode_t mode, Str model) {
    if (model.length == 0) return files_give(files, fd) && fchmod(fd, mode & PERMISSIONS) == 0;
    int like = beneath_open(files->root, model, O_RDONLY, 0);
    return like >= 0 && close_file(like, take_after(fd, like, mode));
}

// Only a hint: where the file system cannot begin now, the sync does all of it.
static void begin_sync(const Files *files, int fd) {
    if (!files->no_sync) (void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

static bool write_file(const Files *files, Str path, Str bytes, mode_t mode, Str model, bool sync) {
    enum { FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW };
    Entry at = entry_of(files, path);
    if (at.folder < 0) return finish(&at, false);
    int fd = openat(at.folder, at.name, FLAGS, 0600);
    if (fd < 0 && errno == EEXIST && unlinkat(at.folder, at.name, 0) == 0)
        fd = openat(at.folder, at.name, FLAGS, 0600);
    if (fd < 0) return finish(&at, false);
    bool good = write_all(fd, bytes) && set_access(files, fd, mode, model);
    if (good && sync) good = sync_file(files, fd);
    if (good && !sync) begin_sync(files, fd);
    good = close_file(fd, good);
    if (!good) {
        int error = errno;
        unlinkat(at.folder, at.name, 0);
        errno = error;
    }
    return finish(&at, good);
}

bool files_write(const Files *files, Str path, Str bytes, mode_t mode) {
    return write_file(files, path, bytes, mode, STR_NONE, true);
}

bool files_start(const Files *files, Str path, Str bytes, mode_t mode, Str model) {
    return write_file(files, path, bytes, mode, model, false);
}

bool files_sync(const Files *files, Str path) {
    if (files->no_sync) return true;
    // For reading, since MODE may forbid to write; fsync does not mind.
    int fd = beneath_open(files->root, path, O_RDONLY, 0);
    return fd >= 0 && close_file(fd, fsync(fd) == 0);
}

bool files_append(const Files *files, Str path, size_t length, Str bytes) {
    int fd = beneath_open(files->root, path, O_WRONLY, 0);
    if (fd < 0) return false;
    bool good = ftruncate(fd, (off_t)length) == 0 && lseek(fd, 0, SEEK_END) >= 0 &&
                write_all(fd, bytes) && sync_file(files, fd);
    return close_file(fd, good);
}

// ---- names ---------------------------------------------------------------------------------------

bool files_rename(const Files *files, Str from, Str to) {
    Entry old = entry_of(files, from), new = entry_of(files, to);
    bool good = old.folder >= 0 && new.folder >= 0 &&
                renameat(old.folder, old.name, new.folder, new.name) == 0;
    return finish(&old, finish(&new, good));
}

bool files_make_folder(const Files *files, Str path, mode_t mode) {
    Entry at = entry_of(files, path);
    bool good = at.folder >= 0 && mkdirat(at.folder, at.name, mode) == 0;
    if (!good) return finish(&at, at.folder >= 0 && errno == EEXIST);
    if (files->gives_away) {
        int fd = openat(at.folder, at.name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        good = fd >= 0 && close_file(fd, files_give(files, fd));
    }
    return finish(&at, good);
}

static bool remove_entry(const Files *files, Str path, int flags) {
    Entry at = entry_of(files, path);
    bool good = at.folder >= 0 && unlinkat(at.folder, at.name, flags) == 0;
    return finish(&at, good || errno == ENOENT || errno == ENOTDIR);
}

bool files_remove(const Files *files, Str path) { return remove_entry(files, path, 0); }

bool files_remove_folder(const Files *files, Str path) {
    return remove_entry(files, path, AT_REMOVEDIR);
}

bool files_sync_folder(const Files *files, Str path) {
    if (files->no_sync) return true;
    int fd = beneath_open(files->root, path, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0) return false;
    bool good = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
    return close_file(fd, good);
}
