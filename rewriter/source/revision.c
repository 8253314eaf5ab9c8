// In: a folder of a repository and the name of a commit. Out: that commit's files in a temporary
// folder. Must never touch the repository: not its index, not its work tree.
#include "source/revision.h"

#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/path.h"
#include "source/git_library.h"

enum { OPEN_FOLDERS = 16 };

static bool fail(Diagnostics *diagnostics, Str name, const char *why) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E808, SPAN_NONE, "cannot read the commit '%.*s': %s",
                   STR_ARG(name), why);
    return false;
}

static bool make_temporary(Revision *revision, Str name, Diagnostics *diagnostics) {
    Str parent = str_from(getenv("TMPDIR"));
    if (parent.length == 0) parent = STR("/tmp");
    Str pattern = path_join(&revision->arena, parent, STR("weft-commit-XXXXXX"));
    char *folder =
        memcpy(arena_alloc(&revision->arena, pattern.length + 1), pattern.data, pattern.length);
    if (mkdtemp(folder) == NULL) return fail(diagnostics, name, strerror(errno));
    revision->temporary = str_from(folder);
    return true;
}

static bool write_tree(git_repository *repository, const git_object *commit, const char *folder) {
    git_checkout_options options;
    git_index *empty = NULL;
    if (libgit2.checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION) != 0) return false;
    options.checkout_strategy = GIT_CHECKOUT_FORCE | GIT_CHECKOUT_DONT_UPDATE_INDEX |
                                GIT_CHECKOUT_DONT_WRITE_INDEX | GIT_CHECKOUT_RECREATE_MISSING;
    options.target_directory = folder;
    options.disable_filters = 1; // nothing in the tree's attributes counts, and none of its patterns is tried
    // The baseline is what the target holds now: nothing.
    if (libgit2.index_new(&empty) != 0) return false;
    options.baseline_index = empty;
    bool good = libgit2.checkout_tree(repository, commit, &options) == 0;
    libgit2.index_free(empty);
    return good;
}

// FOLDER as the repository sees it; false when that has no work tree around it.
static bool find_prefix(Revision *revision, git_repository *repository, Str folder, Str *prefix) {
    const char *work_tree = libgit2.repository_workdir(repository);
    Str real;
    if (work_tree == NULL || !path_real(&revision->arena, str_from(work_tree), &real)) {
        *prefix = STR_NONE; // a bare repository
        return true;
    }
    return path_relative(real, folder, prefix);
}

static bool read_commit(git_repository *repository, Str folder, Str name, Revision *revision,
                        Diagnostics *diagnostics) {
    git_object *found = NULL, *commit = NULL;
    Str prefix = STR_NONE;
    const char *text = arena_copy(&revision->arena, name).data;
    struct stat status;
    bool good = libgit2.revparse_single(&found, repository, text) == 0 &&
                libgit2.object_peel(&commit, found, GIT_OBJECT_COMMIT) == 0 &&
                find_prefix(revision, repository, folder, &prefix);
    if (!good) {
        fail(diagnostics, name, git_library_error());
    } else if ((good = make_temporary(revision, name, diagnostics))) {
        good = write_tree(repository, commit, revision->temporary.data) ||
               fail(diagnostics, name, git_library_error());
        revision->root =
            arena_copy(&revision->arena, path_join(&revision->arena, revision->temporary, prefix));
        if (good && stat(revision->root.data, &status) != 0)
            good = fail(diagnostics, name, "the folder is not in it");
    }
    libgit2.object_free(commit);
    libgit2.object_free(found);
    return good;
}

bool revision_open(Str folder, Str name, Revision *revision, Diagnostics *diagnostics) {
    git_repository *repository = NULL;
    *revision = (Revision){0};
    git_library_start();
    Str real;
    if (!path_real(&revision->arena, folder.length > 0 ? folder : STR("."), &real))
        return fail(diagnostics, name, strerror(errno));
    if (git_library_open(&repository, real) != 0)
        return fail(diagnostics, name, git_library_error());
    bool good = read_commit(repository, real, name, revision, diagnostics);
    libgit2.repository_free(repository);
    return good;
}

Str revision_head(Arena *arena, Str folder) {
    git_repository *repository = NULL;
    git_oid id;
    char hex[GIT_OID_HEXSZ + 1];
    git_library_start();
    Str real;
    bool found = path_real(arena, folder, &real) && git_library_open(&repository, real) == 0 &&
                 libgit2.reference_name_to_id(&id, repository, "HEAD") == 0;
    if (found) libgit2.oid_tostr(hex, sizeof hex, &id);
    libgit2.repository_free(repository);
    return found ? arena_copy(arena, (Str){hex, GIT_OID_HEXSZ}) : STR_NONE;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *walk) {
    (void)status;
    (void)kind;
    (void)walk;
    return remove(path);
}

void revision_close(Revision *revision) {
    if (revision->temporary.length > 0)
        nftw(revision->temporary.data, remove_one, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    arena_release(&revision->arena);
    *revision = (Revision){0};
}
