// The look before the first write. In: a plan and the tree. Out: where each file really is and what it
// holds, or every reason why the plan cannot be carried out. Writes nothing.
#include <errno.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "apply/transaction.h"
#include "base/file.h"
#include "base/path.h"
#include "patch/plan_path.h"

enum { PERMISSIONS = 0777 };

typedef struct Targets {
    Transaction *transaction;
    const Plan *plan;
    bool *stale;
    Str folder, real_folder; // of the file before: neighbours share it
    Str writable_folder;     // likewise
} Targets;

static bool refuse(Targets *targets, const PlannedFile *file, const char *why, const char *help) {
    Diagnostics *diagnostics = targets->transaction->diagnostics;
    diagnostic_add(diagnostics, DIAGNOSTIC_E901, (Span){file->file, 0, 0},
                   "'%.*s' cannot be written: %s", STR_ARG(file->path), why);
    diagnostic_help(diagnostics, "%s", help);
    return false;
}

static bool refuse_stale(Targets *targets, const PlannedFile *file, const char *why) {
    Diagnostics *diagnostics = targets->transaction->diagnostics;
    diagnostic_add(diagnostics, DIAGNOSTIC_E602, (Span){file->file, 0, 0},
                   "'%.*s' is not what the plan was made for: %s", STR_ARG(file->path), why);
    diagnostic_help(diagnostics, "run weft again");
    *targets->stale = true;
    return false;
}

// By a link, whatever the path looks like.
static bool refuse_kept(Targets *targets, const PlannedFile *file) {
    return refuse(targets, file, "it leads into .git or .weft", "remove the link");
}

// Files are replaced by renaming, so their folder must be writable too.
static bool is_writable(Targets *targets, Str folder) {
    Arena *arena = &targets->transaction->arena;
    if (targets->writable_folder.length > 0 && str_equal(folder, targets->writable_folder))
        return true;
    if (access(arena_copy(arena, folder).data, W_OK | X_OK) != 0) return false;
    targets->writable_folder = folder;
    return true;
}

// ---- files that change ---------------------------------------------------------------------------

static bool check_status(Targets *targets, const PlannedFile *file, Str path,
                         const struct stat *status) {
    if (status->st_nlink > 1)
        return refuse(targets, file, "it has more than one name (hard links)",
                      "the other names would keep the old text; make it a file of its own");
    if (status->st_mode & (S_ISUID | S_ISGID | S_ISVTX))
        return refuse(targets, file, "it has the set-user-ID, set-group-ID or sticky bit",
                      "weft gives no file such a bit; take it away first (chmod u-s,g-s,-t)");
    if (status->st_uid != geteuid() && geteuid() != 0)
        return refuse(targets, file, "it belongs to another user",
                      "run weft as its owner, or take the file over");
    if (access(path.data, W_OK) != 0)
        return refuse(targets, file, strerror(errno), "make the file writable");
    if (!is_writable(targets, path_dirname(path)))
        return refuse(targets, file, strerror(errno), "make its folder writable");
    return true;
}

// The file that PATH, relative to the root, leads to, and its status.
static bool find_real(Targets *targets, Str path, Str *real, struct stat *status) {
    Arena *arena = &targets->transaction->arena;
    Str root = targets->transaction->store->root, folder = path_dirname(path);
    if (targets->real_folder.length == 0 || !str_equal(folder, targets->folder)) {
        targets->real_folder = STR_NONE;
        targets->folder = folder;
        if (!path_real(arena, path_join(arena, root, folder), &targets->real_folder)) return false;
    }
    Str name = path_join(arena, targets->real_folder, path_basename(path));
    if (lstat(name.data, status) != 0) return false;
    *real = name;
    return !S_ISLNK(status->st_mode) ||
           (path_real(arena, name, real) && lstat(real->data, status) == 0);
}

// The bytes of the file now, which must be those of the plan. Read again unless its status says that
// nobody has written to it since.
static bool read_target(Targets *targets, const PlannedFile *file, Str real, View *view) {
    Arena *arena = &targets->transaction->arena;
    view->bytes = file->before;
    if (file_is_unchanged(&file->status, &view->status)) return true;
    switch (file_read(arena, real, 0, &view->bytes, &view->status)) {
    case FILE_OK: break;
    case FILE_NOT_REGULAR: return refuse(targets, file, "it is no regular file", "run weft again");
    case FILE_MISSING:
    case FILE_UNREADABLE:
    case FILE_TOO_LARGE: return refuse(targets, file, strerror(errno), "check its permissions");
    }
    return str_equal(view->bytes, file->before) ||
           refuse_stale(targets, file, "it was changed while weft was at work");
}

static bool check_changed(Targets *targets, const PlannedFile *file, JournalFile *out, View *view) {
    Str root = targets->transaction->store->root, real, relative;
    if (!find_real(targets, file->path, &real, &view->status))
        return errno == ENOENT ? refuse_stale(targets, file, "it is gone")
                               : refuse(targets, file, strerror(errno), "check its folder");
    if (!path_relative(root, real, &relative))
        return refuse(targets, file, "it leads out of the root",
                      "run weft where the file really is");
    if (!plan_path_is_harmless(relative)) return refuse_kept(targets, file);
    if (!read_target(targets, file, real, view)) return false;
    if (!check_status(targets, file, real, &view->status)) return false;
    view->exists = true;
    out->mode = view->status.st_mode & PERMISSIONS;
    out->path = relative;
    return true;
}

// ---- files that are made -------------------------------------------------------------------------

