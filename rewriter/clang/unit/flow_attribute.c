// Functions that are called by more than the code: by the loader, by a signal, under another name. In: the attributes of a
// declaration. Out: marks that hold it fast, or the function that an attribute names.
//
//     __attribute__((constructor)) static void begin(void);         int name(int) __attribute__((alias("own_name")));
#include "clang/unit/flow.h"

#ifdef WEFT_WITH_LIBCLANG
// Without the underscores that may be around it.
static Str word_at(const Visit *visit, FileId file, uint32_t offset) {
    Str text = source_file(visit->parsed->facts->sources, file)->text;
    uint32_t end = offset;
    while (end < text.length && str_is_word_byte(text.data[end])) end++;
    Str word = str_slice(text, offset, end);
    bool framed = str_starts_with(word, STR("__")) && str_ends_with(word, STR("__")) && word.length > 4;
    return framed ? str_slice(word, 2, word.length - 2) : word;
}

// What stands in quotes behind the attribute.
static Str named_at(const Visit *visit, FileId file, uint32_t offset) {
    Str text = source_file(visit->parsed->facts->sources, file)->text;
    uint32_t open = offset;
    while (open < text.length && text.data[open] != '"' && text.data[open] != ')') open++;
    uint32_t end = open + 1;
    while (end < text.length && str_is_word_byte(text.data[end])) end++;
    return end < text.length && text.data[open] == '"' ? str_slice(text, open + 1, end) : STR_NONE;
}

typedef struct Wanted {
    Visit *visit;
    Str name;
} Wanted;

static enum CXChildVisitResult fix_named(CXCursor cursor, CXCursor parent, CXClientData data) {
    (void)parent;
    const Wanted *wanted = data;
    if ((int)cursor.kind != CXCursor_FunctionDecl) return CXChildVisit_Continue;
    CXString name = libclang.getCursorSpelling(cursor);
    if (str_equal(str_from(libclang.getCString(name)), wanted->name)) mark_fixed(wanted->visit, cursor);
    libclang.disposeString(name);
    return CXChildVisit_Continue;
}

void flow_read_attribute(Visit *visit, CXCursor function, CXCursor attribute) {
    FileId file;
    uint32_t offset;
    if (!parse_place(visit->parsed, libclang.getCursorLocation(attribute), &file, &offset)) return;
    Str word = word_at(visit, file, offset);
    if (str_is(word, "constructor") || str_is(word, "destructor") || str_is(word, "interrupt") || str_is(word, "signal"))
        mark_fixed(visit, function);
    if (!str_is(word, "alias") && !str_is(word, "ifunc")) return;
    Wanted wanted = {visit, named_at(visit, file, offset)};
    mark_fixed(visit, function);
    libclang.visitChildren(libclang.getTranslationUnitCursor(visit->parsed->unit), fix_named, &wanted);
}
#endif
