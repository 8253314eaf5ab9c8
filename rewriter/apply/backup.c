// --backup. In: the old bytes of a run's files, as seen. Out: the same paths with the same bytes in
// a new folder. Never writes over an older backup.
#include "apply/backup.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"

static bool refuse(Transaction *transaction, const char *why, const char *help) {
    diagnostic_add(transaction->diagnostics, DIAGNOSTIC_E901, SPAN_NONE,
                   "cannot make the backup '%.*s': %s", STR_ARG(transaction->control->backup), why);
    if (help) diagnostic_help(transaction->diagnostics, "%s", help);
    return false;
}

static bool is_in_tree(Transaction *transaction, Str folder) {
    Str parent = path_dirname(folder), real, relative;
    if (parent.length == 0) parent = str_starts_with(folder, STR("/")) ? STR("/") : STR(".");
    return path_real(&transaction->arena, arena_copy(&transaction->arena, parent), &real) &&
           path_relative(transaction->store->root, real, &relative);
}

bool backup_write(Transaction *transaction) {
    Str folder = transaction->control->backup;
    struct stat status;
    if (folder.length == 0) return true;
    if (lstat(arena_copy(&transaction->arena, folder).data, &status) == 0)
        return refuse(transaction, "it is already there", "name a folder that is not there yet");
    if (is_in_tree(transaction, folder))
        return refuse(transaction, "it would be part of the tree", "name a folder elsewhere");
    for (uint32_t i = 0; i < transaction->journal->files.count; i++) {
        const JournalFile *file = &transaction->journal->files.items[i];
        Str path = path_join(&transaction->arena, folder, file->path);
        if (!file->is_new && !file_replace(path, transaction->views[i].bytes, file->mode))
            return refuse(transaction, strerror(errno), NULL);
    }
    return true;
}
