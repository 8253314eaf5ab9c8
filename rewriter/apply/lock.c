// The lock of a tree. In: a lock file. Out: at most one holder. The kernel gives the lock back when its
// holder ends, however it ends, so that no lock is ever stale; the text in the file is for people.
#include "apply/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/file_lock.h"

enum { MOST_BYTES = 65536 };

#define LOCK_HEADER "weft-lock 1" // before that, weft 0.1.0 had no such line

static bool is_lock(int fd) {
    struct stat status;
    if (fstat(fd, &status) != 0) return false;
    errno = EEXIST;
    return S_ISREG(status.st_mode);
}

static Str describe(Arena *arena, Str command) {
    char host[256] = "", since[32] = "";
    gethostname(host, sizeof host - 1);
    time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts)) strftime(since, sizeof since, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return arena_format(arena, "process %ld on %s since %s: %.*s\n", (long)getpid(), host, since,
                        STR_ARG(command));
}

static Str read_holder(const Files *files, Arena *arena, Str path) {
    Str text = STR_NONE;
    if (beneath_read(arena, files->root, path, MOST_BYTES, &text, NULL) == FILE_OK)
        text = str_trim(text);
    Str rest = text, line;
    if (str_split_next(&rest, '\n', &line) && str_is(line, LOCK_HEADER)) return str_trim(rest);
    if (str_starts_with(text, STR("weft-lock "))) return STR("a weft of a later version");
    return text.length > 0 ? text : STR("a process that has not said yet who it is");
}

// Without it the lock holds as well; only the message to others is poorer.
static void write_holder(int fd, Str text) {
    if (ftruncate(fd, 0) != 0) return;
    ssize_t written = pwrite(fd, text.data, text.length, 0);
    (void)written;
}

LockResult lock_take(const Files *files, Arena *arena, Str path, Str command, int *descriptor,
                     Str *holder) {
    int fd = beneath_open(files->root, path, O_RDWR | O_CREAT, 0644);
    if (fd < 0) return LOCK_FAILED;
    if (!is_lock(fd) || !files_give(files, fd)) {
        int error = errno;
        close(fd);
        errno = error;
        return LOCK_FAILED;
    }
    if (!file_lock_take(fd)) {
        int error = errno;
        close(fd);
        errno = error;
        if (error != EWOULDBLOCK) return LOCK_FAILED;
        *holder = read_holder(files, arena, path);
        return LOCK_HELD;
    }
    // Without the first line nobody could tell what a later weft writes there.
    Str text = arena_format(arena, LOCK_HEADER "\n%.*s", STR_ARG(describe(arena, command)));
    write_holder(fd, text);
    *descriptor = fd;
    return LOCK_TAKEN;
}

bool lock_is_held(const Files *files, Arena *arena, Str path, Str *holder) {
    int fd = beneath_open(files->root, path, O_RDONLY, 0);
    if (fd < 0) return false;
    bool held = file_lock_is_held(fd);
    close(fd);
    if (held) *holder = read_holder(files, arena, path);
    return held;
}
