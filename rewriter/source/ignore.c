// Ignore rules of a tree. In: a root folder and paths below it. Out: whether git would leave a path out. Reads .gitignore
// files, the exclude files of the repository and of its user, and the index; writes nothing.
//
// A root without a repository, or inside an ignored folder of one (a test's tree under build/), is its own top: then
// the .gitignore files of the root itself count.
#include "source/ignore.h"

#include <stdlib.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/beneath.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/intern.h"
#include "base/path.h"
#include "base/vec.h"
#include "source/git_library.h"
#include "source/ignore_rules.h"

enum {
    RULE_FILE_MAX = 1024 * 1024, // bytes; a larger one is not followed
    RULES_MAX = 10000,           // that can say something about one path
};

// A folder below the top, and the rules that lie in it.
typedef struct Folder {
    uint32_t above; // index into Ignore.folders
    size_t length;  // of its path
    IgnoreRules rules;
    uint32_t rule_count; // of it and all above
    bool ignored;        // it, or a folder above; what is tracked in it is not
} Folder;

struct Ignore {
    Arena arena;
    git_repository *repository; // NULL without one on the disk
    git_index *index;
    Str top;          // the folder whose rules come last, a real path
    Str prefix;       // the root below it, "" or "a/b"
    bool hides_root;  // the repository around the root ignores it
    Interner *names;  // paths of folders below the top; a name's number is the index of its folder
    Vec(Folder) folders; // the first is the top
    IgnoreRules exclude, of_user;
};

// ---- files of rules ----------------------------------------------------------------------------------
static void read_rules(Ignore *ignore, Str file, uint32_t most, IgnoreRules *rules) {
    Str bytes;
    if (file_read(&ignore->arena, file, RULE_FILE_MAX, &bytes, NULL) == FILE_OK)
        ignore_rules_parse(&ignore->arena, bytes, most, rules);
}

// git follows no link here.
static void read_folder_rules(Ignore *ignore, Str folder, uint32_t most, IgnoreRules *rules) {
    Arena scratch = {0};
    Str bytes;
    int top = beneath_root(ignore->top);
    if (top >= 0 && beneath_read(&ignore->arena, top, path_join(&scratch, folder, STR(".gitignore")), RULE_FILE_MAX,
                                 &bytes, NULL) == FILE_OK)
        ignore_rules_parse(&ignore->arena, bytes, most, rules);
    if (top >= 0) close(top);
    arena_release(&scratch);
}

// $XDG_CONFIG_HOME/git/ignore, or what core.excludesFile names.
static Str file_of_user(Ignore *ignore) {
    git_config *config = NULL;
    git_buf path = {0};
    Str found = STR_NONE;
    if (libgit2.repository_config_snapshot(&config, ignore->repository) == 0 &&
        libgit2.config_get_path(&path, config, "core.excludesfile") == 0)
        found = arena_copy(&ignore->arena, str_from(path.ptr));
    libgit2.buf_dispose(&path);
    libgit2.config_free(config);
    const char *home = getenv("HOME"), *settings = getenv("XDG_CONFIG_HOME");
    if (found.length > 0) return found;
    if (settings != NULL && settings[0] == '/')
        return path_join(&ignore->arena, str_from(settings), STR("git/ignore"));
    return home != NULL && home[0] == '/'
               ? path_join(&ignore->arena, str_from(home), STR(".config/git/ignore"))
               : STR_NONE;
}

static void read_excludes(Ignore *ignore) {
    Str git = str_from(libgit2.repository_commondir(ignore->repository)), file;
    read_rules(ignore, path_join(&ignore->arena, git, STR("info/exclude")), RULES_MAX,
               &ignore->exclude);
    file = file_of_user(ignore);
    if (file.length > 0) read_rules(ignore, file, RULES_MAX, &ignore->of_user);
}

// ---- what the rules say ------------------------------------------------------------------------------
static bool is_tracked(const Ignore *ignore, Str path, bool is_folder) {
    if (!ignore->index) return false;
    Arena scratch = {0};
    size_t position;
    const char *name = arena_format(&scratch, "%.*s%s", STR_ARG(path), is_folder ? "/" : "").data;
    bool tracked = is_folder ? libgit2.index_find_prefix(&position, ignore->index, name) == 0
                             : libgit2.index_find(&position, ignore->index, name) == 0;
    arena_release(&scratch);
    return tracked;
}