static void add_folder(Targets *targets, Str folder) {
    Journal *journal = targets->transaction->journal;
    for (uint32_t i = 0; i < journal->folders.count; i++)
        if (str_equal(journal->folders.items[i], folder)) return;
    vec_add(&journal->folders, folder);
}

// The folders of PATH that are missing, outer ones first.
static void add_missing_folders(Targets *targets, Str existing, Str path) {
    size_t at = existing.length > 0 ? existing.length + 1 : 0;
    for (; at < path.length; at++)
        if (path.data[at] == '/') add_folder(targets, str_slice(path, 0, at));
}

// The nearest folder above PATH that is there: inside the root, and writable.
static bool find_folder(Targets *targets, const PlannedFile *file, Str *existing, Str *rest) {
    Arena *arena = &targets->transaction->arena;
    Str root = targets->transaction->store->root, folder = path_dirname(file->path), real;
    while (!path_real(arena, path_join(arena, root, folder), &real)) {
        if (errno != ENOENT || folder.length == 0)
            return refuse(targets, file, strerror(errno), "make its folder by hand");
        folder = path_dirname(folder);
    }
    struct stat status;
    if (!path_relative(root, real, existing))
        return refuse(targets, file, "its folder leads out of the root",
                      "replace the link by a real folder");
    if (stat(real.data, &status) != 0 || !S_ISDIR(status.st_mode))
        return refuse(targets, file, "a file is where its folder should be", "move that file");
    if (!is_writable(targets, real))
        return refuse(targets, file, strerror(errno), "make its folder writable");
    *rest = str_slice(file->path, folder.length > 0 ? folder.length + 1 : 0, file->path.length);
    return true;
}

static bool check_new(Targets *targets, const PlannedFile *file, JournalFile *out) {
    Arena *arena = &targets->transaction->arena;
    Str existing, rest;
    struct stat status;
    if (!find_folder(targets, file, &existing, &rest)) return false;
    out->path = arena_copy(arena, path_join(arena, existing, rest));
    if (!plan_path_is_harmless(out->path)) return refuse_kept(targets, file);
    out->mode = file->mode & PERMISSIONS;
    Str path = path_join(arena, targets->transaction->store->root, out->path);
    if (lstat(path.data, &status) == 0) return refuse_stale(targets, file, "it is already there");
    if (errno != ENOENT) return refuse(targets, file, strerror(errno), "check its folder");
    add_missing_folders(targets, existing, out->path);
    return true;
}

// ---- all of them ---------------------------------------------------------------------------------

static bool check_one(Targets *targets, uint32_t index) {
    const PlannedFile *file = &targets->plan->files.items[index];
    View *view = &targets->transaction->views[index];
    JournalFile out = {.is_new = file->is_new,
                       .path = file->path,
                       .before = file->before_id,
                       .after = file->after_id};
    *view = (View){.side = SIDE_OLD};
    bool good =
        file->is_new ? check_new(targets, file, &out) : check_changed(targets, file, &out, view);
    vec_add(&targets->transaction->journal->files, out);
    return good;
}

static int compare_paths(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static bool refuse_path(Transaction *transaction, Str path, const char *why) {
    diagnostic_add(transaction->diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "'%.*s' is in the plan %s",
                   STR_ARG(path), why);
    return false;
}

static bool is_new_folder(const Journal *journal, Str path) {
    for (uint32_t i = 0; i < journal->folders.count; i++)
        if (str_equal(journal->folders.items[i], path)) return true;
    return false;
}

// Two names in the plan could be one file, and a hand-made plan could hold a file below a file.
static bool check_distinct(Targets *targets) {
    Transaction *transaction = targets->transaction;
    uint32_t count = transaction->journal->files.count;
    Str *paths = arena_array(&transaction->arena, Str, count + 1);
    for (uint32_t i = 0; i < count; i++) paths[i] = transaction->journal->files.items[i].path;
    if (count > 1) qsort(paths, count, sizeof *paths, compare_paths);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && str_equal(paths[i], paths[i - 1]))
            return refuse_path(transaction, paths[i], "twice, under two names");
        if (is_new_folder(transaction->journal, paths[i]))
            return refuse_path(transaction, paths[i], "as a file and as a folder");
    }
    return true;
}

// Old and new bytes lie on the disk together for a while.
static bool check_space(Targets *targets) {
    Transaction *transaction = targets->transaction;
    struct statvfs space;
    if (statvfs(transaction->store->root.data, &space) != 0) return true; // the writes will tell
    uint64_t block = space.f_frsize > 0 ? space.f_frsize : 1, needed = 0;
    for (uint32_t i = 0; i < targets->plan->files.count; i++) {
        const PlannedFile *file = &targets->plan->files.items[i];
        needed += file->after.length / block + 1 + file->before.length / block + 1;
    }
    if (needed <= space.f_bavail) return true;
    diagnostic_add(transaction->diagnostics, DIAGNOSTIC_E901, SPAN_NONE,
                   "'%.*s' has no room for the plan: %llu bytes are free, and it takes %llu",
                   STR_ARG(transaction->store->root), (unsigned long long)(space.f_bavail * block),
                   (unsigned long long)(needed * block));
    diagnostic_help(transaction->diagnostics, "make room; `weft prune` deletes what old runs keep");
    return false;
}

bool transaction_check_targets(Transaction *transaction, const Plan *plan, bool *stale) {
    Targets targets = {.transaction = transaction, .plan = plan, .stale = stale};
    bool good = true;
    *stale = false;
    for (uint32_t i = 0; i < plan->files.count; i++) good = check_one(&targets, i) && good;
    return good && check_distinct(&targets) && check_space(&targets);
}
