// The steps of a run. In: a journal and the tree. Out: what each file is now, files staged, renamed,
// removed. Every step may be repeated after a crash. Must never touch a file that is neither old nor
// new, and never follow a link to one.
#include "apply/transaction.h"

#include <errno.h>
#include <string.h>

#include "base/parallel.h"
#include "base/path.h"

// Syncs wait for the disk, and the disk serves several together.
enum { SYNC_THREADS = 8, FOLDER_MODE = 0777 }; // less the umask

void transaction_open(Transaction *transaction, Store *store, Journal *journal,
                      const ApplyControl *control, Diagnostics *diagnostics) {
    *transaction = (Transaction){
        .store = store, .journal = journal, .control = control, .diagnostics = diagnostics};
    transaction->views = arena_array(&transaction->arena, View, journal->files.count + 1);
}

void transaction_close(Transaction *transaction) { arena_release(&transaction->arena); }

static Str file_path(const Transaction *transaction, uint32_t index) {
    return transaction->journal->files.items[index].path;
}

static Str staged_path(Transaction *transaction, uint32_t index) {
    Str name = arena_format(&transaction->arena, ".weft-%06u-%u", transaction->journal->run, index);
    return path_join(&transaction->arena, path_dirname(file_path(transaction, index)), name);
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
    int root = transaction->store->files.root;
    *view = (View){0};
    if (!beneath_status(root, file->path, &view->status)) {
        if (file->is_new && (errno == ENOENT || errno == ENOTDIR)) {
            view->side = SIDE_OLD;
        } else if (errno == ELOOP) { // its path had none; one that came since could lead anywhere
            set_other(view, "a link is where its folder was");
        } else {
            set_other(view, errno == ENOENT ? "it is gone" : strerror(errno));
        }
        return;
    }
    view->exists = true;
    if (!S_ISREG(view->status.st_mode)) {
        set_other(view, "it is no regular file any more");
    } else if (beneath_read(&transaction->arena, root, file->path, 0, &view->bytes,
                            &view->status) != FILE_OK) {
        set_other(view, strerror(errno));
    } else {
        look_at_bytes(file, view);
    }
}

bool transaction_is_unchanged(const Transaction *transaction, uint32_t index) {
    const View *view = &transaction->views[index];
    struct stat now;
    bool exists =
        beneath_status(transaction->store->files.root, file_path(transaction, index), &now);
    if (exists != view->exists) return false;
    return !exists || file_is_unchanged(&view->status, &now);
}

// ---- staging -------------------------------------------------------------------------------------

bool transaction_stage(Transaction *transaction, uint32_t index, Str bytes, mode_t mode) {
    View *view = &transaction->views[index];
    view->staged = files_start(&transaction->store->files, staged_path(transaction, index), bytes,
                               mode, view->exists ? file_path(transaction, index) : STR_NONE);
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
                      file_path(transaction, index)))
        return false;
    view->staged = false;
    return true;
}

// After a failure: the folder is not the one of the run any more, so nothing of it can be there.
static bool is_gone(void) { return errno == ENOENT || errno == ENOTDIR || errno == ELOOP; }

bool transaction_unstage(Transaction *transaction) {
    bool good = true;
    for (uint32_t i = 0; i < transaction->journal->files.count; i++)
        good =
            (files_remove(&transaction->store->files, staged_path(transaction, i)) || is_gone()) &&
            good;
    return good;
}

// ---- folders -------------------------------------------------------------------------------------

// A folder that a rollback has removed needs no sync, nor one that somebody has replaced since.
static bool sync_if_there(const Files *files, Str folder) {
    return files_sync_folder(files, folder) || is_gone();
}

bool transaction_make_folders(Transaction *transaction) {
    const Files *files = &transaction->store->files;
    for (uint32_t i = 0; i < transaction->journal->folders.count; i++) {
        Str folder = transaction->journal->folders.items[i];
        if (!files_make_folder(files, folder, FOLDER_MODE) ||
            !files_sync_folder(files, path_dirname(folder)))
            return false;
    }
    return true;
}

bool transaction_remove_folders(Transaction *transaction) {
    const Files *files = &transaction->store->files;
    for (uint32_t i = transaction->journal->folders.count; i-- > 0;) {
        Str folder = transaction->journal->folders.items[i];
        if (!files_remove_folder(files, folder) && errno != ENOTEMPTY && errno != EEXIST &&
            !is_gone())
            return false;
        if (!sync_if_there(files, path_dirname(folder))) return false;
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
    for (uint32_t i = 0; i < count; i++) folders[i] = path_dirname(file_path(transaction, i));
    qsort(folders, count, sizeof *folders, compare_paths);
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && str_equal(folders[i], folders[i - 1])) continue;
        if (!sync_if_there(&transaction->store->files, folders[i])) return false;
    }
    return true;
}
