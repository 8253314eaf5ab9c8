// --backup. In: the old bytes of a run's files, as seen. Out: the same paths with the same bytes in
// a new folder. Never writes over an older backup.
#include "apply/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "apply/attributes.h"
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

// A copy has no access control list; without it the bits of the group say nothing of the group.
static mode_t copy_mode(Transaction *transaction, const JournalFile *file) {
    int fd = beneath_open(transaction->store->files.root, file->path, O_RDONLY, 0);
    bool has_list = fd < 0 || attributes_have_list(fd);
    if (fd >= 0) close(fd);
    return has_list ? file->mode & 0700 : file->mode;
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
        if (!file->is_new &&
            !file_replace(path, transaction->views[i].bytes, copy_mode(transaction, file)))
            return refuse(transaction, strerror(errno), NULL);
    }
    return true;
}
