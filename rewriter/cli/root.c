// Where the tree begins. In: the current folder. Out: a folder above it, or nothing.
#include "cli/root.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"

static bool has(Arena *arena, Str folder, const char *name) {
    struct stat status;
    return lstat(path_join(arena, folder, str_from(name)).data, &status) == 0;
}

Str root_find(Arena *arena, Str *below) {
    char *current = getcwd(NULL, 0);
    *below = STR_NONE;
    if (current == NULL) return STR_NONE; // a folder that is gone; reading it will say so
    Str here = arena_copy(arena, str_from(current)), found = STR_NONE;
    free(current);
    for (Str folder = here;; folder = arena_copy(arena, path_dirname(folder))) {
        if (has(arena, folder, "weft.yml") || has(arena, folder, ".weft")) {
            found = folder;
            break;
        }
        if (folder.length <= 1 || has(arena, folder, ".git")) break;
    }
    if (found.length == 0 || found.length == here.length) return STR_NONE;
    *below = str_slice(here, found.length + (found.length > 1), here.length);
    return found;
}
