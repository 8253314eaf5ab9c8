// The steps of a run. In: a journal and the tree. Out: what each file is now, files staged, renamed,
// removed. Every step may be repeated after a crash. Must never touch a file that is neither old nor
// new, and never follow a link to one.
#include "apply/transaction.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/parallel.h"
#include "base/path.h"

// Syncs wait for the disk, and the disk serves several together.
enum { SYNC_THREADS = 8 };

void transaction_open(Transaction *transaction, Store *store, Journal *journal,
                      const ApplyControl *control, Diagnostics *diagnostics) {
    *transaction = (Transaction){
        .store = store, .journal = journal, .control = control, .diagnostics = diagnostics};
    transaction->views = arena_array(&transaction->arena, View, journal->files.count + 1);
}

void transaction_close(Transaction *transaction) { arena_release(&transaction->arena); }

Str transaction_path(Transaction *transaction, uint32_t index) {
    return arena_copy(&transaction->arena,
                      path_join(&transaction->arena, transaction->store->root,
                                transaction->journal->files.items[index].path));
}

static Str staged_path(Transaction *transaction, uint32_t index) {
    Str folder = path_dirname(transaction_path(transaction, index));
    return arena_format(&transaction->arena, "%.*s/.weft-%06u-%u", STR_ARG(folder),
                        transaction->journal->run, index);
}

void transaction_progress(const Transaction *transaction, const char *what, uint32_t done) {
    const ApplyControl *control = transaction->control;
    if (control->progress)
        control->progress(control->context, what, done, transaction->journal->files.count);
}

// ---- looking -------------------------------------------------------------------------------------

static void set_other(View *view, const char *why) {
    view->side = SIDE_OTHER;
    view->why = why;
}

// The journal's paths have no link in them; one that came since could lead anywhere.
static bool folder_is_real(Transaction *transaction, Str path) {
    Arena *arena = &transaction->arena;
    Str folder = path_dirname(path), real;
    if (!path_real(arena, arena_copy(arena, folder), &real)) return errno == ENOENT;
    return str_equal(real, folder);
}

static void look_at_bytes(const JournalFile *file, View *view) {
    BlobId id = blob_id_of(view->bytes);
    if (blob_id_equal(&id, &file->after)) {
        view->side = SIDE_NEW;
    } else if (!file->is_new && blob_id_equal(&id, &file->before)) {
        view->side = SIDE_OLD;
    } else {
        set_other(view, "it was changed since");
    }
}

void transaction_look(Transaction *transaction, uint32_t index) {
    const JournalFile *file = &transaction->journal->files.items[index];
    View *view = &transaction->views[index];
    Str path = transaction_path(transaction, index);
    *view = (View){0};
    if (!folder_is_real(transaction, path)) {
        set_other(view, "a link is where its folder was");
        return;
    }
    if (lstat(path.data, &view->status) != 0) {
        if (file->is_new && (errno == ENOENT || errno == ENOTDIR)) {
            view->side = SIDE_OLD;
        } else {
            set_other(view, errno == ENOENT ? "it is gone" : strerror(errno));
        }
        return;
    }
    view->exists = true;
    if (!S_ISREG(view->status.st_mode)) {
        set_other(view, "it is no regular file any more");
    } else if (file_read(&transaction->arena, path, 0, &view->bytes, &view->status) != FILE_OK) {
        set_other(view, strerror(errno));
    } else {
        look_at_bytes(file, view);
    }
}

bool transaction_is_unchanged(const Transaction *transaction, uint32_t index) {
    const View *view = &transaction->views[index];
    Arena scratch = {0};
    struct stat now;
    Str path = path_join(&scratch, transaction->store->root,
                         transaction->journal->files.items[index].path);
    bool exists = lstat(arena_copy(&scratch, path).data, &now) == 0;
    arena_release(&scratch);
    if (exists != view->exists) return false;
    return !exists || file_is_unchanged(&view->status, &now);
}

// ---- staging -------------------------------------------------------------------------------------

