// Private to unit/: a unit as libclang reads it, and where its places are in the tree.
#ifndef WEFT_CLANG_UNIT_PARSE_H
#define WEFT_CLANG_UNIT_PARSE_H

#include "clang/unit/library.h"
#include "facts/facts.h"

#ifdef WEFT_WITH_LIBCLANG
// Texts that stand for what is on disk.
typedef Vec(struct CXUnsavedFile) UnsavedFiles;

typedef struct ParsedUnit {
    CXIndex index;
    CXTranslationUnit unit; // NULL when libclang could not read it at all
    const Facts *facts;
    const UnitFact *fact;
    Arena arena;
    Map files; // CXFile -> FileId.index; 0: outside of the tree
} ParsedUnit;

// Files of SOURCES whose text is not what is on disk, byte for byte. The paths live in ARENA.
void parse_find_unsaved(Arena *arena, const Sources *sources, UnsavedFiles *unsaved);
// Parses UNIT of FACTS; files in UNSAVED are read from memory.
void parse_open(ParsedUnit *parsed, const Facts *facts, const UnitFact *unit, const UnsavedFiles *unsaved);
void parse_close(ParsedUnit *parsed);
// The file of the tree; none when it is outside.
FileId parse_file(ParsedUnit *parsed, CXFile file);
// Where the text of a place stands, within a macro if need be; false outside of the tree.
bool parse_place(ParsedUnit *parsed, CXSourceLocation location, FileId *file, uint32_t *offset);
// What the compiler says, owned by ARENA. False for a fault in a file outside of the tree, or in a command, of which only is
// said that there is one (parse_outside): the words of such a file are nobody's to read here.
bool parse_message(ParsedUnit *parsed, CXDiagnostic said, Arena *arena, Str *message);
Str parse_outside(void);
#endif

#endif
