// In: paths of packs. Out: what is there, on the disk or in the program. embed/files.cmake makes the table of
// the program's files from rules/.
#include "rule/pack_file.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

typedef struct BuiltIn {
    const char *path; // below rules/; sorted
    const unsigned char *bytes;
    size_t length;
} BuiltIn;

#include "rule/built_in_files.inc"

enum { BUILT_IN_COUNT = sizeof BUILT_IN / sizeof BUILT_IN[0] };

// ---- in the program ------------------------------------------------------------------------------

// Whether PATH is one of the program's, with *BELOW the part after the prefix and its slash.
static bool is_built_in(Str path, Str *below) {
    Str prefix = STR(PACK_BUILT_IN);
    if (!str_starts_with(path, prefix)) return false;
    *below = str_slice(path, prefix.length, path.length);
    if (below->length > 0 && below->data[0] != '/') return false;
    if (below->length > 0) *below = str_slice(*below, 1, below->length);
    return true;
}

static const BuiltIn *find_built_in(Str below) {
    for (int i = 0; i < BUILT_IN_COUNT; i++)
        if (str_is(below, BUILT_IN[i].path)) return &BUILT_IN[i];
    return NULL;
}

// The part of PATH after FOLDER and a slash; empty when it is not in there.
static Str inside(Str path, Str folder) {
    if (folder.length == 0) return path;
    bool below = path.length > folder.length && str_starts_with(path, folder) &&
                 path.data[folder.length] == '/';
    return below ? str_slice(path, folder.length + 1, path.length) : STR_NONE;
}

static PackEntry built_in_entry(Str below) {
    if (find_built_in(below) != NULL) return PACK_FILE;
    for (int i = 0; i < BUILT_IN_COUNT; i++)
        if (inside(str_from(BUILT_IN[i].path), below).length > 0) return PACK_FOLDER;
    return PACK_NOTHING;
}

static FileResult read_built_in(Str below, size_t limit, Str *bytes) {
    const BuiltIn *file = find_built_in(below);
    if (file == NULL) return built_in_entry(below) == PACK_FOLDER ? FILE_NOT_REGULAR : FILE_MISSING;
    if (limit > 0 && file->length > limit) return FILE_TOO_LARGE;
    *bytes = (Str){(const char *)file->bytes, file->length};
    return FILE_OK;
}

static bool list_built_in(Arena *arena, Str folder, PackNames *names) {
    for (int i = 0; i < BUILT_IN_COUNT; i++) {
        Str name = inside(str_from(BUILT_IN[i].path), folder);
        ptrdiff_t slash = str_find(name, '/');
        if (slash > 0) name = str_slice(name, 0, (size_t)slash);
        bool again = names->count > 0 && str_equal(names->items[names->count - 1], name);
        if (name.length > 0 && !again) vec_add(names, arena_copy(arena, name));
    }
    errno = ENOENT;
    return names->count > 0;
}

// ---- both ----------------------------------------------------------------------------------------

PackEntry pack_entry(Str path, bool no_follow) {
    struct stat status;
    Str below;
    if (is_built_in(path, &below)) return built_in_entry(below);
    Arena arena = {0};
    Str copy = arena_copy(&arena, path);
    int failed = no_follow ? lstat(copy.data, &status) : stat(copy.data, &status);
    arena_release(&arena);
    if (failed != 0) return PACK_NOTHING;
    if (S_ISDIR(status.st_mode)) return PACK_FOLDER;
    if (S_ISLNK(status.st_mode)) return PACK_LINK;
    return S_ISREG(status.st_mode) ? PACK_FILE : PACK_NOTHING;
}

static _Thread_local struct {
    const PackText *list;
    uint32_t count;
} texts_used;

void pack_file_use_texts(const PackText *texts, uint32_t count) {
    texts_used.list = texts;
    texts_used.count = count;
}

FileResult pack_file_read(Arena *arena, Str path, size_t limit, Str *bytes) {
    Str below;
    for (uint32_t i = 0; i < texts_used.count; i++) {
        const PackText *text = &texts_used.list[i];
        if (!str_equal(text->path, path)) continue;
        if (limit > 0 && text->text.length > limit) return FILE_TOO_LARGE;
        *bytes = arena_copy(arena, text->text);
        return FILE_OK;
    }
    if (is_built_in(path, &below)) return read_built_in(below, limit, bytes);
    return file_read(arena, path, limit, bytes, NULL);
}

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

bool pack_folder_list(Arena *arena, Str folder, PackNames *names) {
    Str below;
    if (is_built_in(folder, &below)) return list_built_in(arena, below, names);
    DIR *directory = opendir(arena_copy(arena, folder).data);
    if (directory == NULL) return false;
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        Str name = str_from(entry->d_name);
        if (!str_is(name, ".") && !str_is(name, "..")) vec_add(names, arena_copy(arena, name));
    }
    closedir(directory);
    if (names->count > 0) qsort(names->items, names->count, sizeof *names->items, compare_names);
    return true;
}
