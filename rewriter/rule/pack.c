// In: folders. Out: the packs in them, and what each says of the trees it is for. Reports
// nothing: a pack that nobody asked for may be broken without harm.

#include "rule/pack.h"

#include <unistd.h>

#include "base/path.h"
#include "rule/load_internal.h"
#include "rule/pack_file.h"

#define PATH_LENGTH_MAX 4096

// ---- folders -------------------------------------------------------------------------------------
static void add_folder(Arena *arena, RuleFolders *folders, Str folder) {
    folder = path_normalize(arena, folder);
    if (folder.length == 0) return;
    // As every other path of a rule file is, so that two ways to one file are one file.
    Str real;
    if (!str_starts_with(folder, STR(PACK_BUILT_IN)) && path_real(arena, folder, &real)) folder = real;
    for (uint32_t i = 0; i < folders->list.count; i++) {
        if (str_equal(folders->list.items[i], folder)) return;
    }
    vec_add(&folders->list, arena_copy(arena, folder));
}

// Absolute path of the running program; argv[0] without a '/' was found through PATH.
static bool program_real_path(Arena *arena, Str program_path, Str *real) {
    if (str_find(program_path, '/') >= 0 && path_real(arena, program_path, real)) return true;
    char buffer[PATH_LENGTH_MAX];
    ssize_t length = readlink("/proc/self/exe", buffer, sizeof buffer);
    if (length <= 0 || (size_t)length == sizeof buffer) return false;
    *real = arena_copy(arena, (Str){buffer, (size_t)length});
    return true;
}

void rule_folders(Arena *arena, const RuleOptions *options, RuleFolders *folders) {
    Str listed = str_from(getenv("WEFT_RULES_PATH"));
    Str folder;
    while (str_split_next(&listed, ':', &folder)) {
        if (folder.length > 0) add_folder(arena, folders, folder);
    }
    Str program;
    if (program_real_path(arena, options->program_path, &program)) {
        Str place = path_dirname(program);
        for (int i = 0; i < 3 && place.length > 1; i++) { // beside it and up to two levels up
            add_folder(arena, folders, path_join(arena, place, STR("rules")));
            place = path_dirname(place);
        }
    }
    add_folder(arena, folders, STR(PACK_BUILT_IN));
}

// ---- one pack ------------------------------------------------------------------------------------
static bool is_file(Str path) { return pack_entry(path, false) == PACK_FILE; }

static bool is_folder(Str path) { return pack_entry(path, false) == PACK_FOLDER; }

// The only .yml file in FOLDER; false when there is none or more than one.
static bool only_rule_file(Arena *arena, Str folder, Str *file) {
    PackNames names = {0};
    uint32_t count = 0;
    pack_folder_list(arena, folder, &names);
    for (uint32_t i = 0; i < names.count; i++) {
        Str name = names.items[i];
        if (!str_ends_with(name, STR(".yml")) || str_starts_with(name, STR("."))) continue;
        *file = path_join(arena, folder, name);
        count++;
    }
    vec_release(&names);
    return count == 1;
}

static bool pack_in_folder(Arena *arena, Str folder, Pack *pack) {
    Str name = path_basename(folder);
    Str file = path_join(arena, folder, arena_format(arena, "%.*s.yml", STR_ARG(name)));
    if (!is_file(file) && !only_rule_file(arena, folder, &file)) return false;
    *pack = (Pack){.name = arena_copy(arena, name),
                   .file = arena_copy(arena, file),
                   .folder = arena_copy(arena, folder)};
    return true;
}

static bool pack_at_path(Arena *arena, Str path, Pack *pack) {
    Str real = path_normalize(arena, path);
    if (!str_starts_with(real, STR(PACK_BUILT_IN)) && !path_real(arena, path, &real)) return false;
    if (is_folder(real)) return pack_in_folder(arena, real, pack);
    if (!is_file(real)) return false;
    Str name = path_basename(real);
    Str extension = path_extension(name);
    if (extension.length > 0) name = str_slice(name, 0, name.length - extension.length - 1);
    *pack = (Pack){.name = arena_copy(arena, name),
                   .file = arena_copy(arena, real),
                   .folder = arena_copy(arena, path_dirname(real))};
    return true;
}

