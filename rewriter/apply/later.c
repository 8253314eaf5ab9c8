// The folder .weft/later. In: plan files with the trees that they are for. Out: the same, found again. What
// cannot be read whole is not there. Nothing here is synced: after a power failure the phases are planned
// anew.
#include "apply/later.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "apply/store.h"
#include "base/path.h"

enum { LATER_FOLDER_MODE = 0700, LATER_MODE = 0644 };

#define FOLDER STR(".weft/later")

static Str later_path(Arena *arena, Str phase, const BlobId *tree) {
    return path_join(
        arena, FOLDER,
        arena_format(arena, "%.*s-%s.json", STR_ARG(phase), blob_id_text(tree).digits));
}

bool later_find(Arena *arena, Str root, Str phase, const BlobId *tree, Str *bytes) {
    int fd = beneath_root(root);
    if (fd < 0) return false;
    bool found = beneath_read(arena, fd, later_path(arena, phase, tree), 0, bytes, NULL) == FILE_OK;
    close(fd);
    return found;
}

static bool clear_folder(const Files *files, Arena *arena) {
    int fd = beneath_open(files->root, FOLDER, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0) return errno == ENOENT;
    DIR *stream = fdopendir(fd);
    if (stream == NULL) {
        close(fd);
        return false;
    }
    bool good = true;
    for (const struct dirent *entry; good && (errno = 0, entry = readdir(stream));)
        if (entry->d_name[0] != '.')
            good = files_remove(files, path_join(arena, FOLDER, str_from(entry->d_name)));
    good = good && errno == 0;
    int error = errno;
    closedir(stream);
    errno = error;
    return good;
}

// Under its name it is whole.
static bool keep_plan(const Files *files, Arena *arena, const LaterPlan *plan) {
    Str draft = path_join(arena, FOLDER, STR("draft"));
    return files_write(files, draft, plan->bytes, LATER_MODE) &&
           files_rename(files, draft, later_path(arena, plan->phase, &plan->tree));
}

bool later_keep(Str root, const LaterPlans *plans, Diagnostics *diagnostics) {
    Arena arena = {0};
    Files files = {.root = beneath_root(root), .no_sync = true};
    bool good = files.root >= 0 && clear_folder(&files, &arena) &&
                (plans->count == 0 || files_make_folder(&files, FOLDER, LATER_FOLDER_MODE));
    for (uint32_t i = 0; i < plans->count && good; i++)
        good = keep_plan(&files, &arena, &plans->items[i]);
    if (!good) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write in '%.*s': %s",
                       STR_ARG(FOLDER), strerror(errno));
        diagnostic_note(diagnostics, "the files are changed; the phases after this one are planned "
                                     "anew, and may order imports in another way");
    }
    if (files.root >= 0) close(files.root);
    arena_release(&arena);
    return good;
}
