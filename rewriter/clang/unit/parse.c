// In: a unit of a compile database. Out: its tree of libclang, and places of it in the files of the project.
#include "clang/unit/parse.h"

#include "base/path.h"
#include "clang/unit/watch.h"

#ifdef WEFT_WITH_LIBCLANG
void parse_find_unsaved(Arena *arena, const Sources *sources, UnsavedFiles *unsaved) {
    for (uint32_t i = 1; i < sources->files.count; i++) {
        const SourceFile *file = &sources->files.items[i];
        if (file->state != SOURCE_READ || file->auxiliary) continue;
        bool edited = sources->buffer_path.length > 0 && str_equal(file->path, sources->buffer_path);
        if (!edited && file->raw.data == file->text.data) continue;
        Str path = path_join(arena, sources->root, file->path);
        vec_add(unsaved, ((struct CXUnsavedFile){arena_copy(arena, path).data, file->text.data,
                                                 file->text.length}));
    }
}

void parse_open(ParsedUnit *parsed, const Facts *facts, const UnitFact *unit, const UnsavedFiles *unsaved) {
    *parsed = (ParsedUnit){.index = libclang.createIndex(0, 0), .facts = facts, .fact = unit};
    const Sources *sources = facts->sources;
    Str path = path_join(&parsed->arena, sources->root, source_file(sources, unit->file)->path);
    path = arena_copy(&parsed->arena, path);
    uint32_t watched = watch_begin(path.data);
    libclang.parseTranslationUnit2(parsed->index, path.data, unit->arguments, (int)unit->argument_count,
                                   unsaved->items, unsaved->count, CXTranslationUnit_KeepGoing,
                                   &parsed->unit);
    watch_end(watched);
}

void parse_close(ParsedUnit *parsed) {
    if (parsed->unit) libclang.disposeTranslationUnit(parsed->unit);
    libclang.disposeIndex(parsed->index);
    map_release(&parsed->files);
    arena_release(&parsed->arena);
}

static FileId find_file(ParsedUnit *parsed, CXFile file) {
    const Sources *sources = parsed->facts->sources;
    CXString real = libclang.File_tryGetRealPathName(file), name = libclang.getFileName(file);
    Str path = str_from(libclang.getCString(real));
    if (path.length == 0) path = str_from(libclang.getCString(name));
    path = path_join(&parsed->arena, parsed->fact->folder, path);
    path = path_normalize(&parsed->arena, path);
    Str inside;
    FileId found = {0};
    if (path_relative(sources->root, path, &inside)) found = sources_find(sources, inside);
    libclang.disposeString(real);
    libclang.disposeString(name);
    return found;
}

FileId parse_file(ParsedUnit *parsed, CXFile file) {
    uint32_t known = 0;
    if (!file) return (FileId){0};
    if (map_get(&parsed->files, (uint64_t)(uintptr_t)file, &known)) return (FileId){known};
    FileId found = find_file(parsed, file);
    map_put(&parsed->files, (uint64_t)(uintptr_t)file, found.index);
    return found;
}

bool parse_place(ParsedUnit *parsed, CXSourceLocation location, FileId *file, uint32_t *offset) {
    CXFile handle;
    unsigned line, column, at;
    libclang.getSpellingLocation(location, &handle, &line, &column, &at);
    *file = parse_file(parsed, handle);
    *offset = at;
    return file->index != 0;
}

Str parse_outside(void) { return STR("there is an error outside of the tree, in what it includes or in its command"); }

bool parse_message(ParsedUnit *parsed, CXDiagnostic said, Arena *arena, Str *message) {
    FileId file;
    CXFile handle;
    unsigned line, column, offset;
    uint32_t at;
    CXSourceLocation location = libclang.getDiagnosticLocation(said);
    libclang.getFileLocation(location, &handle, &line, &column, &offset);
    bool inside = parse_place(parsed, location, &file, &at) && parse_file(parsed, handle).index != 0;
    *message = parse_outside();
    if (!inside) return false;
    CXString text = libclang.getDiagnosticSpelling(said);
    *message = arena_copy(arena, str_from(libclang.getCString(text)));
    libclang.disposeString(text);
    return true;
}
#endif
