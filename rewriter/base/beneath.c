// Opening below a folder. In: a descriptor of the folder and a relative path. Out: a descriptor of what is
// there, or errno. Must never follow a link, also not one that appears while it works. Linux 5.6 has one
// call for that, openat2; older kernels, and sandboxes that forbid it, get the same part by part.
#include "base/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/path.h"

enum { FOLDER_FLAGS = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

int beneath_root(Str folder) {
    Arena scratch = {0};
    int fd = open(arena_copy(&scratch, folder).data, FOLDER_FLAGS);
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return fd;
}

static bool is_relative(Str path) {
    if (path.length == 0) return true;
    if (path.data[path.length - 1] == '/' || str_find(path, '\0') >= 0) return false;
    for (Str rest = path, part; str_split_next(&rest, '/', &part);)
        if (part.length == 0 || str_is(part, ".") || str_is(part, "..")) return false;
    return true;
}

static void close_kept(int fd) {
    int error = errno;
    close(fd);
    errno = error;
}

// ---- folders -------------------------------------------------------------------------------------

// FLAGS without O_NOFOLLOW: with it a link at the end would be opened as such, and be "no folder".
static int open_at_once(int root, const char *path, uint64_t flags) {
    struct open_how how = {.flags = flags, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
    return (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

// Whether the kernel has said that it has no openat2, or that this process may not use it.
static _Atomic bool is_refused;

static bool says_refused(void) { return errno == ENOSYS || errno == EPERM || errno == EINVAL; }

static int open_part(int folder, const char *name) {
    struct stat status;
    int fd = openat(folder, name, FOLDER_FLAGS);
    // A link is no folder either; openat2 says which of the two it is.
    if (fd < 0 && errno == ENOTDIR && fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
        errno = S_ISLNK(status.st_mode) ? ELOOP : ENOTDIR;
    return fd;
}

static int open_by_parts(Arena *scratch, int root, Str folder) {
    int fd = open_part(root, ".");
    Str part;
    if (folder.length == 0) return fd;
    while (fd >= 0 && str_split_next(&folder, '/', &part)) {
        int next = open_part(fd, arena_copy(scratch, part).data);
        close_kept(fd);
        fd = next;
    }
    return fd;
}

static int open_folder(int root, Str folder) {
    Arena scratch = {0};
    int fd = -1;
    bool done = false;
    if (!is_refused) {
        fd = open_at_once(root, folder.length > 0 ? arena_copy(&scratch, folder).data : ".", FOLDER_FLAGS & ~O_NOFOLLOW);
        done = fd >= 0 || !says_refused();
    }
    if (!done) {
        is_refused = true;
        fd = open_by_parts(&scratch, root, folder);
    }
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return fd;
}

int beneath_folder_of(int root, Str path) {
    if (path.length > 0 && is_relative(path)) return open_folder(root, path_dirname(path));
    errno = EXDEV;
    return -1;
}

// ---- what is in them -----------------------------------------------------------------------------

int beneath_open(int root, Str path, int flags, mode_t mode) {
    Arena scratch = {0};
    int folder = path.length > 0 ? beneath_folder_of(root, path) : open_folder(root, STR(""));
    if (folder < 0) return -1;
    const char *name = path.length > 0 ? arena_copy(&scratch, path_basename(path)).data : ".";
    int fd = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode);
    close_kept(folder);
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return fd;
}

bool beneath_status(int root, Str path, struct stat *status) {
    Arena scratch = {0};
    int folder = beneath_folder_of(root, path);
    if (folder < 0) return false;
    const char *name = arena_copy(&scratch, path_basename(path)).data;
    bool good = fstatat(folder, name, status, AT_SYMLINK_NOFOLLOW) == 0;
    close_kept(folder);
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return good;
}

enum { READ_FLAGS = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY };

// With one call for a file where the kernel has it, since whole trees are read.
static int open_to_read(int root, Str path) {
    if (is_refused || path.length == 0 || !is_relative(path)) return beneath_open(root, path, O_RDONLY, 0);
    Arena scratch = {0};
    int fd = open_at_once(root, arena_copy(&scratch, path).data, READ_FLAGS);
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return fd >= 0 || !says_refused() ? fd : beneath_open(root, path, O_RDONLY, 0);
}

FileResult beneath_read(Arena *arena, int root, Str path, size_t limit, Str *bytes,
                        struct stat *status) {
    return file_read_opened(arena, open_to_read(root, path), limit, bytes, status);
}

FileResult beneath_read_linked(Arena *arena, int root, Str folder, Str path, size_t limit, Str *bytes,
                               struct stat *status) {
    FileResult result = beneath_read(arena, root, path, limit, bytes, status);
    if (result != FILE_UNREADABLE || errno != ELOOP) return result;
    Arena scratch = {0};
    Str real, inside;
    bool found = path_real(&scratch, path_join(&scratch, folder, path), &real);
    if (found && path_relative(folder, real, &inside))
        result = beneath_read(arena, root, inside, limit, bytes, status);
    else if (found)
        errno = ELOOP;
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return result;
}