bool transaction_stage(Transaction *transaction, uint32_t index, Str bytes, mode_t mode) {
    View *view = &transaction->views[index];
    view->staged = files_start(&transaction->store->files, staged_path(transaction, index), bytes,
                               mode, view->exists ? &view->status : NULL);
    return view->staged;
}

// What the workers that sync share.
typedef struct Syncing {
    const Files *files;
    const Str *paths; // of the staged files; data NULL for none
    int *errors;      // by file; 0: it is durable
} Syncing;

static void sync_one(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    const Syncing *syncing = context;
    if (syncing->paths[index].data == NULL) return;
    if (!files_sync(syncing->files, syncing->paths[index])) syncing->errors[index] = errno;
}

bool transaction_sync_staged(Transaction *transaction, uint32_t *failed) {
    uint32_t count = transaction->journal->files.count;
    if (transaction->store->files.no_sync) return true;
    Str *paths = arena_array(&transaction->arena, Str, count + 1);
    int *errors = arena_array(&transaction->arena, int, count + 1);
    for (uint32_t i = 0; i < count; i++)
        if (transaction->views[i].staged) paths[i] = staged_path(transaction, i);
    Syncing syncing = {&transaction->store->files, paths, errors};
    parallel_for(count, SYNC_THREADS, sync_one, &syncing);
    for (uint32_t i = 0; i < count; i++) {
        if (errors[i] == 0) continue;
        *failed = i;
        errno = errors[i];
        return false;
    }
    return true;
}

bool transaction_replace(Transaction *transaction, uint32_t index) {
    View *view = &transaction->views[index];
    if (!files_rename(&transaction->store->files, staged_path(transaction, index),
                      transaction_path(transaction, index)))
        return false;
    view->staged = false;
    return true;
}

bool transaction_unstage(Transaction *transaction) {
    bool good = true;
    for (uint32_t i = 0; i < transaction->journal->files.count; i++)
        good = files_remove(&transaction->store->files, staged_path(transaction, i)) && good;
    return good;
}

// ---- folders -------------------------------------------------------------------------------------

static Str folder_path(Transaction *transaction, uint32_t index) {
    return arena_copy(&transaction->arena, path_join(&transaction->arena, transaction->store->root,
                                                     transaction->journal->folders.items[index]));
}

bool transaction_make_folders(Transaction *transaction) {
    const Files *files = &transaction->store->files;
    for (uint32_t i = 0; i < transaction->journal->folders.count; i++) {
        Str folder = folder_path(transaction, i);
        if (!files_make_folder(files, folder) || !files_sync_folder(files, path_dirname(folder)))
            return false;
    }
    return true;
}

bool transaction_remove_folders(Transaction *transaction) {
    const Files *files = &transaction->store->files;
    for (uint32_t i = transaction->journal->folders.count; i-- > 0;) {
        Str folder = folder_path(transaction, i);
        if (!files_remove_folder(files, folder) && errno != ENOTEMPTY && errno != EEXIST)
            return false;
        struct stat status;
        if (stat(arena_copy(&transaction->arena, path_dirname(folder)).data, &status) == 0 &&
            !files_sync_folder(files, path_dirname(folder)))
            return false;
    }
    return true;
}

static int compare_paths(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

bool transaction_sync_folders(Transaction *transaction) {
    uint32_t count = transaction->journal->files.count;
    if (count == 0 || transaction->store->files.no_sync) return true;
    Str *folders = arena_array(&transaction->arena, Str, count);
    for (uint32_t i = 0; i < count; i++)
        folders[i] = path_dirname(transaction_path(transaction, i));
    qsort(folders, count, sizeof *folders, compare_paths);
    for (uint32_t i = 0; i < count; i++) {
        struct stat status;
        if (i > 0 && str_equal(folders[i], folders[i - 1])) continue;
        // A folder that a rollback has removed needs no sync.
        if (stat(arena_copy(&transaction->arena, folders[i]).data, &status) != 0) continue;
        if (!files_sync_folder(&transaction->store->files, folders[i])) return false;
    }
    return true;
}
