// In: a name in the tree of a unit. Out: what it means where it is spelled.
//
// libclang gives the place in the body of a macro, or in the argument of one, only since LLVM 19. What it pastes
// together stands in no file: the bytes at its place spell something else.
#include "clang/unit/mark.h"

#include "clang/unit/flow.h"

#ifdef WEFT_WITH_LIBCLANG
// ---- one name --------------------------------------------------------------------------------------
static MarkKind kind_of(CXCursor meant) {
    switch ((int)meant.kind) {
    case CXCursor_FunctionDecl: return MARK_FUNCTION;
    case CXCursor_VarDecl:
        return libclang.Cursor_hasVarDeclGlobalStorage(meant) == 1 ? MARK_VARIABLE : MARK_OTHER;
    case CXCursor_EnumConstantDecl: return MARK_VARIABLE;
    default: return MARK_OTHER;
    }
}

// What is said in a header is said to all who include it.
static bool is_local(const Visit *visit, CXCursor meant, FileId file) {
    if ((int)meant.kind == CXCursor_EnumConstantDecl)
        return !str_ends_with(source_file(visit->parsed->facts->sources, file)->path, STR(".h"));
    return libclang.Cursor_getStorageClass(meant) == CX_SC_Static;
}

static bool spells(const Visit *visit, FileId file, uint32_t offset, CXCursor meant) {
    Str text = source_file(visit->parsed->facts->sources, file)->text;
    CXString name = libclang.getCursorSpelling(meant);
    Str wanted = str_from(libclang.getCString(name));
    bool same = wanted.length > 0 && str_equal(str_slice(text, offset, offset + wanted.length), wanted) &&
                !str_is_word_byte(offset + wanted.length < text.length ? text.data[offset + wanted.length] : ' ');
    libclang.disposeString(name);
    return same;
}

bool mark_place(Visit *visit, CXCursor declaration, FileId *file, uint32_t *offset) {
    return parse_place(visit->parsed, libclang.getCursorLocation(declaration), file, offset) &&
           spells(visit, *file, *offset, declaration);
}

// What cannot be edited where it stands holds the function fast, which has a declaration that is in the tree.
void mark_fixed(Visit *visit, CXCursor declaration) {
    MarkFact row = {.kind = MARK_FIXED};
    if (mark_place(visit, declaration, &row.file, &row.offset)) vec_add(visit->marks, row);
}

bool mark_name(Visit *visit, CXCursor cursor, CXCursor meant, MarkKind kind) {
    MarkFact row = {0};
    if (libclang.Cursor_isNull(meant)) meant = cursor;
    if (!parse_place(visit->parsed, libclang.getCursorLocation(cursor), &row.file, &row.offset) ||
        !spells(visit, row.file, row.offset, meant))
        return false;
    row.kind = kind == MARK_OTHER ? kind_of(meant) : kind;
    FileId home = {0};
    uint32_t offset;
    if (row.kind != MARK_OTHER) parse_place(visit->parsed, libclang.getCursorLocation(meant), &home, &offset);
    if (home.index && is_local(visit, meant, home)) row.home = home;
    if ((int)meant.kind == CXCursor_FieldDecl)
        parse_place(visit->parsed, libclang.getCursorLocation(meant), &row.home, &row.at);
    vec_add(visit->marks, row);
    return true;
}
#endif

// The first mark at a place or behind it, as a row; their count when there is none.
static uint32_t first_from(const Facts *facts, FileId file, uint32_t offset) {
    uint32_t low = 0, high = facts->marks.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const MarkFact *mark = &facts->marks.items[middle];
        bool before = mark->file.index != file.index ? mark->file.index < file.index : mark->offset < offset;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool marks_between(const Facts *facts, FileId file, uint32_t from, uint32_t to) {
    uint32_t first = first_from(facts, file, from);
    const MarkFact *found = first < facts->marks.count ? &facts->marks.items[first] : NULL;
    return found && found->file.index == file.index && found->offset < to;
}

const MarkFact *marks_find(const Facts *facts, FileId file, uint32_t offset) {
    uint32_t first = first_from(facts, file, offset);
    const MarkFact *found = first < facts->marks.count ? &facts->marks.items[first] : NULL;
    return found && found->file.index == file.index && found->offset == offset ? found : NULL;
}
