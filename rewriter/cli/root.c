// Where the tree begins. In: the current folder. Out: a folder above it, or nothing.
#include "cli/root.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "cli/exit.h"
#include "cli/output.h"

// The file or folder that makes FOLDER a root; empty when there is none.
static Str mark_in(Arena *arena, Str folder, struct stat *status) {
    static const char *const marks[] = {"weft.yml", ".weft"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        Str path = path_join(arena, folder, str_from(marks[i]));
        if (lstat(path.data, status) == 0) return path;
    }
    return STR_NONE;
}

static bool is_repository(Arena *arena, Str folder) {
    struct stat status;
    return lstat(path_join(arena, folder, STR(".git")).data, &status) == 0;
}

// root's own files are the machine's, and those of who called sudo are the caller's.
static bool may_decide(uid_t owner) {
    const char *caller = geteuid() == 0 ? getenv("SUDO_UID") : NULL;
    return owner == geteuid() || owner == 0 ||
           (caller != NULL && strtoul(caller, NULL, 10) == (unsigned long)owner);
}

static bool refuse(Str mark, Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E903, SPAN_NONE,
                   "'%.*s' belongs to another user and would decide what weft does here",
                   STR_ARG(mark));
    diagnostic_help(diagnostics, "`-C .` works in this folder alone; `-C %.*s` says that you mean that tree",
                    STR_ARG(path_dirname(mark)));
    return false;
}

bool root_find(Arena *arena, Str *root, Str *below, Diagnostics *diagnostics) {
    char *current = getcwd(NULL, 0);
    struct stat status;
    *root = *below = STR_NONE;
    if (current == NULL) return true; // a folder that is gone; reading it will say so
    Str here = arena_copy(arena, str_from(current)), mark = STR_NONE;
    free(current);
    for (Str folder = here;; folder = arena_copy(arena, path_dirname(folder))) {
        mark = mark_in(arena, folder, &status);
        if (mark.length > 0 || folder.length <= 1 || is_repository(arena, folder)) break;
    }
    Str found = arena_copy(arena, path_dirname(mark));
    if (mark.length == 0 || found.length == here.length) return true;
    if (!may_decide(status.st_uid)) return refuse(mark, diagnostics);
    *root = found;
    *below = str_slice(here, found.length + (found.length > 1), here.length);
    return true;
}

Str root_find_or_exit(Arena *arena, Str *below, ColorMode color) {
    Str root;
    Diagnostics diagnostics = {0};
    if (root_find(arena, &root, below, &diagnostics)) return root;
    output_diagnostics(&diagnostics, color);
    exit(EXIT_WRONG);
}
