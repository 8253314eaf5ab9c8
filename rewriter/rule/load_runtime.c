// In: the `runtime:` of a pack. Out: every file below its folder, with its path in the tree, and the
// standard runtime under the package that it names, but for files that the pack has itself. Only
// regular files inside the pack: links are not followed, and `..` is refused.

#include "rule/load_internal.h"

#include <errno.h>

#include "base/path.h"
#include "rule/pack_file.h"

#define RUNTIME_DEPTH_MAX 16
#define RUNTIME_FILES_MAX 1000u
#define RUNTIME_FILE_SIZE_MAX ((size_t)4 * 1024 * 1024)

typedef struct RuntimeNodes {
    const YamlNode *package, *folder;
} RuntimeNodes;

typedef struct RuntimeWalk {
    Load *load;
    RuleFile *file;
    Span span;      // of the value that names the folder
    Str folder;     // absolute
    Str place;      // where its files go in the tree; empty: the root
    Vec(Str) paths; // relative to it
} RuntimeWalk;

static void report(RuntimeWalk *walk, Str path, const char *why) {
    mistake_add(&walk->file->mistakes, DIAGNOSTIC_E400, walk->span, "cannot read '%.*s': %s",
                STR_ARG(path), why);
}

static bool is_skipped(Str name) {
    return str_is(name, "__pycache__") || str_ends_with(name, STR(".pyc"));
}

// Collects the files below FOLDER / RELATIVE. Recurses RUNTIME_DEPTH_MAX levels deep at most.
static void walk_folder(RuntimeWalk *walk, Str relative, int depth) {
    Arena *arena = &walk->load->rules->arena;
    Str folder = path_join(arena, walk->folder, relative);
    PackNames names = {0};
    if (depth >= RUNTIME_DEPTH_MAX) {
        report(walk, folder, "too deep");
    } else if (!pack_folder_list(arena, folder, &names)) {
        report(walk, folder, strerror(errno));
    }
    for (uint32_t i = 0; i < names.count; i++) {
        if (is_skipped(names.items[i])) continue;
        Str path = arena_copy(arena, path_join(arena, relative, names.items[i]));
        PackEntry entry = pack_entry(path_join(arena, walk->folder, path), true);
        if (entry == PACK_FOLDER) walk_folder(walk, path, depth + 1);
        if (entry == PACK_FILE) vec_add(&walk->paths, path);
    }
    vec_release(&names);
}

static int compare_paths(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

// What an extending file says of the package stands instead.
static bool has_package(const YamlNode *runtime) {
    for (const YamlNode *value = runtime ? runtime->first : NULL; value; value = value->next)
        if (str_is(value->key, "package")) return true;
    return false;
}

static bool package_is_said(const RuleFile *file) {
    for (uint32_t i = 0; i < file->over.count; i++)
        if (!file->over.items[i]->is_project && has_package(file->over.items[i]->nodes.runtime)) return true;
    return false;
}

static RuntimeFile *find_file(const Rules *rules, Str path) {
    for (uint32_t i = 0; i < rules->runtime.count; i++) {
        if (str_equal(rules->runtime.items[i].path, path)) return &rules->runtime.items[i];
    }
    return NULL;
}

static void report_two(RuntimeWalk *walk, const RuntimeFile *earlier) {
    // The pack that is listed later was read first, and is the one to be told.
    if (!mistake_add(&walk->file->mistakes, DIAGNOSTIC_E413, earlier->span,
                     "the runtime brings '%.*s', and so does that of another pack",
                     STR_ARG(clipped(earlier->path))))
        return;
    diagnostic_relate(walk->load->diagnostics, walk->span, "with other content");
    diagnostic_help(walk->load->diagnostics,
                    "put the file that serves both into a folder that 'runtime' of weft.yml names");
}

// The files over a rule file, weft.yml among them, are asked for their runtime first.
static bool is_said_over(const RuleFile *file, Span earlier) {
    for (uint32_t i = 0; i < file->over.count; i++)
        if (file->over.items[i]->file.index == earlier.file.index) return true;
    return false;
}

// A file of a pack stands instead of a standard one.
static void add_file(RuntimeWalk *walk, const RuntimeFile *file) {
    Rules *rules = walk->load->rules;
    RuntimeFile *earlier = find_file(rules, file->path);
    if (!earlier)
        vec_add(&rules->runtime, *file);
    else if (earlier->standard && !file->standard)
        *earlier = *file;
    else if (!file->standard && !str_equal(earlier->bytes, file->bytes) && !is_said_over(walk->file, earlier->span))
        report_two(walk, earlier);
}

static void read_files(RuntimeWalk *walk, bool standard) {
    Rules *rules = walk->load->rules;
    for (uint32_t i = 0; i < walk->paths.count; i++) {
        Str path = path_join(&rules->arena, walk->folder, walk->paths.items[i]);
        RuntimeFile file = {.path = path_join(&rules->arena, walk->place, walk->paths.items[i]),
                            .standard = standard,
                            .span = walk->span};
        FileResult result = pack_file_read(&rules->arena, path, RUNTIME_FILE_SIZE_MAX, &file.bytes);
        if (result == FILE_OK) {
            bool there = standard || inherit_runtime_file(&rules->arena, walk->file, &file.path, &file.bytes);
            if (there) add_file(walk, &file);
        } else {
            report(walk, path, result == FILE_TOO_LARGE ? "too large" : strerror(errno));
        }
    }
}

static void add_files(RuntimeWalk *walk, bool standard) {
    walk_folder(walk, STR(""), 0);
    if (walk->paths.count > 0) {
        qsort(walk->paths.items, walk->paths.count, sizeof *walk->paths.items, compare_paths);
    }
    if (walk->paths.count <= RUNTIME_FILES_MAX) {
        read_files(walk, standard);
    } else {
        report(walk, walk->folder, "too many files");
    }
    vec_release(&walk->paths);
}

static void add_folder(Load *load, RuleFile *file, const YamlNode *folder) {
    if (!load_is_inside(folder->text)) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, folder->span,
                    "'folder' must be inside the pack");
        return;
    }
    if (file->folder.length == 0) return; // a text in memory has no files beside it
    Arena *arena = &load->rules->arena;
    RuntimeWalk walk = {.load = load, .file = file, .span = folder->span};
    walk.folder = arena_copy(arena, path_join(arena, file->folder, folder->text));
    struct stat status;
    bool there = lstat(walk.folder.data, &status) == 0;
    if (!there || load_may_read(file, walk.folder, folder->span)) add_files(&walk, false);
}

