// Writing a plan. In: the root and a plan. Out: every planned file replaced, or the tree as it was.
//
//   1. Every file is checked before the first one is written.
//   2. A file is replaced whole (base/file.h): a crash leaves old or new bytes, never a part.
//   3. When a write fails, that file and all before it are put back, newest first.
//   4. Nothing outside the root is ever written, also not through a link.
#include "apply/apply.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/path.h"

// Where one planned file goes.
typedef struct Target {
    Str path;       // real path of the file
    Str new_folder; // outermost folder that must be made for it; empty when none
} Target;

typedef struct Apply {
    Arena arena;
    Str root;
    const Plan *plan;
    Target *targets; // by planned file
    Diagnostics *diagnostics;
} Apply;

static bool refuse(Apply *apply, const PlannedFile *file, const char *why, const char *help) {
    diagnostic_add(apply->diagnostics, DIAGNOSTIC_E901, (Span){file->file, 0, 0},
                   "'%.*s' cannot be written: %s", STR_ARG(file->path), why);
    diagnostic_help(apply->diagnostics, "%s", help);
    return false;
}

// Files are replaced by renaming, so their folder must be writable too.
static bool folder_is_writable(Apply *apply, Str path) {
    return access(arena_copy(&apply->arena, path_dirname(path)).data, W_OK | X_OK) == 0;
}

static bool check_changed(Apply *apply, const PlannedFile *file, Target *target) {
    Str path = path_join(&apply->arena, apply->root, file->path), relative, bytes = STR_NONE;
    if (!path_real(&apply->arena, path, &target->path))
        return refuse(apply, file, strerror(errno), "run weft again");
    if (!path_relative(apply->root, target->path, &relative))
        return refuse(apply, file, "it leads out of the root", "run weft where the file really is");
    struct stat status;
    switch (file_read(&apply->arena, target->path, 0, &bytes, &status)) {
    case FILE_OK: break;
    case FILE_NOT_REGULAR: return refuse(apply, file, "it is not a regular file", "run weft again");
    case FILE_MISSING:
    case FILE_UNREADABLE:
    case FILE_TOO_LARGE: return refuse(apply, file, strerror(errno), "check its permissions");
    }
    if (!str_equal(bytes, file->before))
        return refuse(apply, file, "it was changed while weft was at work", "run weft again");
    if (access(target->path.data, W_OK) != 0 || !folder_is_writable(apply, target->path))
        return refuse(apply, file, strerror(errno), "make the file and its folder writable");
    return true;
}

// The nearest folder above PATH that exists must be writable and inside the root.
static bool check_new_folder(Apply *apply, const PlannedFile *file, Target *target) {
    Str folder = path_dirname(target->path), real, relative;
    while (!path_real(&apply->arena, folder, &real)) {
        if (errno != ENOENT || folder.length <= apply->root.length)
            return refuse(apply, file, strerror(errno), "make its folder by hand");
        target->new_folder = folder;
        folder = path_dirname(folder);
    }
    if (!path_relative(apply->root, real, &relative))
        return refuse(apply, file, "its folder leads out of the root",
                      "replace the link by a real folder");
    struct stat status;
    if (stat(real.data, &status) != 0 || !S_ISDIR(status.st_mode))
        return refuse(apply, file, "a file is where its folder should be", "move that file");
    if (access(real.data, W_OK | X_OK) != 0)
        return refuse(apply, file, strerror(errno), "make its folder writable");
    return true;
}

static bool check_new(Apply *apply, const PlannedFile *file, Target *target) {
    target->path = arena_copy(&apply->arena, path_join(&apply->arena, apply->root, file->path));
    struct stat status;
    if (lstat(target->path.data, &status) == 0)
        return refuse(apply, file, "it is already there", "run weft again");
    if (errno != ENOENT) return refuse(apply, file, strerror(errno), "check its folder");
    return check_new_folder(apply, file, target);
}

static uint32_t check_all(Apply *apply) {
    uint32_t failed = 0;
    for (uint32_t i = 0; i < apply->plan->files.count; i++) {
        const PlannedFile *file = &apply->plan->files.items[i];
        Target *target = &apply->targets[i];
        bool good =
            file->is_new ? check_new(apply, file, target) : check_changed(apply, file, target);
        failed += !good;
    }
    return failed;
}

// Removes a file that was not there before, and the folders made for it, as far as they are empty.
static bool remove_new(Apply *apply, const Target *target) {
    if (unlink(target->path.data) != 0 && errno != ENOENT && errno != ENOTDIR) return false;
    if (target->new_folder.length == 0) return true;
    Str folder = path_dirname(target->path);
    while (folder.length >= target->new_folder.length) {
        if (rmdir(arena_copy(&apply->arena, folder).data) != 0 && errno != ENOENT) break;
        folder = path_dirname(folder);
    }
    return true;
}

// The failed write may not have touched its file: that one needs no second write.
static bool is_untouched(Apply *apply, const PlannedFile *file, const Target *target) {
    Str bytes = STR_NONE;
    return !file->is_new && file_read(&apply->arena, target->path, 0, &bytes, NULL) == FILE_OK &&
           str_equal(bytes, file->before);
}

// Puts back the files [0, count).
static void put_back(Apply *apply, uint32_t count) {
    for (uint32_t i = count; i-- > 0;) {
        const PlannedFile *file = &apply->plan->files.items[i];
        const Target *target = &apply->targets[i];
        if (is_untouched(apply, file, target)) continue;
        bool good = file->is_new ? remove_new(apply, target)
                                 : file_replace(target->path, file->before, file->mode);
        if (good) continue;
        diagnostic_add(apply->diagnostics, DIAGNOSTIC_E901, (Span){file->file, 0, 0},
                       "'%.*s' cannot be put back: %s", STR_ARG(file->path), strerror(errno));
        diagnostic_help(apply->diagnostics, "restore it from your version control");
    }
}

static bool write_all(Apply *apply, ApplyResult *result) {
    for (uint32_t i = 0; i < apply->plan->files.count; i++) {
        const PlannedFile *file = &apply->plan->files.items[i];
        if (file_replace(apply->targets[i].path, file->after, file->mode)) {
            result->files_written++;
            continue;
        }
        refuse(apply, file, strerror(errno), "the files written before it were put back");
        put_back(apply, i + 1);
        *result = (ApplyResult){.files_failed = 1};
        return false;
    }
    return true;
}

bool apply_plan(Str root, const Plan *plan, ApplyResult *result, Diagnostics *diagnostics) {
    *result = (ApplyResult){0};
    Apply apply = {.root = root, .plan = plan, .diagnostics = diagnostics};
    apply.targets = arena_array(&apply.arena, Target, plan->files.count + 1);
    result->files_failed = check_all(&apply);
    bool good = result->files_failed == 0 && write_all(&apply, result);
    arena_release(&apply.arena);
    return good;
}
