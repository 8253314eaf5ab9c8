// In: the name of a package, and the program. Out: a folder. The first part of the name decides: where the tree has a
// package of that name, there the new one is found, too. A name of one part goes where all imports lead.
#include "program/package_place.h"

#include "program/rows.h"

// Modules below NAME, which is a package's path with dots.
static uint32_t count_below(const Program *program, Str name) {
    uint32_t count = 0;
    for (uint32_t i = 1; i < program_module_count(program); i++) {
        const ModuleFact *module = program_module(program, (ModuleId){i});
        Str path = program_name(program, module->name);
        bool below = path.length > name.length && path.data[name.length] == '.';
        if (!module->embedded && str_starts_with(path, name) && (below || path.length == name.length)) count++;
    }
    return count;
}

// The import root below which most modules of the package FIRST are; none when it is at the root of the tree, too.
static Str root_of_package(Arena *arena, const Program *program, Str first) {
    Str best = STR_NONE;
    uint32_t most = 0;
    if (count_below(program, first) > 0) return STR_NONE;
    for (uint32_t i = 0; i < program->roots.count; i++) {
        Str root = program->roots.items[i];
        uint32_t count =
            count_below(program, arena_format(arena, "%.*s.%.*s", STR_ARG(root), STR_ARG(first)));
        if (count > most) best = root;
        if (count > most) most = count;
    }
    return best;
}

// The only import root, when no import names a path from the root of the tree.
static Str root_of_all(const Program *program) {
    if (program->roots.count != 1) return STR_NONE;
    for (uint32_t i = 1; i < program_import_count(program); i++) {
        const ImportFact *import = program_import(program, (ImportId){i});
        bool leads = import->level == 0 && fact_is(import->target) && !import->target_is_module;
        if (leads && !program_module(program, import->module)->embedded &&
            str_equal(program_name(program, import->path),
                      program_name(program, program_module(program, import->target)->name)))
            return STR_NONE;
    }
    return program->roots.items[0];
}

Str program_package_place(Arena *arena, const Program *program, Str package) {
    ptrdiff_t dot = str_find(package, '.');
    Str root = dot > 0 ? root_of_package(arena, program, str_slice(package, 0, (size_t)dot))
                       : root_of_all(program);
    char *folder = (char *)arena_alloc(arena, root.length + 1);
    for (size_t i = 0; i < root.length; i++) folder[i] = root.data[i] == '.' ? '/' : root.data[i];
    return (Str){folder, root.length};
}
