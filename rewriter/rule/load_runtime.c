// In: the `runtime:` of a pack. Out: every file below that folder, with its path in the tree. Only
// regular files inside the pack: links are not followed, and `..` is refused.

#include "rule/load_internal.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/path.h"

#define RUNTIME_DEPTH_MAX 16
#define RUNTIME_FILES_MAX 1000u
#define RUNTIME_FILE_SIZE_MAX ((size_t)4 * 1024 * 1024)

typedef struct RuntimeNodes {
    const YamlNode *folder;
} RuntimeNodes;

typedef struct RuntimeWalk {
    Load *load;
    RuleFile *file;
    Span span;      // of the value that names the folder
    Str folder;     // absolute
    Vec(Str) paths; // relative to it
} RuntimeWalk;

static bool is_inside(Str path) {
    if (str_starts_with(path, STR("/"))) return false;
    Str part;
    while (str_split_next(&path, '/', &part)) {
        if (str_is(part, "..")) return false;
    }
    return true;
}

static void report(RuntimeWalk *walk, Str path, const char *why) {
    mistake_add(&walk->file->mistakes, DIAGNOSTIC_E400, walk->span, "cannot read '%.*s': %s",
                STR_ARG(path), why);
}

static bool is_skipped(Str name) {
    return str_is(name, ".") || str_is(name, "..") || str_is(name, "__pycache__") ||
           str_ends_with(name, STR(".pyc"));
}

// Collects the files below FOLDER / RELATIVE. Recurses RUNTIME_DEPTH_MAX levels deep at most.
static void walk_folder(RuntimeWalk *walk, Str relative, int depth) {
    Arena *arena = &walk->load->rules->arena;
    Str folder = path_join(arena, walk->folder, relative);
    DIR *directory = depth < RUNTIME_DEPTH_MAX ? opendir(folder.data) : NULL;
    if (!directory) {
        report(walk, folder, depth < RUNTIME_DEPTH_MAX ? strerror(errno) : "too deep");
        return;
    }
    for (const struct dirent *entry; (entry = readdir(directory));) {
        Str name = str_from(entry->d_name);
        if (is_skipped(name)) continue;
        Str path = arena_copy(arena, path_join(arena, relative, name));
        struct stat status;
        if (lstat(path_join(arena, walk->folder, path).data, &status) != 0) continue;
        if (S_ISDIR(status.st_mode)) walk_folder(walk, path, depth + 1);
        if (S_ISREG(status.st_mode)) vec_add(&walk->paths, path);
    }
    closedir(directory);
}

static int compare_paths(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static void read_files(RuntimeWalk *walk) {
    Rules *rules = walk->load->rules;
    for (uint32_t i = 0; i < walk->paths.count; i++) {
        Str path = path_join(&rules->arena, walk->folder, walk->paths.items[i]);
        RuntimeFile file = {.path = walk->paths.items[i]};
        FileResult result =
            file_read(&rules->arena, path, RUNTIME_FILE_SIZE_MAX, &file.bytes, NULL);
        if (result == FILE_OK) {
            vec_add(&rules->runtime, file);
        } else {
            report(walk, path, result == FILE_TOO_LARGE ? "too large" : strerror(errno));
        }
    }
}

void load_runtime(Load *load, RuleFile *file, const YamlNode *section) {
    static const Field fields[] = {
        {"folder", FIELD_STRING, true, offsetof(RuntimeNodes, folder)},
    };
    RuntimeNodes nodes = {0};
    schema_read(&file->mistakes, section, "'runtime'", fields, COUNT_OF(fields), &nodes);
    if (!nodes.folder) return;
    if (!is_inside(nodes.folder->text)) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, nodes.folder->span,
                    "'folder' must be inside the pack");
        return;
    }
    if (file->folder.length == 0) return; // a text in memory has no files beside it

    Arena *arena = &load->rules->arena;
    Str folder = arena_copy(arena, path_join(arena, file->folder, nodes.folder->text));
    RuntimeWalk walk = {.load = load, .file = file, .span = nodes.folder->span, .folder = folder};
    walk_folder(&walk, STR(""), 0);
    if (walk.paths.count > 0) {
        qsort(walk.paths.items, walk.paths.count, sizeof *walk.paths.items, compare_paths);
    }
    if (walk.paths.count <= RUNTIME_FILES_MAX) {
        read_files(&walk);
    } else {
        report(&walk, folder, "too many files");
    }
    vec_release(&walk.paths);
}
