// Where a migration keeps its state. In: the name of a database. Out: files that this user alone could have written.
// Must not be inside the tree or the database: it is what is left when one of them is lost.
#include "migrate/site.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file_lock.h"
#include "base/path.h"
#include "source/digest.h"

enum { MOST_BYTES = 64 << 20, NAME_DIGITS = 16, FILE_MODE = 0600 };

static bool refuse(const char *what, const char *why, Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E672, SPAN_NONE, "cannot %s: %s", what, why);
    diagnostic_help(diagnostics,
                    "what weft keeps of a migration is in $XDG_STATE_HOME/weft, which must be this "
                    "user's own and outside of the tree");
    return false;
}

// One file has one name, from wherever it is looked at.
static Str full_name(Arena *arena, DataEngine engine, Str database) {
    Str real;
    if (engine == ENGINE_SQLITE && path_real(arena, database, &real)) return real;
    return database;
}

static bool open_state(Site *site, Str root, Diagnostics *diagnostics) {
    const char *why;
    *site = (Site){.lock = -1};
    if (!state_folder_open(&site->state, root, &why))
        return refuse("keep what is done", why, diagnostics);
    site->root = arena_copy(&site->state.arena, root);
    return true;
}

static void name_folder(Site *site, const char *kind, Str key) {
    Arena *arena = &site->state.arena;
    Digest digest = digest_of(key);
    site->name = arena_format(arena, "%s-%.*s", kind, NAME_DIGITS, digest_text(&digest).digits);
    site->folder = path_join(arena, site->state.path, site->name);
}

bool site_open(Site *site, Str root, DataEngine engine, Str database, Diagnostics *diagnostics) {
    if (!open_state(site, root, diagnostics)) return false;
    Arena *arena = &site->state.arena;
    site->database = full_name(arena, engine, database);
    site->command = "weft data";
    name_folder(site, "data",
                arena_format(arena, "%s %.*s", engine_name(engine), STR_ARG(site->database)));
    return true;
}

bool site_open_tree(Site *site, Str root, Diagnostics *diagnostics) {
    if (!open_state(site, root, diagnostics)) return false;
    site->database = site->root;
    site->command = "weft migrate";
    name_folder(site, "tree", site->root);
    return true;
}

void site_close(Site *site) {
    if (site->lock >= 0) close(site->lock);
    state_folder_close(&site->state);
    *site = (Site){.lock = -1};
}

Str site_path(Site *site, const char *file) {
    return path_join(&site->state.arena, site->folder, str_from(file));
}

static Str name_of(const Site *site, Arena *arena, const char *file) {
    return path_join(arena, site->name, str_from(file));
}

bool site_read(const Site *site, Arena *arena, const char *file, Str *bytes,
               Diagnostics *diagnostics) {
    *bytes = STR_NONE;
    if (state_folder_read(&site->state, arena, name_of(site, arena, file), MOST_BYTES, bytes) ||
        errno == ENOENT)
        return true;
    return refuse("read what is kept of this migration",
                  errno == EPERM ? "somebody else could have written it" : strerror(errno),
                  diagnostics);
}

bool site_write(const Site *site, const char *file, Str bytes, Diagnostics *diagnostics) {
    Arena scratch = {0};
    bool good = state_folder_write(&site->state, name_of(site, &scratch, file), bytes, false);
    int error = errno;
    arena_release(&scratch);
    return good || refuse("keep the state of this migration", strerror(error), diagnostics);
}

bool site_remove(const Site *site, const char *file) {
    Arena scratch = {0};
    bool good = state_folder_remove(&site->state, name_of(site, &scratch, file));
    int error = errno;
    arena_release(&scratch);
    errno = error;
    return good;
}

// ---- the lock ------------------------------------------------------------------------------------

static int open_lock(Site *site, int flags) {
    return open(site_path(site, "lock").data, flags | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
}

// Somebody may ask as soon as the lock is held: only what is older than it is about another weft. The clock is the one
// that files get their times from.
static void forget_old_wish(const Site *site, const struct timespec *since) {
    struct stat status;
    Arena scratch = {0};
    Str path = path_join(&scratch, site->folder, STR("control"));
    bool old = lstat(path.data, &status) == 0 &&
               (status.st_mtim.tv_sec < since->tv_sec ||
                (status.st_mtim.tv_sec == since->tv_sec &&
                 status.st_mtim.tv_nsec < since->tv_nsec));
    if (old) (void)site_remove(site, "control");
    arena_release(&scratch);
}

bool site_take_lock(Site *site, Diagnostics *diagnostics) {
    struct timespec since;
    clock_gettime(CLOCK_REALTIME_COARSE, &since);
    Str holder = arena_format(&site->state.arena, "%ld\n", (long)getpid());
    // Makes the folder; a holder goes on holding the file that it opened, so it is never replaced.
    int lock = open_lock(site, O_RDWR);
    if (lock < 0 && errno == ENOENT) {
        Arena scratch = {0};
        bool made = state_folder_write(&site->state, name_of(site, &scratch, "lock"), holder, true);
        int error = errno; // why there is still none
        arena_release(&scratch);
        lock = open_lock(site, O_RDWR);
        if (lock < 0 && !made) errno = error;
    }
    if (lock < 0) return refuse("lock this migration", strerror(errno), diagnostics);
    if (file_lock_take(lock)) {
        site->lock = lock;
        forget_old_wish(site, &since);
        return true;
    }
    close(lock);
    diagnostic_add(diagnostics, DIAGNOSTIC_E605, SPAN_NONE,
                   "another weft works on '%.*s'", STR_ARG(site->database));
    diagnostic_help(diagnostics, "`%s status` says how far it is, `%s pause` stops it",
                    site->command, site->command);
    return false;
}

bool site_is_locked(Site *site) {
    int lock = open_lock(site, O_RDONLY);
    if (lock < 0) return false;
    bool held = file_lock_is_held(lock);
    close(lock);
    return held;
}

// ---- wishes --------------------------------------------------------------------------------------

SiteWish site_wish(const Site *site) {
    Arena scratch = {0};
    Str text = STR_NONE;
    (void)state_folder_read(&site->state, &scratch, name_of(site, &scratch, "control"), MOST_BYTES,
                            &text);
    SiteWish wish = str_starts_with(text, STR("cancel"))  ? SITE_CANCEL
                    : str_starts_with(text, STR("pause")) ? SITE_PAUSE
                                                          : SITE_GO_ON;
    arena_release(&scratch);
    return wish;
}

bool site_ask(const Site *site, SiteWish wish, Diagnostics *diagnostics) {
    if (wish != SITE_GO_ON)
        return site_write(site, "control", wish == SITE_CANCEL ? STR("cancel\n") : STR("pause\n"),
                          diagnostics);
    return site_remove(site, "control") || errno == ENOENT ||
           refuse("take back that it shall stop", strerror(errno), diagnostics);
}
