// Changed lines, file by file. In: a folder and the name of a revision. Out: ranges of lines. Writes nothing, neither
// the index nor the repository, and looks at no ignore rules and attributes: a tree could make that last for ever.
#include "source/changed.h"

#include "base/file.h"
#include "base/path.h"
#include "source/git_library.h"
#include "source/lines.h"

static bool fail(Diagnostics *diagnostics, Str revision, const char *what) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E702, SPAN_NONE, "%s '%.*s': %s", what,
                   STR_ARG(revision), git_library_error());
    diagnostic_help(diagnostics,
                    "name a commit, branch or tag that this clone has; a shallow clone in CI may "
                    "need its history (git fetch --unshallow)");
    return false;
}

static bool find_prefix(Changed *changed, Str root) {
    const char *folder = libgit2.repository_workdir(changed->repository);
    Str work = STR_NONE;
    return folder != NULL && path_real(&changed->arena, str_from(folder), &work) &&
           path_real(&changed->arena, root, &changed->root) &&
           path_relative(work, changed->root, &changed->prefix);
}

bool changed_open(Str root, Str revision, Changed *changed, Diagnostics *diagnostics) {
    *changed = (Changed){0};
    git_library_start();
    git_object *object = NULL, *tree = NULL;
    const char *name = arena_copy(&changed->arena, revision).data;
    if (git_library_open(&changed->repository, root) != 0 || !find_prefix(changed, root))
        return fail(diagnostics, root, "no git work tree at");
    bool good = libgit2.revparse_single(&object, changed->repository, name) == 0 &&
                libgit2.object_peel(&tree, object, GIT_OBJECT_TREE) == 0;
    changed->tree = (git_tree *)tree;
    libgit2.object_free(object);
    return good || fail(diagnostics, revision, "there is no revision");
}

void changed_close(Changed *changed) {
    if (changed->tree != NULL) libgit2.object_free((git_object *)changed->tree);
    if (changed->repository != NULL) libgit2.repository_free(changed->repository);
    vec_release(&changed->ranges);
    arena_release(&changed->arena);
    *changed = (Changed){0};
}

// ---- one file ----------------------------------------------------------------------------------------
// The bytes of PATH in the revision; false when it has no such file.
static bool read_before(const Changed *changed, Arena *scratch, Str path, Str *bytes) {
    git_tree_entry *entry = NULL;
    git_object *blob = NULL;
    const char *name = arena_copy(scratch, path_join(scratch, changed->prefix, path)).data;
    bool found = libgit2.tree_entry_bypath(&entry, changed->tree, name) == 0 &&
                 libgit2.tree_entry_type(entry) == GIT_OBJECT_BLOB &&
                 libgit2.tree_entry_to_object(&blob, changed->repository, entry) == 0;
    if (found) {
        size_t size = (size_t)libgit2.blob_rawsize((git_blob *)blob);
        *bytes = arena_copy(scratch, (Str){libgit2.blob_rawcontent((git_blob *)blob), size});
    }
    if (blob != NULL) libgit2.object_free(blob);
    if (entry != NULL) libgit2.tree_entry_free(entry);
    return found;
}

static void add_ranges(Changed *changed, Str before, Str after) {
    git_diff_options options;
    git_patch *patch = NULL;
    libgit2.diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.context_lines = 0;
    options.flags = GIT_DIFF_FORCE_TEXT;
    if (libgit2.patch_from_buffers(&patch, before.length ? before.data : "", before.length, NULL,
                                   after.length ? after.data : "", after.length, NULL, &options) != 0)
        return;
    for (size_t i = 0; i < libgit2.patch_num_hunks(patch); i++) {
        const git_diff_hunk *hunk = NULL;
        size_t lines = 0;
        if (libgit2.patch_get_hunk(&hunk, &lines, patch, i) != 0 || hunk->new_lines == 0) continue;
        vec_add(&changed->ranges, ((LineRange){(uint32_t)hunk->new_start,
                                               (uint32_t)(hunk->new_start + hunk->new_lines - 1)}));
    }
    libgit2.patch_free(patch);
}

static void compare(Changed *changed, Str path) {
    Arena scratch = {0};
    Str before, after = STR_NONE;
    changed->path = arena_copy(&changed->arena, path);
    vec_clear(&changed->ranges);
    file_read(&scratch, path_join(&scratch, changed->root, path), 0, &after, NULL);
    if (!read_before(changed, &scratch, path, &before))
        vec_add(&changed->ranges, ((LineRange){1, UINT32_MAX}));
    else if (!str_equal(before, after)) // which lines differ is asked, not how they end
        add_ranges(changed, lines_without_returns(&scratch, before),
                   lines_without_returns(&scratch, after));
    arena_release(&scratch);
}

bool changed_has(Changed *changed, Str path, uint32_t first, uint32_t last) {
    if (!str_equal(path, changed->path)) compare(changed, path);
    uint32_t low = 0, high = changed->ranges.count; // the first range that does not end before FIRST
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (changed->ranges.items[middle].last < first)
            low = middle + 1;
        else
            high = middle;
    }
    return low < changed->ranges.count && changed->ranges.items[low].first <= last;
}
