// The folder .weft/later. In: plan files with the trees that they are for. Out: the same, found again. What
// cannot be read whole is not there. Nothing here is synced: after a power failure the phases are planned
// anew.
#include "apply/later.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "apply/store.h"
#include "base/file.h"
#include "base/path.h"

enum { LATER_MODE = 0644 };

static Str later_folder(Arena *arena, Str root) {
    return path_join(arena, root, STR(".weft/later"));
}

static Str later_path(Arena *arena, Str folder, Str phase, const BlobId *tree) {
    return path_join(arena, folder, arena_format(arena, "%.*s-%s.json", STR_ARG(phase),
                                                 blob_id_text(tree).digits));
}

bool later_find(Arena *arena, Str root, Str phase, const BlobId *tree, Str *bytes) {
    Str path = later_path(arena, later_folder(arena, root), phase, tree);
    return file_read(arena, path, 0, bytes, NULL) == FILE_OK;
}

static bool clear_folder(const Files *files, Arena *arena, Str folder) {
    DIR *stream = opendir(folder.data);
    if (stream == NULL) return errno == ENOENT;
    bool good = true;
    for (const struct dirent *entry; good && (errno = 0, entry = readdir(stream));)
        if (entry->d_name[0] != '.')
            good = files_remove(files, path_join(arena, folder, str_from(entry->d_name)));
    good = good && errno == 0;
    int error = errno;
    closedir(stream);
    errno = error;
    return good;
}

// Under its name it is whole.
static bool keep_plan(const Files *files, Arena *arena, Str folder, const LaterPlan *plan) {
    Str draft = path_join(arena, folder, STR("draft"));
    return files_write(files, draft, plan->bytes, LATER_MODE, NULL) &&
           files_rename(files, draft, later_path(arena, folder, plan->phase, &plan->tree));
}

bool later_keep(Str root, const LaterPlans *plans, Diagnostics *diagnostics) {
    Arena arena = {0};
    Files files = {.no_sync = true};
    Str folder = arena_copy(&arena, later_folder(&arena, root));
    bool good = clear_folder(&files, &arena, folder) &&
                (plans->count == 0 || files_make_folder(&files, folder));
    for (uint32_t i = 0; i < plans->count && good; i++)
        good = keep_plan(&files, &arena, folder, &plans->items[i]);
    if (!good) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write in '%.*s': %s",
                       STR_ARG(folder), strerror(errno));
        diagnostic_note(diagnostics, "the files are changed; the phases after this one are planned "
                                     "anew, and may order imports in another way");
    }
    arena_release(&arena);
    return good;
}
