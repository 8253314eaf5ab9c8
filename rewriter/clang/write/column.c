// In: lines of a file. Out: how wide they are, and white space that is as wide.
#include "clang/write/column.h"

enum { TAB_WIDTH = 8 };

uint32_t column_width(Str text, uint32_t from) {
    uint32_t column = from;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\t')
            column += TAB_WIDTH - column % TAB_WIDTH;
        else
            column += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    }
    return column;
}

uint32_t column_of(const Facts *facts, ModuleId module, uint32_t offset, const TextEdits *out) {
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, module));
    uint32_t start = source_line_start(file, offset), count = out->taken < RECENT_EDITS ? out->taken : RECENT_EDITS;
    int64_t column = column_width(str_slice(file->text, start, offset), 0);
    for (uint32_t i = 0; i < count; i++) {
        const TextEdit *edit = &out->recent[(out->taken - 1 - i) % RECENT_EDITS];
        if (edit->file.index != facts_module_file(facts, module).index || edit->start < start || edit->end > offset)
            continue;
        ptrdiff_t line = str_find_last(edit->text, '\n');
        if (line >= 0) { // what follows stands below
            Str last = str_slice(edit->text, (size_t)line + 1, edit->text.length);
            return column_width(str_slice(file->text, edit->end, offset), column_width(last, 0));
        }
        column += (int64_t)edit->text.length - (edit->end - edit->start);
    }
    return column > 0 ? (uint32_t)column : 0;
}

// Some files have a tab for every eight columns, and levels of two or four.
static bool has_tabs(const SourceFile *file, uint32_t near, bool usual) {
    Str indent = source_line_indent(file, near);
    if (str_find(indent, '\t') >= 0) return true;
    return indent.length < TAB_WIDTH && usual;
}

// Lines that begin with a tab and go on with spaces are there: "\t    ".
static bool mixes(Str text) {
    return str_find_str(text, STR("\n\t  ")) >= 0 && str_find_str(text, STR("\n        ")) < 0;
}

Str column_white(const Facts *facts, ModuleId module, uint32_t near, uint32_t column, Arena *arena) {
    StrBuf white = {0};
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, module));
    bool tabs = has_tabs(file, near, str_is(facts_module(facts, module)->indent, "\t") || mixes(file->text));
    if (tabs) strbuf_add_repeat(&white, '\t', column / TAB_WIDTH);
    strbuf_add_repeat(&white, ' ', tabs ? column % TAB_WIDTH : column);
    Str text = arena_copy(arena, strbuf_str(&white));
    strbuf_release(&white);
    return text;
}

void column_move(const Facts *facts, ModuleId module, uint32_t open, uint32_t close, TextEdits *out) {
    const SourceFile *file = source_file(facts->sources, facts_module_file(facts, module));
    uint32_t below = column_width(str_slice(file->text, source_line_start(file, open), open + 1), 0);
    int64_t column = (int64_t)below + out->wider;
    if (out->wider == 0 || column < 0) return;
    for (uint32_t at = source_line_end(file, open) + 1; at < close; at = source_line_end(file, at) + 1) {
        Str indent = source_line_indent(file, at);
        if (indent.length == 0 || column_width(indent, 0) != below || at + indent.length > close) continue;
        TextEdit edit = {facts_module_file(facts, module), at, at + (uint32_t)indent.length,
                         column_white(facts, module, at, (uint32_t)column, out->arena)};
        vec_add(&out->list, edit);
    }
}
