// Discovery. In: a root, named paths, globs. Out: sorted relative paths of source files, each real
// path once. Never leaves the root (not through links either), opens no file, and its answer does
// not depend on the order in which the system lists a folder.
#include "source/discover.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/intern.h"
#include "base/path.h"
#include "source/ignore.h"

typedef struct Walk {
    const SourceOptions *options;
    Str root;
    Arena *arena; // the caller's: relative paths
    PathList *paths, *left_out;
    PathList folders; // still to be listed; a list, since trees may be deeper than the stack
    Interner *seen;   // folders that were put on the list
    Ignore *ignore;
    Diagnostics *diagnostics;
} Walk;

// Editors mark a file that is being edited by a link that leads nowhere (".#name").
static bool is_editor_lock(Str name) { return str_starts_with(name, STR(".#")); }

static bool is_skipped_name(Str name) {
    static const char *const SKIPPED[] = {".git", ".weft", "__pycache__", "node_modules"};
    for (size_t i = 0; i < sizeof SKIPPED / sizeof *SKIPPED; i++) {
        if (str_is(name, SKIPPED[i])) return true;
    }
    return false;
}

static Str absolute(Walk *walk, Arena *scratch, Str relative) {
    return path_join(scratch, walk->root, relative);
}

static bool is_virtual_environment(Walk *walk, Str folder) {
    Arena scratch = {0};
    struct stat status;
    Str marker = path_join(&scratch, absolute(walk, &scratch, folder), STR("pyvenv.cfg"));
    bool found = stat(marker.data, &status) == 0;
    arena_release(&scratch);
    return found;
}

static bool is_selected(const SourceOptions *options, Str path) {
    bool included = options->include.count == 0;
    for (uint32_t i = 0; i < options->include.count && !included; i++) {
        included = path_glob(options->include.items[i], path);
    }
    for (uint32_t i = 0; i < options->exclude.count && included; i++) {
        included = !path_glob(options->exclude.items[i], path);
    }
    return included;
}

static void add_file(Walk *walk, Str path) {
    if (is_selected(walk->options, path))
        vec_add(walk->paths, arena_copy(walk->arena, path));
    else if (walk->options->read_left_out)
        vec_add(walk->left_out, arena_copy(walk->arena, path));
}

// FORCED: named by the user or the root itself, so that no rule skips it.
static void add_folder(Walk *walk, Str path, bool forced) {
    uint32_t known = intern_count(walk->seen);
    // The empty path has no name of its own: "." stands for the root.
    intern(walk->seen, path.length ? path : STR("."));
    if (intern_count(walk->seen) == known) return;
    if (!forced &&
        (is_skipped_name(path_basename(path)) || ignore_matches(walk->ignore, path, true) ||
         is_virtual_environment(walk, path))) {
        return;
    }
    vec_add(&walk->folders, arena_copy(walk->arena, path));
}

static void add_source(Walk *walk, Str path) {
    if (!ignore_matches(walk->ignore, path, false)) add_file(walk, path);
}

// True when a folder on the way to PATH is one that a walk would not enter.
static bool is_in_skipped_folder(Walk *walk, Str path) {
    for (Str folder = path_dirname(path); folder.length; folder = path_dirname(folder)) {
        if (is_skipped_name(path_basename(folder)) || is_virtual_environment(walk, folder)) {
            return true;
        }
    }
    return false;
}

// A file called ".py" is hidden and has no ending.
static bool is_source(const Walk *walk, Str path) {
    Str name = path_basename(path);
    return str_find_last(name, '.') > 0 && walk->options->accepts(path);
}

// No source, but something in it may call one.
static bool is_beside(const Walk *walk, Str path) {
    return walk->options->read_left_out && walk->options->beside &&
           walk->options->beside(path) != SOURCE_CODE;
}

// A link counts as what it points to, under the real name; a link that cannot be followed is kept
// when it is named like a source, so that reading it reports why.
static void add_link(Walk *walk, Arena *scratch, Str path) {
    Str name = absolute(walk, scratch, path), real, target;
    struct stat status;
    if (!path_real(scratch, name, &real) || stat(real.data, &status) != 0) {
        Str base = path_basename(path);
        if (is_source(walk, base) && !is_editor_lock(base)) add_source(walk, path);
        return;
    }
    if (!path_relative(walk->root, real, &target) || is_in_skipped_folder(walk, target)) return;
    if (S_ISDIR(status.st_mode)) {
        add_folder(walk, target, false);
    } else if (S_ISREG(status.st_mode) && is_source(walk, path)) {
        add_source(walk, target);
    } // a link to what is beside the sources is met where it lies
}

