// Changed lines, by libgit2. In: a folder and the name of a revision. Out: ranges of lines. Writes
// nothing: neither the index nor the repository.
#include "source/changed.h"

#include "base/path.h"
#include "source/git_library.h"

typedef struct Walk {
    Changed *changed;
    Str prefix; // of the root inside the work tree, with a '/' at its end; may be empty
} Walk;

static void add(Walk *walk, const char *path, uint32_t first, uint32_t last) {
    Str inside = str_from(path);
    if (!str_starts_with(inside, walk->prefix)) return;
    inside = str_slice(inside, walk->prefix.length, inside.length);
    vec_add(&walk->changed->list,
            ((ChangedLines){arena_copy(&walk->changed->arena, inside), first, last}));
}

static int on_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *payload) {
    if (hunk->new_lines > 0)
        add(payload, delta->new_file.path, (uint32_t)hunk->new_start,
            (uint32_t)(hunk->new_start + hunk->new_lines - 1));
    return 0;
}

// A file that git does not know has no hunks of its own in some versions of libgit2.
static int on_file(const git_diff_delta *delta, float progress, void *payload) {
    (void)progress;
    if (delta->status == GIT_DELTA_UNTRACKED) add(payload, delta->new_file.path, 1, UINT32_MAX);
    return 0;
}

static bool fail(Diagnostics *diagnostics, Str revision, const char *what) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E702, SPAN_NONE, "%s '%.*s': %s", what,
                   STR_ARG(revision), git_library_error());
    diagnostic_help(diagnostics,
                    "name a commit, branch or tag that this clone has; a shallow clone in CI may "
                    "need its history (git fetch --unshallow)");
    return false;
}

// Where ROOT lies inside the work tree: "" or "folder/".
static bool find_prefix(git_repository *repository, Str root, Walk *walk) {
    Arena *arena = &walk->changed->arena;
    const char *folder = libgit2.repository_workdir(repository);
    Str work = STR_NONE, real = STR_NONE, inside = STR_NONE;
    if (folder == NULL || !path_real(arena, str_from(folder), &work)) return false;
    if (!path_real(arena, root, &real) || !path_relative(work, real, &inside)) return false;
    if (inside.length > 0) walk->prefix = arena_format(arena, "%.*s/", STR_ARG(inside));
    return true;
}

static bool compare(git_repository *repository, git_object *tree, Walk *walk) {
    git_diff_options options;
    git_diff *diff = NULL;
    libgit2.diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.context_lines = 0;
    options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS;
    bool good = libgit2.diff_tree_to_workdir_with_index(&diff, repository, (git_tree *)tree,
                                                        &options) == 0 &&
                libgit2.diff_foreach(diff, on_file, NULL, on_hunk, NULL, walk) == 0;
    libgit2.diff_free(diff);
    return good;
}

bool changed_load(Str root, Str revision, Changed *changed, Diagnostics *diagnostics) {
    *changed = (Changed){0};
    git_library_start();
    Walk walk = {.changed = changed};
    git_repository *repository = NULL;
    git_object *object = NULL, *tree = NULL;
    const char *name = arena_copy(&changed->arena, revision).data;
    bool good = true;
    if (git_library_open(&repository, root) != 0 ||
        !find_prefix(repository, root, &walk))
        good = fail(diagnostics, root, "no git work tree at");
    if (good && (libgit2.revparse_single(&object, repository, name) != 0 ||
                 libgit2.object_peel(&tree, object, GIT_OBJECT_TREE) != 0))
        good = fail(diagnostics, revision, "there is no revision");
    if (good && !compare(repository, tree, &walk))
        good = fail(diagnostics, revision, "cannot compare the tree with");
    libgit2.object_free(tree);
    libgit2.object_free(object);
    libgit2.repository_free(repository);
    return good;
}

void changed_release(Changed *changed) {
    vec_release(&changed->list);
    arena_release(&changed->arena);
}

bool changed_has(const Changed *changed, Str path, uint32_t first, uint32_t last) {
    for (uint32_t i = 0; i < changed->list.count; i++) {
        const ChangedLines *lines = &changed->list.items[i];
        if (lines->first <= last && first <= lines->last && str_equal(lines->path, path))
            return true;
    }
    return false;
}
