// In: a folder. Out: whether the repository around it can be read without waiting for ever. libgit2 opens
// what is there as git does, also a queue that nobody writes to; weft looks first. Opens nothing that is not
// a regular file.
#include "source/git_place.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/path.h"

enum { CONFIG_SIZE_MAX = 1024 * 1024, INCLUDES_MAX = 10 };

static bool is_regular_or_missing(Arena *arena, Str path) {
    struct stat status;
    return stat(arena_copy(arena, path).data, &status) != 0 || S_ISREG(status.st_mode);
}

static bool is_key(Str key, const char *name) {
    return key.length == strlen(name) && strncasecmp(key.data, name, key.length) == 0;
}

// As git has it: "~/" is the home, and what is relative is beside the file that names it.
static Str find_named(Arena *arena, Str file, Str value) {
    if (value.length >= 2 && value.data[0] == '"')
        value = str_slice(value, 1, value.length - 1);
    if (str_starts_with(value, STR("~/")))
        return path_join(arena, str_from(getenv("HOME")), str_slice(value, 2, value.length));
    return path_join(arena, path_dirname(file), value);
}

static bool config_is_plain(Arena *arena, Str path, int depth) {
    Str text = STR_NONE, line;
    FileResult found = file_read(arena, path, CONFIG_SIZE_MAX, &text, NULL);
    if (found == FILE_MISSING) return true;
    if (found != FILE_OK || depth > INCLUDES_MAX) return false;
    while (str_split_next(&text, '\n', &line)) {
        ptrdiff_t equals = str_find(line, '=');
        if (equals < 0) continue;
        Str key = str_trim(str_slice(line, 0, (size_t)equals));
        // "[include] path = x" is one line, too.
        ptrdiff_t bracket = str_find_last(key, ']');
        if (bracket >= 0) key = str_trim(str_slice(key, (size_t)bracket + 1, key.length));
        bool includes = is_key(key, "path");
        if (!includes && !is_key(key, "excludesfile") && !is_key(key, "attributesfile")) continue;
        Str value = str_trim(str_slice(line, (size_t)equals + 1, line.length));
        // A text that goes on in the next line, or has quoted parts, is not followed here.
        if (str_find(value, '\\') >= 0) return false;
        Str named = find_named(arena, path, value);
        if (!is_regular_or_missing(arena, named)) return false;
        if (includes && !config_is_plain(arena, named, depth + 1)) return false;
    }
    return true;
}

static bool folder_is_plain(Arena *arena, Str git) {
    static const char *const FILES[] = {"HEAD",           "index",           "packed-refs", "commondir",
                                        "info/exclude",   "info/attributes", "shallow",     "config.worktree",
                                        "objects/info/alternates"};
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
        if (!is_regular_or_missing(arena, path_join(arena, git, str_from(FILES[i])))) return false;
    return config_is_plain(arena, path_join(arena, git, STR("config")), 0) &&
           config_is_plain(arena, path_join(arena, git, STR("config.worktree")), 0);
}

bool git_place_is_plain(Str folder) {
    Arena arena = {0};
    struct stat status;
    bool plain = true, found = false;
    for (Str at = folder; !found && at.length > 0; at = path_dirname(at)) {
        Str git = path_join(&arena, at, STR(".git"));
        found = stat(git.data, &status) == 0;
        if (found && S_ISDIR(status.st_mode)) plain = folder_is_plain(&arena, git);
        if (str_is(at, "/")) break;
    }
    arena_release(&arena);
    return plain;
}
