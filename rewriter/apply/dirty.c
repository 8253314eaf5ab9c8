// Uncommitted changes. In: the files of a run. Out: which of them git has in no commit as they are. Only looks; the
// index is not refreshed. Files are compared by their bytes: libgit2's own comparison tries the patterns of the tree's
// .gitignore and .gitattributes files, which can last for ever.
#include <string.h>

#include "apply/transaction.h"
#include "base/file.h"
#include "base/path.h"
#include "source/blob_id.h"
#include "source/git_library.h"
#include "source/ignore.h"
#include "source/lines.h"

typedef struct Dirty {
    Transaction *transaction;
    git_repository *repository;
    git_index *index;
    git_tree *head; // NULL before the first commit
    Ignore *ignore;
    Str prefix; // the root, in the work tree
} Dirty;

// ---- the repository ----------------------------------------------------------------------------------
static bool find_prefix(Dirty *dirty, Str root) {
    const char *folder = libgit2.repository_workdir(dirty->repository);
    Str work_tree;
    return folder != NULL &&
           path_real(&dirty->transaction->arena, str_from(folder), &work_tree) &&
           path_relative(work_tree, root, &dirty->prefix);
}

// False where no repository keeps the tree: there is none, or it ignores the tree.
static bool open_repository(Dirty *dirty) {
    git_object *tree = NULL;
    Str root = dirty->transaction->store->root;
    if (!git_library_has_use(root)) return false;
    git_library_start();
    if (git_library_open(&dirty->repository, root) != 0 || !find_prefix(dirty, root) ||
        libgit2.repository_index(&dirty->index, dirty->repository) != 0)
        return false;
    if (libgit2.revparse_single(&tree, dirty->repository, "HEAD^{tree}") == 0)
        dirty->head = (git_tree *)tree;
    dirty->ignore = ignore_open(root);
    return !ignore_hides_root(dirty->ignore);
}

static void close_repository(Dirty *dirty) {
    if (dirty->ignore != NULL) ignore_close(dirty->ignore);
    if (dirty->head != NULL) libgit2.object_free((git_object *)dirty->head);
    if (dirty->index != NULL) libgit2.index_free(dirty->index);
    if (dirty->repository != NULL) libgit2.repository_free(dirty->repository);
}

// ---- one file ----------------------------------------------------------------------------------------
static bool is_blob(Str bytes, const git_oid *id) {
    BlobId own = blob_id_of(bytes);
    return memcmp(own.bytes, id->id, sizeof own.bytes) == 0;
}

static bool file_is(const Dirty *dirty, Arena *scratch, Str path, const git_oid *id) {
    Str bytes, file = path_join(scratch, dirty->transaction->store->root, path);
    if (file_read(scratch, file, 0, &bytes, NULL) != FILE_OK) return false;
    // A checkout may have other line ends than the commit.
    return is_blob(bytes, id) || is_blob(lines_without_returns(scratch, bytes), id);
}

typedef enum InHead { HEAD_HAS_NONE, HEAD_HAS_IT, HEAD_HAS_ANOTHER } InHead;

static InHead look_in_head(const Dirty *dirty, const char *name, const git_oid *id) {
    git_tree_entry *entry = NULL;
    if (dirty->head == NULL || libgit2.tree_entry_bypath(&entry, dirty->head, name) != 0)
        return HEAD_HAS_NONE;
    bool same = memcmp(libgit2.tree_entry_id(entry)->id, id->id, sizeof id->id) == 0;
    libgit2.tree_entry_free(entry);
    return same ? HEAD_HAS_IT : HEAD_HAS_ANOTHER;
}

// What stands against writing PATH, relative to the root; NULL when it is as the last commit has it, or ignored.
static const char *fault_of(const Dirty *dirty, Arena *scratch, Str path) {
    const char *name = arena_copy(scratch, path_join(scratch, dirty->prefix, path)).data;
    const git_index_entry *entry = libgit2.index_get_bypath(dirty->index, name, 0);
    size_t position;
    if (entry == NULL && libgit2.index_find(&position, dirty->index, name) == 0)
        return "it has a merge conflict";
    if (entry == NULL) return ignore_matches(dirty->ignore, path, false) ? NULL : "git does not know it";
    InHead committed = look_in_head(dirty, name, &entry->id);
    if (committed == HEAD_HAS_NONE) return "it is new and not committed";
    return committed == HEAD_HAS_IT && file_is(dirty, scratch, path, &entry->id)
               ? NULL
               : "it has changes that are not committed";
}

static bool check_files(const Dirty *dirty) {
    const Journal *journal = dirty->transaction->journal;
    bool good = true;
    for (uint32_t i = 0; i < journal->files.count; i++) {
        const JournalFile *file = &journal->files.items[i];
        Arena scratch = {0};
        const char *fault = file->is_new ? NULL : fault_of(dirty, &scratch, file->path);
        if (fault != NULL)
            diagnostic_add(dirty->transaction->diagnostics, DIAGNOSTIC_E604, SPAN_NONE,
                           "'%.*s' is not written: %s", STR_ARG(file->path), fault);
        good = good && fault == NULL;
        arena_release(&scratch);
    }
    return good;
}

bool transaction_check_committed(Transaction *transaction) {
    Dirty dirty = {.transaction = transaction};
    bool good = !open_repository(&dirty) || check_files(&dirty);
    close_repository(&dirty);
    if (!good)
        diagnostic_help(transaction->diagnostics,
                        "commit or stash first, so that weft's changes can be told from yours; or "
                        "give --allow-dirty");
    return good;
}