// The package is the runtime's alone: it is not rewritten once it is in the tree.
static void add_package(Load *load, RuleFile *file, const YamlNode *package) {
    Arena *arena = &load->rules->arena;
    if (load->standard_runtime.length == 0) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E400, package->span,
                    "the standard runtime, standard/isolation, is in none of the rule folders");
        return;
    }
    Str place = arena_copy(arena, package->text);
    char *bytes = (char *)arena_alloc(arena, place.length + 1);
    for (size_t i = 0; i < place.length; i++) {
        bytes[i] = place.data[i] == '.' ? '/' : place.data[i];
    }
    place.data = bytes;
    RuntimeWalk walk = {.load = load, .file = file, .span = package->span, .place = place};
    walk.folder = load->standard_runtime;
    if (load->rules->runtime_package.length == 0) load->rules->runtime_package = load_text(load, package);
    add_files(&walk, true);
    vec_add(&load->rules->runtime_places, arena_format(arena, "%.*s/**", STR_ARG(place)));
}

// A file of the runtime's package, whoever brings it.
static bool is_in_package(const Rules *rules, const RuntimeFile *file) {
    bool in = false;
    for (uint32_t i = 0; i < rules->runtime_places.count; i++)
        in = in || path_glob(rules->runtime_places.items[i], file->path);
    return in;
}

// A package with a name of several parts is of one tree, and what a pack adds to it lies where it says. One of a single
// part is for any tree: what packs add to it goes along.
static bool is_placed_by_pack(const Rules *rules) {
    if (str_find(rules->runtime_package, '.') < 0) return false;
    for (uint32_t i = 0; i < rules->runtime.count; i++)
        if (!rules->runtime.items[i].standard && is_in_package(rules, &rules->runtime.items[i])) return true;
    return false;
}

void rules_move_runtime(Rules *rules, Str folder) {
    if (folder.length == 0 || is_placed_by_pack(rules)) return;
    for (uint32_t i = 0; i < rules->runtime.count; i++) {
        RuntimeFile *file = &rules->runtime.items[i];
        if (is_in_package(rules, file)) file->path = path_join(&rules->arena, folder, file->path);
    }
}

void load_runtime(Load *load, RuleFile *file, const YamlNode *section) {
    static const Field fields[] = {
        {"package", FIELD_STRING, false, offsetof(RuntimeNodes, package)},
        {"folder", FIELD_STRING, false, offsetof(RuntimeNodes, folder)},
    };
    RuntimeNodes nodes = {0};
    if (!schema_read(&file->mistakes, section, "'runtime'", fields, COUNT_OF(fields), &nodes)) {
        return;
    }
    if (!nodes.package && !nodes.folder) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E406, section->span,
                    "'runtime' needs 'package' or 'folder'");
    }
    if (nodes.folder) add_folder(load, file, nodes.folder);
    if (nodes.package && schema_dotted(&file->mistakes, nodes.package, false) && !package_is_said(file)) {
        add_package(load, file, nodes.package);
    }
}