bool pack_find(Arena *arena, const Packs *known, Str base, Str name, Pack *pack) {
    for (uint32_t i = 0; i < known->count; i++) {
        // A pack within the program is nowhere on the disk: its file is known by name only.
        if (!str_equal(known->items[i].name, name) && !str_equal(known->items[i].file, name))
            continue;
        *pack = known->items[i];
        return true;
    }
    return name.length > 0 && pack_at_path(arena, path_join(arena, base, name), pack);
}

bool pack_has_file(Arena *arena, const Pack *pack, Str file) {
    Str folder, real;
    if (str_starts_with(pack->folder, STR(PACK_BUILT_IN)))
        return str_starts_with(path_normalize(arena, file), pack->folder);
    return path_real(arena, pack->folder, &folder) && path_real(arena, file, &real) && path_stays_inside(folder, real);
}

// ---- all packs -----------------------------------------------------------------------------------
static bool has_pack(const Packs *packs, Str name) {
    for (uint32_t i = 0; i < packs->count; i++) {
        if (str_equal(packs->items[i].name, name)) return true;
    }
    return false;
}

static void list_folder(Arena *arena, Str folder, Packs *packs) {
    PackNames names = {0};
    pack_folder_list(arena, folder, &names); // most of the folders do not exist
    for (uint32_t i = 0; i < names.count; i++) {
        Str name = names.items[i];
        if (str_starts_with(name, STR(".")) || has_pack(packs, name)) continue;
        Str path = path_join(arena, folder, name);
        Pack pack;
        if (!is_folder(path) || !pack_in_folder(arena, path, &pack)) continue;
        vec_add(packs, pack);
    }
    vec_release(&names);
}

static int compare_packs(const void *a, const void *b) {
    return str_compare(((const Pack *)a)->name, ((const Pack *)b)->name);
}

void packs_list(Arena *arena, const RuleOptions *options, Packs *packs) {
    RuleFolders folders = {0};
    rule_folders(arena, options, &folders);
    for (uint32_t i = 0; i < folders.list.count; i++) {
        list_folder(arena, folders.list.items[i], packs);
    }
    vec_release(&folders.list);
    if (packs->count > 0) {
        qsort(packs->items, packs->count, sizeof *packs->items, compare_packs);
    }
}

void packs_read(Arena *arena, Packs *packs) {
    for (uint32_t i = 0; i < packs->count; i++) pack_read_detection(arena, &packs->items[i]);
}

void packs_release(Packs *packs) {
    for (uint32_t i = 0; i < packs->count; i++) pack_release(&packs->items[i]);
    vec_release(packs);
}

void pack_release(Pack *pack) {
    vec_release(&pack->own);
    pack_versions_release(&pack->versions);
}

void pack_read_detection(Arena *arena, Pack *pack) {
    Str text;
    if (pack_file_read(arena, pack->file, YAML_SIZE_MAX, &text) != FILE_OK) {
        pack->broken = true;
        return;
    }
    Diagnostics unseen = {0};
    Mistakes mistakes = {.diagnostics = &unseen};
    const YamlNode *root = yaml_read(arena, (FileId){0}, text, &mistakes);
    for (const YamlNode *value = root ? root->first : NULL; value; value = value->next) {
        if (str_is(value->key, "detect")) detection_read(value, &mistakes, &pack->own);
        if (str_is(value->key, "versions")) pack_versions_read(value, &mistakes, &pack->versions);
    }
    pack->broken = mistakes.count > 0;
    diagnostics_release(&unseen);
}

const Detection *pack_detection(const Pack *pack, const DetectedTree *tree) {
    const Detection *best = &pack->own;
    uint32_t most = 0;
    for (uint32_t i = 0; pack->own.count == 0 && i < pack->versions.count; i++) {
        const Detection *version = &pack->versions.items[i].detection;
        if (detection_fits(version, tree)) return version;
        uint32_t count = detection_count(version, tree);
        if (i > 0 && count <= most) continue;
        most = count;
        best = version;
    }
    return best;
}
