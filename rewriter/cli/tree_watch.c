// In: the files of a tree. Out: the moment when one of them is another. Reads no file.
#include "cli/tree_watch.h"

#include <errno.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "apply/interrupt.h"
#include "base/path.h"

enum { QUIET = 10, MOST_QUIETS = 20 }; // milliseconds, and how many of them one answer may wait
#define CHANGES (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MOVE_SELF | IN_DELETE_SELF)

bool tree_watch_open(TreeWatch *watch) {
    *watch = (TreeWatch){inotify_init1(IN_NONBLOCK | IN_CLOEXEC), interner_new(), false};
    return watch->descriptor >= 0;
}

void tree_watch_close(TreeWatch *watch) {
    if (watch->descriptor >= 0) close(watch->descriptor);
    interner_free(watch->folders);
}

// A folder that is gone meanwhile is asked for again by the next round.
static bool add_folder(TreeWatch *watch, Str root, Str folder) {
    Arena scratch = {0};
    Str path = arena_copy(&scratch, path_join(&scratch, root, folder));
    bool good = intern_find(watch->folders, path).index != 0;
    if (!good && inotify_add_watch(watch->descriptor, path.data, CHANGES | IN_ONLYDIR | IN_EXCL_UNLINK) >= 0) {
        intern(watch->folders, path);
        good = watch->grown = true;
    }
    good = good || errno == ENOENT || errno == ENOTDIR || errno == EACCES;
    arena_release(&scratch);
    return good;
}

bool tree_watch_add(TreeWatch *watch, const Sources *sources) {
    bool good = add_folder(watch, sources->root, STR_NONE);
    for (uint32_t i = 1; good && i < sources->files.count; i++) {
        Str folder = path_dirname(sources->files.items[i].path);
        while (good && folder.length > 1) {
            good = add_folder(watch, sources->root, folder);
            // Of a rule file outside the tree its own folder is enough.
            folder = str_starts_with(folder, STR("/")) ? STR_NONE : path_dirname(folder);
        }
    }
    return good;
}

bool tree_watch_is_new(TreeWatch *watch) {
    bool grown = watch->grown;
    watch->grown = false;
    return grown;
}

// Takes what has happened; a folder that went is to be watched anew when it is there again.
static bool take_events(TreeWatch *watch) {
    _Alignas(struct inotify_event) char events[16384];
    bool some = false;
    for (;;) {
        ssize_t got = read(watch->descriptor, events, sizeof events);
        if (got < 0 && errno == EINTR && !interrupt_came()) continue;
        if (got <= 0) return some;
        some = true;
        for (ssize_t at = 0; at < got;) {
            struct inotify_event event;
            memcpy(&event, events + at, sizeof event);
            at += (ssize_t)(sizeof event + event.len);
            if (!(event.mask & (IN_IGNORED | IN_MOVE_SELF | IN_Q_OVERFLOW))) continue;
            interner_free(watch->folders);
            watch->folders = interner_new();
        }
    }
}

bool tree_watch_wait(TreeWatch *watch) {
    struct pollfd ready = {.fd = watch->descriptor, .events = POLLIN};
    int quiets = 0;
    bool some = false;
    while (!interrupt_came()) {
        int found = poll(&ready, 1, some ? QUIET : -1);
        if (found > 0 && take_events(watch)) some = true;
        if (some && (found == 0 || ++quiets > MOST_QUIETS)) return true;
    }
    return false;
}
