// The state folder. In: the environment, names. Out: bytes that this user alone could have written. Never
// follows a link below the folder and never makes anything that others can read.
#include "source/state_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/file_lock.h"
#include "base/path.h"

enum { FOLDER_MODE = 0700, FILE_MODE = 0600, OTHERS_MAY_WRITE = 022, OTHERS_MAY_READ = 044 };
enum { FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

// ---- where it is ---------------------------------------------------------------------------------
static bool is_absolute(Str path) { return str_starts_with(path, STR("/")); }

// Whether the part of PATH that exists is another user's; in a folder of root's nobody else can make one.
static bool is_of_another(Arena *arena, Str path) {
    struct stat status;
    while (stat(arena_copy(arena, path).data, &status) != 0) {
        if (path.length <= 1) return false;
        path = path_dirname(path);
    }
    return status.st_uid != geteuid() && status.st_uid != 0;
}

static bool use_place(StateFolder *folder, Str root, Str place, const char **why) {
    Str path = path_join(&folder->arena, place, STR("weft"));
    if (is_of_another(&folder->arena, path)) {
        *why = "the state folder would be in a folder of another user";
    } else if (path_stays_inside(root, path)) {
        *why = "the state folder is inside the tree";
    } else {
        folder->path = path;
    }
    return folder->path.length > 0;
}

void state_folder_close(StateFolder *folder) {
    arena_release(&folder->arena);
    *folder = (StateFolder){0};
}

// NAMED is what a variable says, BELOW_HOME where it is without one.
static bool open_place(StateFolder *folder, Str root, Str named, Str below_home, const char **why) {
    *folder = (StateFolder){0};
    Str home = str_from(getenv("HOME"));
    bool found;
    if (is_absolute(named) &&
        !is_of_another(&folder->arena, path_join(&folder->arena, named, STR("weft"))))
        found = use_place(folder, root, named, why);
    else
        found = is_absolute(home) &&
                use_place(folder, root, path_join(&folder->arena, home, below_home), why);
    if (!found) state_folder_close(folder);
    return found;
}

bool state_folder_open(StateFolder *folder, Str root, const char **why) {
    *why = "neither XDG_STATE_HOME nor HOME is an absolute path";
    return open_place(folder, root, str_from(getenv("XDG_STATE_HOME")), STR(".local/state"), why);
}

bool state_folder_open_cache(StateFolder *folder, Str root) {
    const char *why;
    return open_place(folder, root, str_from(getenv("XDG_CACHE_HOME")), STR(".cache"), &why);
}

// ---- whose it is ---------------------------------------------------------------------------------
static bool is_ours(const struct stat *status) {
    return status->st_uid == geteuid() && (status->st_mode & OTHERS_MAY_WRITE) == 0;
}

static void close_quietly(int file) {
    int error = errno;
    if (file >= 0) close(file);
    errno = error;
}

// FILE, unless somebody else could have written it: then it is closed.
static int only_ours(int file) {
    struct stat status;
    if (file < 0 || (fstat(file, &status) == 0 && is_ours(&status))) return file;
    close(file);
    errno = EPERM;
    return -1;
}

// FOLDER opened, to look at what is in it; -1 with errno. The state folder itself may be reached by links,
// which are the user's own.
static int open_folder(const StateFolder *folder, Str name) {
    Arena scratch = {0};
    int opened = open(arena_copy(&scratch, folder->path).data, FOLDER_FLAGS);
    opened = only_ours(opened);
    if (opened >= 0 && name.length > 0) {
        int top = opened;
        opened = only_ours(openat(top, arena_copy(&scratch, name).data, FOLDER_FLAGS | O_NOFOLLOW));
        close_quietly(top);
    }
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return opened;
}

static bool make_folder(Arena *scratch, Str path) {
    const char *name = arena_copy(scratch, path).data;
    if (mkdir(name, FOLDER_MODE) == 0 || errno == EEXIST) return true;
    if (errno != ENOENT || path.length <= 1) return false;
    // Once more only: /proc says ENOENT of what nobody can make there.
    return make_folder(scratch, path_dirname(path)) &&
           (mkdir(name, FOLDER_MODE) == 0 || errno == EEXIST);
}

// ---- files ---------------------------------------------------------------------------------------
// A name that could lead elsewhere is a mistake of the caller.
static Str folder_of(Str name) {
    Str folder = path_dirname(name), base = path_basename(name);
    BUG_UNLESS(base.length > 0 && base.data[0] != '.' && str_find(folder, '/') < 0);
    return folder;
}

static bool read_whole(int file, mode_t forbidden, Arena *arena, size_t limit, Str *bytes) {
    struct stat status;
    if (fstat(file, &status) != 0) return false;
    if (!S_ISREG(status.st_mode) || !is_ours(&status) || (status.st_mode & forbidden)) {
        errno = EPERM;
        return false;
    }
    if ((uintmax_t)status.st_size > limit) {
        errno = EFBIG;
        return false;
    }
    size_t length = (size_t)status.st_size, done = 0;
    char *block = arena_bytes(arena, length + 1);
    while (done < length) {
        ssize_t got = read(file, block + done, length - done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break; // shorter than it was
        done += (size_t)got;
    }
    block[done] = '\0';
    *bytes = (Str){block, done};
    return true;
}

static int open_file(int parent, Str name) {
    Arena scratch = {0};
    int file = openat(parent, arena_copy(&scratch, name).data,
                      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    int error = errno == ELOOP ? EPERM : errno; // a link
    arena_release(&scratch);
    errno = error;
    return file;
}

static bool read_file(const StateFolder *folder, mode_t forbidden, Arena *arena, Str name,
                      size_t limit, Str *bytes) {
    int parent = open_folder(folder, folder_of(name));
    int file = parent < 0 ? -1 : open_file(parent, path_basename(name));
    bool good = file >= 0 && read_whole(file, forbidden, arena, limit, bytes);
    close_quietly(file);
    close_quietly(parent);
    return good;
}

bool state_folder_read(const StateFolder *folder, Arena *arena, Str name, size_t limit,
                       Str *bytes) {
    return read_file(folder, 0, arena, name, limit, bytes);
}

bool state_folder_read_secret(const StateFolder *folder, Arena *arena, Str name, size_t limit,
                              Str *bytes) {
    return read_file(folder, OTHERS_MAY_READ, arena, name, limit, bytes);
}

// How a file is put in its place.
typedef enum Placing {
    PLACE_LASTING,  // whatever happens, it is there afterwards; one that was there is replaced
    PLACE_NEW_ONLY, // the same; one that was there stays, and that is a failure
    PLACE_PASSING,  // a power cut may lose it
} Placing;

// A new file, whose name nobody else takes: neither a thread of this process nor a process of the same number in
// another container with the same home.
static int begin_in(int parent, Arena *arena, const char **temporary) {
    uint64_t number = 0;
    *temporary = "";
    if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number) return -1;
    *temporary = arena_format(arena, ".new-%016" PRIx64, number).data;
    return openat(parent, *temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
}

static bool write_in(int parent, Str name, Str bytes, Placing placing) {
    Arena scratch = {0};
    const char *target = arena_copy(&scratch, name).data, *temporary;
    int file = begin_in(parent, &scratch, &temporary);
    bool good = file >= 0 && file_write_all(file, bytes) && (placing == PLACE_PASSING || fsync(file) == 0);
    if (file >= 0 && close(file) != 0) good = false;
    bool moved = false;
    if (good && placing == PLACE_NEW_ONLY)
        good = linkat(parent, temporary, parent, target, 0) == 0;
    else if (good)
        good = moved = renameat(parent, temporary, parent, target) == 0;
    good = good && (placing == PLACE_PASSING || fsync(parent) == 0);
    int error = errno;
    if (file >= 0 && !moved) (void)unlinkat(parent, temporary, 0);
    arena_release(&scratch);
    errno = error;
    return good;
}

bool state_folder_write(const StateFolder *folder, Str name, Str bytes, bool new_only) {
    Arena scratch = {0};
    Str below = folder_of(name);
    bool good = make_folder(&scratch, path_join(&scratch, folder->path, below));
    int error = errno;
    arena_release(&scratch);
    errno = error;
    int parent = good ? open_folder(folder, below) : -1;
    if (parent < 0) return false;
    good = write_in(parent, path_basename(name), bytes, new_only ? PLACE_NEW_ONLY : PLACE_LASTING);
    close_quietly(parent);
    return good;
}

bool state_folder_remove(const StateFolder *folder, Str name) {
    Arena scratch = {0};
    int parent = open_folder(folder, folder_of(name));
    bool good =
        parent >= 0 && unlinkat(parent, arena_copy(&scratch, path_basename(name)).data, 0) == 0;
    close_quietly(parent);
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return good;
}

static int compare_names(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

void state_folder_list(const StateFolder *folder, Arena *arena, Str name, StateNames *names) {
    int opened = open_folder(folder, name);
    DIR *stream = opened >= 0 ? fdopendir(opened) : NULL;
    if (stream == NULL) {
        close_quietly(opened);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(stream));) {
        if (entry->d_name[0] == '.') continue;
        vec_add(names, arena_copy(arena, str_from(entry->d_name)));
    }
    closedir(stream);
    if (names->count > 1) qsort(names->items, names->count, sizeof *names->items, compare_names);
}

// ---- many files of one folder ----------------------------------------------------------------------
int state_folder_enter(const StateFolder *folder, Str name, bool make) {
    Arena scratch = {0};
    int top = !make || make_folder(&scratch, folder->path) ? open_folder(folder, STR_NONE) : -1;
    const char *below = arena_copy(&scratch, name).data;
    int opened = -1;
    if (top >= 0 && (!make || mkdirat(top, below, FOLDER_MODE) == 0 || errno == EEXIST))
        opened = only_ours(openat(top, below, FOLDER_FLAGS | O_NOFOLLOW));
    close_quietly(top);
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return opened;
}

// A file that is read shows by its time that it is of use; once an hour is enough.
static void show_use(int file) {
    enum { OFTEN = 3600 };
    struct stat status;
    struct timespec now;
    if (fstat(file, &status) != 0 || clock_gettime(CLOCK_REALTIME, &now) != 0) return;
    if (now.tv_sec - status.st_mtim.tv_sec > OFTEN) (void)futimens(file, NULL);
}

bool state_folder_read_in(int opened, Arena *arena, Str name, size_t limit, Str *bytes) {
    int file = open_file(opened, name);
    bool good = file >= 0 && read_whole(file, 0, arena, limit, bytes);
    if (good) show_use(file);
    close_quietly(file);
    return good;
}

bool state_folder_keep_in(int opened, Str name, Str bytes) {
    return write_in(opened, name, bytes, PLACE_PASSING);
}

int state_folder_open_in(int opened, Str name, uint64_t *size) {
    struct stat status;
    int file = open_file(opened, name);
    if (file < 0) return -1;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && is_ours(&status)) {
        show_use(file);
        *size = (uint64_t)status.st_size;
        return file;
    }
    close(file);
    errno = EPERM;
    return -1;
}

int state_folder_append_in(int opened, Str name, int reading) {
    Arena scratch = {0};
    struct stat then, now;
    int file = openat(opened, arena_copy(&scratch, name).data, O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    arena_release(&scratch);
    if (file < 0 || (file_lock_take(file) && fstat(file, &now) == 0 && fstat(reading, &then) == 0 &&
                     is_ours(&now) && now.st_ino == then.st_ino && now.st_dev == then.st_dev))
        return file;
    close(file);
    errno = EAGAIN;
    return -1;
}

int state_folder_begin_in(int opened, Arena *arena, Str *temporary) {
    const char *name;
    int file = begin_in(opened, arena, &name);
    *temporary = str_from(name);
    return file;
}

bool state_folder_finish_in(int opened, Str temporary, Str name) {
    Arena scratch = {0};
    bool good = renameat(opened, arena_copy(&scratch, temporary).data, opened, arena_copy(&scratch, name).data) == 0;
    arena_release(&scratch);
    return good;
}

void state_folder_measure(int opened, Arena *arena, StateEntries *entries) {
    int again = openat(opened, ".", FOLDER_FLAGS);
    DIR *stream = again >= 0 ? fdopendir(again) : NULL;
    if (stream == NULL) {
        close_quietly(again);
        return;
    }
    struct stat status;
    for (const struct dirent *entry; (entry = readdir(stream));) {
        if (fstatat(opened, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(status.st_mode))
            continue;
        vec_add(entries, ((StateEntry){.name = arena_copy(arena, str_from(entry->d_name)),
                                       .size = (uint64_t)status.st_size,
                                       .used = status.st_mtim}));
    }
    closedir(stream);
}

bool state_folder_remove_in(int opened, Str name) {
    Arena scratch = {0};
    bool good = unlinkat(opened, arena_copy(&scratch, name).data, 0) == 0;
    arena_release(&scratch);
    return good;
}