// The file in the nearest folder that says something counts; FOLDER is the one that PATH is in.
static bool rules_match(const Ignore *ignore, uint32_t folder, Str path, bool is_folder) {
    Verdict verdict = SAYS_NOTHING;
    for (uint32_t at = folder; verdict == SAYS_NOTHING; at = ignore->folders.items[at].above) {
        const Folder *row = &ignore->folders.items[at];
        Str below = str_slice(path, row->length > 0 ? row->length + 1 : 0, path.length);
        verdict = ignore_rules_judge(row->rules.items, row->rules.count, below, is_folder);
        if (at == 0) break;
    }
    if (verdict == SAYS_NOTHING)
        verdict = ignore_rules_judge(ignore->exclude.items, ignore->exclude.count, path, is_folder);
    if (verdict == SAYS_NOTHING)
        verdict = ignore_rules_judge(ignore->of_user.items, ignore->of_user.count, path, is_folder);
    return verdict == SAYS_IGNORE;
}

static void add_folder(Ignore *ignore, Str path, uint32_t above) {
    Folder folder = {.above = above, .length = path.length};
    uint32_t known = 0;
    if (path.length > 0) {
        known = ignore->folders.items[above].rule_count;
        folder.ignored = ignore->folders.items[above].ignored || rules_match(ignore, above, path, true);
    }
    if (!folder.ignored) read_folder_rules(ignore, path, RULES_MAX - known, &folder.rules);
    folder.rule_count = known + folder.rules.count;
    vec_add(&ignore->folders, folder);
}

// The length of the longest folder of PATH, itself counted, that was looked at before; 0 for the top.
static size_t known_length(const Ignore *ignore, Str path) {
    while (path.length > 0 && intern_find(ignore->names, path).index == 0) path = path_dirname(path);
    return path.length;
}

// The index of the folder at PATH, "" for the top. It and those above it are looked at once.
static uint32_t find_folder(Ignore *ignore, Str path) {
    size_t end = known_length(ignore, path);
    uint32_t at = intern_find(ignore->names, str_slice(path, 0, end)).index;
    while (end < path.length) {
        if (end > 0) end++;
        while (end < path.length && path.data[end] != '/') end++;
        uint32_t index = intern(ignore->names, str_slice(path, 0, end)).index;
        add_folder(ignore, str_slice(path, 0, end), at);
        at = index;
    }
    return at;
}

static void set_top(Ignore *ignore, Str top, Str prefix) {
    ignore->top = arena_copy(&ignore->arena, top);
    ignore->prefix = arena_copy(&ignore->arena, prefix);
    interner_free(ignore->names);
    ignore->names = interner_new();
    vec_clear(&ignore->folders);
    add_folder(ignore, STR(""), 0);
}

// ---- the repository ----------------------------------------------------------------------------------
static void close_repository(Ignore *ignore) {
    if (ignore->repository == NULL) return;
    libgit2.index_free(ignore->index);
    libgit2.repository_free(ignore->repository);
    ignore->index = NULL;
    ignore->repository = NULL;
}

// False when there is none whose work tree the root lies in.
static bool open_repository(Ignore *ignore, Str root) {
    Str real, prefix;
    if (!git_library_has_use(root)) return false;
    git_library_start();
    if (git_library_open(&ignore->repository, root) != 0) return false;
    const char *work_tree = libgit2.repository_workdir(ignore->repository);
    if (!work_tree || !path_real(&ignore->arena, str_from(work_tree), &real) ||
        !path_relative(real, root, &prefix))
        return false;
    set_top(ignore, real, prefix);
    read_excludes(ignore);
    ignore->hides_root = ignore->folders.items[find_folder(ignore, ignore->prefix)].ignored;
    if (ignore->hides_root) return false;
    if (libgit2.repository_index(&ignore->index, ignore->repository) != 0) ignore->index = NULL;
    return true;
}

Ignore *ignore_open(Str root) {
    Ignore *ignore = memory_alloc_zeroed(1, sizeof *ignore);
    ignore->names = interner_new();
    if (!open_repository(ignore, root)) {
        close_repository(ignore);
        ignore->exclude = ignore->of_user = (IgnoreRules){0};
        set_top(ignore, root, STR(""));
    }
    return ignore;
}

void ignore_close(Ignore *ignore) {
    close_repository(ignore);
    interner_free(ignore->names);
    vec_release(&ignore->folders);
    arena_release(&ignore->arena);
    free(ignore);
}

bool ignore_hides_root(const Ignore *ignore) { return ignore->hides_root; }

bool ignore_matches(Ignore *ignore, Str path, bool is_folder) {
    Arena scratch = {0};
    Str below = path_join(&scratch, ignore->prefix, path);
    uint32_t folder = find_folder(ignore, path_dirname(below));
    bool ignored = (ignore->folders.items[folder].ignored ||
                    rules_match(ignore, folder, below, is_folder)) &&
                   !is_tracked(ignore, below, is_folder);
    arena_release(&scratch);
    return ignored;
}