static void add_entry(Walk *walk, Arena *scratch, Str folder, Str name) {
    Str path = path_join(scratch, folder, name);
    struct stat status;
    // A file that vanishes meanwhile is simply not there.
    if (lstat(absolute(walk, scratch, path).data, &status) != 0) return;
    if (S_ISLNK(status.st_mode)) {
        add_link(walk, scratch, path);
    } else if (S_ISDIR(status.st_mode)) {
        add_folder(walk, path, false);
    } else if (S_ISREG(status.st_mode) && is_source(walk, name)) {
        add_source(walk, path);
    } else if (S_ISREG(status.st_mode) && is_beside(walk, name) &&
               !ignore_matches(walk->ignore, path, false)) {
        vec_add(walk->left_out, arena_copy(walk->arena, path));
    }
}

static void report_unlisted(Walk *walk, Str folder) {
    diagnostic_add(walk->diagnostics, DIAGNOSTIC_E101, SPAN_NONE, "cannot list folder '%.*s': %s",
                   STR_ARG(folder.length ? folder : STR(".")), strerror(errno));
}

static void list_folder(Walk *walk, Str folder) {
    Arena scratch = {0};
    DIR *stream = opendir(absolute(walk, &scratch, folder).data);
    if (!stream) {
        report_unlisted(walk, folder);
        arena_release(&scratch);
        return;
    }
    ArenaMark mark = arena_mark(&scratch);
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (!entry) break;
        Str name = str_from(entry->d_name);
        if (!str_is(name, ".") && !str_is(name, "..")) add_entry(walk, &scratch, folder, name);
        arena_rewind(&scratch, mark);
    }
    if (errno != 0) report_unlisted(walk, folder);
    closedir(stream);
    arena_release(&scratch);
}

static bool report_missing(Walk *walk, Str named, const char *why) {
    diagnostic_add(walk->diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%.*s': %s",
                   STR_ARG(named), why);
    diagnostic_help(walk->diagnostics, "paths are files or folders below '%.*s'",
                    STR_ARG(walk->root));
    return false;
}

// What the user names is taken even where a rule would leave it out.
static bool add_named(Walk *walk, Str named) {
    Arena scratch = {0};
    Str real, relative;
    struct stat status;
    bool good = true;
    if (!path_real(&scratch, absolute(walk, &scratch, named), &real) ||
        stat(real.data, &status) != 0) {
        good = report_missing(walk, named, strerror(errno));
    } else if (!path_relative(walk->root, real, &relative)) {
        good = report_missing(walk, named, "it is outside of the root");
    } else if (S_ISDIR(status.st_mode)) {
        add_folder(walk, relative, true);
    } else {
        add_file(walk, relative);
    }
    arena_release(&scratch);
    return good;
}

static int compare_paths(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static void sort_and_unite(PathList *paths) {
    if (paths->count < 2) return;
    qsort(paths->items, paths->count, sizeof *paths->items, compare_paths);
    uint32_t kept = 1;
    for (uint32_t i = 1; i < paths->count; i++) {
        if (!str_equal(paths->items[i], paths->items[kept - 1])) {
            paths->items[kept++] = paths->items[i];
        }
    }
    paths->count = kept;
}

bool discover(const SourceOptions *options, Str root, Arena *arena, PathList *paths,
              PathList *left_out, Diagnostics *diagnostics) {
    Walk walk = {.options = options,
                 .root = root,
                 .arena = arena,
                 .paths = paths,
                 .left_out = left_out,
                 .diagnostics = diagnostics,
                 .seen = interner_new(),
                 .ignore = ignore_open(root)};
    bool good = true;
    if (options->paths.count == 0) add_folder(&walk, STR(""), true);
    for (uint32_t i = 0; i < options->paths.count; i++) {
        good = add_named(&walk, options->paths.items[i]) && good;
    }
    while (walk.folders.count) {
        Str folder = *vec_last(&walk.folders);
        walk.folders.count--;
        list_folder(&walk, folder);
    }
    sort_and_unite(paths);
    sort_and_unite(left_out);
    vec_release(&walk.folders);
    interner_free(walk.seen);
    ignore_close(walk.ignore);
    return good;
}
