// Path arithmetic. In: '/'-separated bytes. Out: slices of the input or copies in an arena. Never
// looks at the disk, except path_real, path_stays_inside and path_leads_out. Globs are in path_glob.c.
#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/vec.h"

static bool is_here(Str path) { return path.length == 0 || str_is(path, "."); }

Str path_join(Arena *arena, Str folder, Str rest) {
    if (str_starts_with(rest, STR("/"))) return arena_copy(arena, rest);
    if (is_here(rest))
        return is_here(folder) ? arena_copy(arena, STR("")) : arena_copy(arena, folder);
    if (is_here(folder)) return arena_copy(arena, rest);
    const char *slash = str_ends_with(folder, STR("/")) ? "" : "/";
    return arena_format(arena, "%.*s%s%.*s", STR_ARG(folder), slash, STR_ARG(rest));
}

Str path_normalize(Arena *arena, Str path) {
    bool absolute = str_starts_with(path, STR("/"));
    Vec(Str) kept = {0};
    Str rest = path, part;
    while (str_split_next(&rest, '/', &part)) {
        if (is_here(part)) continue;
        if (!str_is(part, "..")) {
            vec_add(&kept, part);
        } else if (kept.count && !str_is(*vec_last(&kept), "..")) {
            kept.count--;
        } else if (!absolute) { // "/.." is "/"
            vec_add(&kept, part);
        }
    }

    StrBuf buffer = {0};
    if (absolute) strbuf_add_char(&buffer, '/');
    for (uint32_t i = 0; i < kept.count; i++) {
        if (i) strbuf_add_char(&buffer, '/');
        strbuf_add(&buffer, kept.items[i]);
    }
    Str normal = arena_copy(arena, strbuf_str(&buffer));
    strbuf_release(&buffer);
    vec_release(&kept);
    return normal;
}

Str path_basename(Str path) {
    return str_slice(path, (size_t)(str_find_last(path, '/') + 1), path.length);
}

Str path_dirname(Str path) {
    ptrdiff_t slash = str_find_last(path, '/');
    if (slash < 0) return STR_NONE;
    return str_slice(path, 0, slash == 0 ? 1 : (size_t)slash);
}

Str path_extension(Str path) {
    Str name = path_basename(path);
    ptrdiff_t dot = str_find_last(name, '.');
    // A leading dot makes a hidden file, not an extension.
    return dot > 0 ? str_slice(name, (size_t)dot + 1, name.length) : STR_NONE;
}

bool path_relative(Str root, Str path, Str *relative) {
    if (is_here(root)) {
        bool outside = str_is(path, "..") || str_starts_with(path, STR("../")) ||
                       str_starts_with(path, STR("/"));
        if (!outside) *relative = is_here(path) ? STR("") : path;
        return !outside;
    }
    if (!str_starts_with(path, root)) return false;
    Str rest = str_slice(path, root.length, path.length);
    if (rest.length && !str_ends_with(root, STR("/"))) {
        if (rest.data[0] != '/') return false; // a longer name, such as "src2" for the root "src"
        rest = str_slice(rest, 1, rest.length);
    }
    *relative = rest;
    return true;
}

bool path_real(Arena *arena, Str path, Str *real) {
    Arena scratch = {0};
    char *resolved = realpath(path.length ? arena_copy(&scratch, path).data : ".", NULL);
    arena_release(&scratch); // keeps errno: free does not change it
    if (!resolved) return false;
    *real = arena_copy(arena, str_from(resolved));
    free(resolved);
    return true;
}

bool path_stays_inside(Str root, Str path) {
    Arena arena = {0};
    Str real = STR_NONE, relative;
    Str at = arena_copy(&arena, path);
    bool good = str_find(path, '\0') < 0;
    while (good && !path_real(&arena, at, &real)) {
        struct stat status;
        // What would be made below AT's folder: nothing that is a link already, and no way up again.
        good = lstat(arena_copy(&arena, at).data, &status) != 0 && at.length > 0 &&
               !str_is(path_basename(at), "..");
        at = path_dirname(at);
    }
    good = good && path_relative(root, real, &relative);
    arena_release(&arena);
    return good;
}

bool path_leads_out(Str root, Str path) {
    if (path_stays_inside(root, path)) return false;
    Arena arena = {0};
    Str here = STR_NONE, real, relative;
    bool entered = false;
    if (!str_starts_with(path, STR("/")) && path_real(&arena, STR("."), &here))
        path = path_join(&arena, here, path);
    for (Str at = path_normalize(&arena, path); !entered && at.length > 1; at = path_dirname(at))
        entered = path_real(&arena, at, &real) && path_relative(root, real, &relative);
    arena_release(&arena);
    return entered;
}
