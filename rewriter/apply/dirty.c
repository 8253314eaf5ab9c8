// Uncommitted changes. In: the files of a run. Out: which of them git has in no commit as they are.
// Only looks; the index is not refreshed.
#include "apply/transaction.h"
#include "base/path.h"
#include "source/git_library.h"
#include "source/ignore.h"

typedef struct Dirty {
    Transaction *transaction;
    Str prefix; // the root, in the work tree
    bool found;
} Dirty;

static const char *describe(unsigned status) {
    if (status & GIT_STATUS_CONFLICTED) return "it has a merge conflict";
    if (status & GIT_STATUS_WT_NEW) return "git does not know it";
    if (status & GIT_STATUS_INDEX_NEW) return "it is new and not committed";
    return "it has changes that are not committed";
}

static int add_one(const char *path, unsigned status, void *context) {
    enum { CLEAN = GIT_STATUS_CURRENT | GIT_STATUS_IGNORED };
    Dirty *dirty = context;
    if ((status & ~(unsigned)CLEAN) == 0) return 0;
    Str shown = str_from(path);
    if (dirty->prefix.length > 0) shown = str_slice(shown, dirty->prefix.length + 1, shown.length);
    diagnostic_add(dirty->transaction->diagnostics, DIAGNOSTIC_E604, SPAN_NONE,
                   "'%.*s' is not written: %s", STR_ARG(shown), describe(status));
    dirty->found = true;
    return 0;
}

// A tree that its repository ignores is not kept by it.
static bool is_hidden(Str root) {
    Ignore *ignore = ignore_open(root);
    bool hidden = ignore_hides_root(ignore);
    ignore_close(ignore);
    return hidden;
}

static bool open_repository(Dirty *dirty, git_repository **repository) {
    Arena *arena = &dirty->transaction->arena;
    Str root = dirty->transaction->store->root, work_tree;
    if (!git_library_has_use(root)) return false;
    git_library_start();
    if (git_library_open(repository, root) != 0) return false;
    const char *folder = libgit2.repository_workdir(*repository);
    if (folder != NULL && path_real(arena, str_from(folder), &work_tree) &&
        path_relative(work_tree, root, &dirty->prefix) && !is_hidden(root))
        return true;
    libgit2.repository_free(*repository);
    return false;
}

bool transaction_check_committed(Transaction *transaction) {
    Dirty dirty = {.transaction = transaction};
    git_repository *repository;
    const Journal *journal = transaction->journal;
    if (!open_repository(&dirty, &repository)) return true;
    char **paths = arena_array(&transaction->arena, char *, journal->files.count + 1);
    size_t count = 0;
    for (uint32_t i = 0; i < journal->files.count; i++) {
        Str path = path_join(&transaction->arena, dirty.prefix, journal->files.items[i].path);
        if (!journal->files.items[i].is_new)
            paths[count++] = (char *)arena_copy(&transaction->arena, path).data;
    }
    git_status_options options;
    libgit2.status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
                    GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
    options.pathspec = (git_strarray){paths, count};
    if (count > 0) libgit2.status_foreach_ext(repository, &options, add_one, &dirty);
    libgit2.repository_free(repository);
    if (dirty.found)
        diagnostic_help(transaction->diagnostics,
                        "commit or stash first, so that weft's changes can be told from yours; or "
                        "give --allow-dirty");
    return !dirty.found;
}
