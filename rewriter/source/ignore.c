// Ignore rules by libgit2. In: a root folder and paths below it. Out: whether git would leave a path
// out. Reads .gitignore files, the repository's exclude file and index; writes nothing.
//
// A root without a repository, or inside an ignored folder of one (a test's tree under build/), gets
// a repository that exists in memory only: then the .gitignore files of the root itself count.
//
// libgit2 (1.5 at least) throws a negative rule without wildcards away when the same file has no rule
// that it takes back, although one in a folder above may be meant. is_taken_back() sees to those.
#include "source/ignore.h"

#include <stdlib.h>
#include <sys/stat.h>
#include "base/arena.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/path.h"
#include "source/git_library.h"

struct Ignore {
    Arena arena;
    git_repository *repository; // NULL: nothing is ignored
    git_index *index;           // NULL without a repository on disk
    Str prefix;                 // root relative to the work tree, "" or "a/b"
    Interner *plain;            // folders whose .gitignore, and those above it, can be read; "." is the root
};

// Path in the work tree, with the slash by which libgit2 knows a folder.
static const char *in_work_tree(Ignore *ignore, Arena *scratch, Str path, bool is_folder) {
    Str joined = path_join(scratch, ignore->prefix, path);
    return arena_format(scratch, "%.*s%s", STR_ARG(joined), is_folder ? "/" : "").data;
}

static bool rules_match(Ignore *ignore, const char *path) {
    int ignored = 0;
    return libgit2.ignore_path_is_ignored(&ignored, ignore->repository, path) == 0 && ignored;
}

// True for the rule "!name" or "!folder/name" (without the '!') that means exactly this path.
static bool is_literally(Str rule, Str path, bool is_folder) {
    bool anchored = str_find(str_slice(rule, 0, rule.length - 1), '/') >= 0;
    if (str_ends_with(rule, STR("/"))) {
        if (!is_folder) return false;
        rule = str_slice(rule, 0, rule.length - 1);
    }
    if (str_starts_with(rule, STR("/"))) rule = str_slice(rule, 1, rule.length);
    return str_equal(rule, anchored ? path : path_basename(path));
}

typedef enum Verdict { SAYS_NOTHING, SAYS_IGNORE, SAYS_KEEP } Verdict;

// What the last rule of one .gitignore file that fits says about PATH (relative to its folder).
static Verdict verdict_of_file(Str bytes, Str path, bool is_folder) {
    Verdict verdict = SAYS_NOTHING;
    Str line;
    while (str_split_next(&bytes, '\n', &line)) {
        line = str_trim(line);
        if (!line.length || line.data[0] == '#') continue;
        if (line.data[0] != '!') {
            if (path_glob(line, path)) verdict = SAYS_IGNORE;
        } else if (line.length > 1) {
            Str rule = str_slice(line, 1, line.length);
            if (is_literally(rule, path, is_folder)) verdict = SAYS_KEEP;
        }
    }
    return verdict;
}

// Asks the .gitignore files from the folder of PATH upwards; the nearest that says something counts.
static bool is_taken_back(Ignore *ignore, Arena *scratch, Str path, bool is_folder) {
    Str top = str_from(libgit2.repository_workdir(ignore->repository));
    path = path_join(scratch, ignore->prefix, path);
    for (Str folder = path;;) {
        folder = path_dirname(folder);
        Str bytes, below, file = path_join(scratch, folder, STR(".gitignore"));
        Verdict verdict = SAYS_NOTHING;
        if (file_read(scratch, path_join(scratch, top, file), 0, &bytes, NULL) == FILE_OK &&
            path_relative(folder, path, &below)) {
            verdict = verdict_of_file(bytes, below, is_folder);
        }
        if (verdict != SAYS_NOTHING || !folder.length) return verdict == SAYS_KEEP;
    }
}

static bool is_tracked(Ignore *ignore, const char *path, bool is_folder) {
    if (!ignore->index) return false;
    size_t position;
    if (is_folder) return libgit2.index_find_prefix(&position, ignore->index, path) == 0;
    return libgit2.index_find(&position, ignore->index, path) == 0;
}

// Neither a link nor a queue: git does not follow the one, and libgit2 would wait for the other.
static bool has_plain_file(Ignore *ignore, Arena *scratch, Str folder) {
    struct stat status;
    Str top = str_from(libgit2.repository_workdir(ignore->repository));
    Str file = path_join(scratch, path_join(scratch, top, folder), STR(".gitignore"));
    return lstat(file.data, &status) != 0 || S_ISREG(status.st_mode);
}

// Each folder is looked at once: a walk asks for a folder before it asks for what is in it.
static bool folder_is_plain(Ignore *ignore, Arena *scratch, Str path) {
    Str folder = path_dirname(path_join(scratch, ignore->prefix, path));
    for (Str at = folder;; at = path_dirname(at)) {
        if (intern_find(ignore->plain, at.length > 0 ? at : STR(".")).index != 0) break;
        if (!has_plain_file(ignore, scratch, at)) return false;
        if (at.length == 0) break;
    }
    intern(ignore->plain, folder.length > 0 ? folder : STR("."));
    return true;
}

static bool open_repository(Ignore *ignore, const char *root) {
    if (git_library_open(&ignore->repository, str_from(root)) != 0) return false;
    const char *work_tree = libgit2.repository_workdir(ignore->repository);
    Str real, relative;
    if (!work_tree || !path_real(&ignore->arena, str_from(work_tree), &real) ||
        !path_relative(real, str_from(root), &relative)) {
        return false;
    }
    ignore->prefix = arena_copy(&ignore->arena, relative);
    if (relative.length && folder_is_plain(ignore, &ignore->arena, STR("")) &&
        rules_match(ignore, in_work_tree(ignore, &ignore->arena, STR(""), true))) {
        return false;
    }
    if (libgit2.repository_index(&ignore->index, ignore->repository) != 0) ignore->index = NULL;
    return true;
}

static void open_in_memory(Ignore *ignore, const char *root) {
    libgit2.repository_free(ignore->repository);
    ignore->repository = NULL;
    ignore->prefix = STR("");
    if (libgit2.repository_new(&ignore->repository) != 0 ||
        libgit2.repository_set_workdir(ignore->repository, root, 0) != 0) {
        libgit2.repository_free(ignore->repository);
        ignore->repository = NULL;
    }
}

Ignore *ignore_open(Str root) {
    git_library_start();
    Ignore *ignore = memory_alloc_zeroed(1, sizeof *ignore);
    ignore->plain = interner_new();
    const char *name = arena_copy(&ignore->arena, root).data;
    if (!open_repository(ignore, name)) open_in_memory(ignore, name);
    return ignore;
}

void ignore_close(Ignore *ignore) {
    libgit2.index_free(ignore->index);
    libgit2.repository_free(ignore->repository);
    interner_free(ignore->plain);
    arena_release(&ignore->arena);
    free(ignore);
}

bool ignore_matches(Ignore *ignore, Str path, bool is_folder) {
    if (!ignore->repository) return false;
    Arena scratch = {0};
    const char *name = in_work_tree(ignore, &scratch, path, is_folder);
    bool ignored = folder_is_plain(ignore, &scratch, path) && rules_match(ignore, name) &&
                   !is_tracked(ignore, name, is_folder) &&
                   !is_taken_back(ignore, &scratch, path, is_folder);
    arena_release(&scratch);
    return ignored;
}
