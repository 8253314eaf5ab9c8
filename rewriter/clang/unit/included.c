// What a unit has read. In: its tree of libclang. Out: files, and whether weft can tell from texts and folders alone that it
// would read the same again: each file was asked for by name in a text of the unit or in its command, and found in a
// folder in which the name is looked for.
#include "base/path.h"
#include "clang/unit/known_internal.h"

#ifdef WEFT_WITH_LIBCLANG
typedef struct Collecting {
    Known *known;
    ParsedUnit *parsed;
    UnitReads *reads;
    const Command *command;
    Map seen; // ReadFile.index -> 1
} Collecting;

static Str path_of(const Collecting *collecting, CXFile file) {
    CXString name = libclang.getFileName(file);
    Str path = path_join(&collecting->reads->arena, collecting->parsed->fact->folder, str_from(libclang.getCString(name)));
    libclang.disposeString(name);
    return path;
}

// libclang has read the bytes that are known, and holds the file for the same one of the tree.
static bool is_as_known(const Collecting *collecting, CXFile handle, const ReadFile *file) {
    size_t length = 0;
    const char *bytes = libclang.getFileContents(collecting->parsed->unit, handle, &length);
    return file->there && bytes != NULL && str_equal(file->text, (Str){bytes, length}) &&
           parse_file(collecting->parsed, handle).index == file->source.index;
}

// ---- where it was found ----------------------------------------------------------------------------
// PATH is NAME in a folder, which is given; false otherwise.
static bool find_folder(Str path, Str name, Str *folder) {
    if (str_starts_with(name, STR("/")) && str_equal(path, name)) {
        *folder = STR("/");
        return true;
    }
    if (!str_ends_with(path, name) || path.length <= name.length || path.data[path.length - name.length - 1] != '/')
        return false;
    *folder = str_slice(path, 0, path.length - name.length - 1);
    return true;
}

static bool is_same_folder(Str a, Str b) {
    Arena scratch = {0};
    bool same = str_equal(path_normalize(&scratch, a), path_normalize(&scratch, b));
    arena_release(&scratch);
    return same;
}

static bool has_folder(const Strs *folders, Str folder) {
    for (uint32_t i = 0; i < folders->count; i++)
        if (is_same_folder(folders->items[i], folder)) return true;
    return false;
}

static bool is_looked_into(const Collecting *collecting, Str beside, Str folder) {
    return str_is(folder, "/") || is_same_folder(beside, folder) || has_folder(&collecting->command->folders, folder) ||
           has_folder(&collecting->reads->folders, folder);
}

// A folder that nothing names, such as that of the compiler's own headers, is looked into for all names from now on.
static bool is_found_as(Collecting *collecting, Str path, Str beside, Str name) {
    Str folder;
    if (!find_folder(path, name, &folder)) return false;
    if (!is_looked_into(collecting, beside, folder))
        vec_add(&collecting->reads->folders, arena_copy(&collecting->reads->arena, folder));
    return true;
}

static bool is_mentioned(Collecting *collecting, Str path, const ReadFile *from) {
    Str beside = path_dirname(from->path), folder;
    const Mentions *mentions = &from->mentions;
    for (uint32_t i = 0; i < mentions->list.count; i++) // where a longer folder would do as well
        if (find_folder(path, mentions->list.items[i].name, &folder) && is_looked_into(collecting, beside, folder))
            return true;
    for (uint32_t i = 0; i < mentions->list.count; i++)
        if (is_found_as(collecting, path, beside, mentions->list.items[i].name)) return true;
    return false;
}

// A name that a macro spells: what is left of the path behind a folder.
static bool add_computed(Collecting *collecting, Str path, const ReadFile *from) {
    Strs folders = {0};
    bool found = false;
    vec_add(&folders, path_dirname(from->path));
    for (uint32_t i = 0; i < collecting->command->folders.count; i++)
        vec_add(&folders, collecting->command->folders.items[i]);
    for (uint32_t i = 0; i < folders.count; i++) {
        Str rest = str_slice(path, folders.items[i].length, path.length);
        if (!str_starts_with(path, folders.items[i]) || !str_starts_with(rest, STR("/"))) continue;
        vec_add(&collecting->reads->names, arena_copy(&collecting->reads->arena, str_slice(rest, 1, rest.length)));
        found = true;
    }
    vec_release(&folders);
    return found;
}

static bool is_of_command(Collecting *collecting, Str path) {
    const Strs *names = &collecting->command->names;
    for (uint32_t i = 0; i < names->count; i++)
        if (is_found_as(collecting, path, collecting->parsed->fact->folder, names->items[i])) return true;
    return false;
}

// PLACE is where it is included.
static bool is_explained(Collecting *collecting, Str path, CXSourceLocation place) {
    CXFile handle = NULL;
    unsigned line, column, offset;
    libclang.getFileLocation(place, &handle, &line, &column, &offset);
    if (handle == NULL) return is_of_command(collecting, path);
    const ReadFile *from = known_file(collecting->known, path_of(collecting, handle));
    return is_mentioned(collecting, path, from) || (from->mentions.computed && add_computed(collecting, path, from)) ||
           is_of_command(collecting, path);
}

// ---- all of them -----------------------------------------------------------------------------------
static void add_file(CXFile handle, CXSourceLocation *stack, unsigned depth, CXClientData data) {
    Collecting *collecting = data;
    Str path = path_of(collecting, handle);
    const ReadFile *file = known_file(collecting->known, path);
    uint32_t seen = 0;
    if (!map_get(&collecting->seen, file->index, &seen)) {
        map_put(&collecting->seen, file->index, 1);
        vec_add(&collecting->reads->files, file);
        if (file->mentions.unclear || !is_as_known(collecting, handle, file)) collecting->reads->certain = false;
    }
    bool explained = depth == 0 || !collecting->reads->certain || is_explained(collecting, path, stack[0]);
    if (!explained) collecting->reads->certain = false;
}

// What a macro names and nobody finds may be there one day, under a name that nobody knows.
static bool misses_computed(const Collecting *collecting) {
    bool computed = false, missing = false;
    for (uint32_t i = 0; i < collecting->reads->files.count; i++)
        computed = computed || collecting->reads->files.items[i]->mentions.computed;
    unsigned count = computed ? libclang.getNumDiagnostics(collecting->parsed->unit) : 0;
    for (unsigned i = 0; i < count && !missing; i++) {
        CXDiagnostic said = libclang.getDiagnostic(collecting->parsed->unit, i);
        missing = libclang.getDiagnosticSeverity(said) >= CXDiagnostic_Fatal;
        libclang.disposeDiagnostic(said);
    }
    return missing;
}

void known_collect(Known *known, ParsedUnit *parsed, UnitReads *reads) {
    Collecting collecting = {known, parsed, reads, known_command_row(known, parsed->fact), {0}};
    reads->certain = true;
    libclang.getInclusions(parsed->unit, add_file, &collecting);
    if (reads->files.count == 0 || misses_computed(&collecting)) reads->certain = false;
    map_release(&collecting.seen);
}
#endif
