// Lines and lists of Python text.
//
// In: a file and an offset that the facts gave. Out: other offsets, or edits that keep the style
// found there. Nothing here may read past the text or assume a line end of one byte.
#include "facts/stretch.h"
#include "python/syntax/joined.h"
#include "python/write/layout.h"

Writing writing_on(const Facts *facts, ModuleId module, TextEdits *out) {
    FileId id = facts_module_file(facts, module);
    return (Writing){.facts = facts,
                     .module = module,
                     .id = id,
                     .file = source_file(facts->sources, id),
                     .indent = facts_module(facts, module)->indent,
                     .out = out};
}

void write_replace(const Writing *writing, uint32_t start, uint32_t end, Str text) {
    TextEdit edit = {writing->id, start, end, arena_copy(writing->out->arena, text)};
    vec_add(&writing->out->list, edit);
}

void write_insert(const Writing *writing, uint32_t at, Str text) {
    write_replace(writing, at, at, text);
}

// ---- lines ---------------------------------------------------------------------------------------
bool layout_is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

bool layout_first_on_line(const SourceFile *file, uint32_t offset) {
    uint32_t at = source_line_start(file, offset);
    while (at < offset && layout_is_blank(file->text.data[at])) at++;
    return at == offset;
}

bool layout_rest_is_blank(const SourceFile *file, uint32_t offset) {
    while (offset < file->text.length && layout_is_blank(file->text.data[offset])) offset++;
    return offset == file->text.length || is_line_end(file->text.data[offset]) ||
           file->text.data[offset] == '#';
}

bool layout_line_is_blank(const SourceFile *file, uint32_t offset) {
    uint32_t start = source_line_start(file, offset);
    return str_trim(str_slice(file->text, start, source_line_end(file, offset))).length == 0;
}

bool layout_line_is_comment(const SourceFile *file, uint32_t offset) {
    uint32_t start = source_line_start(file, offset);
    Str line = str_trim(str_slice(file->text, start, source_line_end(file, offset)));
    return line.length > 0 && line.data[0] == '#';
}

uint32_t layout_next_line(const SourceFile *file, uint32_t offset) {
    uint32_t at = source_line_end(file, offset);
    if (at < file->text.length && file->text.data[at] == '\r') at++;
    if (at < file->text.length && file->text.data[at] == '\n') at++;
    return at;
}

bool layout_previous_text(const SourceFile *file, uint32_t offset, uint32_t *line_end) {
    uint32_t start = source_line_start(file, offset);
    while (start > 0) {
        start = source_line_start(file, start - 1);
        if (layout_line_is_blank(file, start)) continue;
        *line_end = source_line_end(file, start);
        return true;
    }
    return false;
}

bool layout_next_text(const SourceFile *file, uint32_t offset, uint32_t *line_start) {
    uint32_t start = layout_next_line(file, offset);
    while (start < file->text.length && layout_line_is_blank(file, start)) {
        start = layout_next_line(file, start);
    }
    *line_start = start;
    return start < file->text.length;
}

uint32_t layout_with_comments(const SourceFile *file, uint32_t offset) {
    uint32_t start = source_line_start(file, offset);
    Str indent = source_line_indent(file, offset);
    while (start > 0) {
        uint32_t above = source_line_start(file, start - 1);
        if (!layout_line_is_comment(file, above)) break;
        if (!str_equal(source_line_indent(file, above), indent)) break;
        start = above;
    }
    return start;
}

void layout_add_line(StrBuf *buffer, const Writing *writing, Str indent, Str line) {
    strbuf_add(buffer, indent);
    while (str_starts_with(line, STR("    "))) {
        strbuf_add(buffer, writing->indent);
        line = str_slice(line, 4, line.length);
    }
    strbuf_add(buffer, line);
}

// Replaces the gap [start, end) between two lines. Neighbours that ask for the same gap add the same
// edit, which is kept once.
static void widen_gap(const Writing *writing, uint32_t start, uint32_t end, uint32_t count) {
    uint32_t lines = 0;
    for (uint32_t at = layout_next_line(writing->file, start); at < end; lines++) {
        at = layout_next_line(writing->file, at);
    }
    if (lines >= count) return;
    StrBuf text = {0};
    for (uint32_t i = 0; i <= count; i++) strbuf_add(&text, writing->file->newline);
    write_replace(writing, start, end, strbuf_str(&text));
    strbuf_release(&text);
}

void layout_blank_lines_above(const Writing *writing, uint32_t offset, uint32_t count) {
    uint32_t end;
    if (!layout_previous_text(writing->file, offset, &end)) return;
    size_t own = source_line_indent(writing->file, offset).length;
    if (source_line_indent(writing->file, end).length < own) return;
    widen_gap(writing, end, source_line_start(writing->file, offset), count);
}

void layout_blank_lines_below(const Writing *writing, uint32_t offset, uint32_t count) {
    uint32_t start, end = joined_line_end(writing->file, offset);
    if (!layout_next_text(writing->file, end, &start)) return;
    size_t own = source_line_indent(writing->file, offset).length;
    if (source_line_indent(writing->file, start).length < own) return;
    widen_gap(writing, end, start, count);
}

// ---- whole lines ---------------------------------------------------------------------------------
static uint32_t count_lines(const SourceFile *file, uint32_t from, uint32_t to) {
    uint32_t count = 0;
    for (; from < to; from = layout_next_line(file, from)) count++;
    return count;
}

void layout_remove_lines(const Writing *writing, uint32_t from, uint32_t to, bool opens_block) {
    const SourceFile *file = writing->file;
    to = joined_line_end(file, to);
    uint32_t line = source_line_start(file, from), next = layout_next_line(file, to);
    uint32_t above, below, start = line;
    bool has_above = layout_previous_text(file, line, &above);
    bool has_below = layout_next_text(file, to, &below);
    if (has_above && next == source_line_end(file, to)) { // the last line has no end
        write_replace(writing, above, next, STR_NONE);
        return;
    }
    write_replace(writing, line, next, STR_NONE);
    if (!has_above || opens_block) {
        if (has_below && next < below) write_replace(writing, next, below, STR_NONE);
        return;
    }
    uint32_t extra = count_lines(file, layout_next_line(file, above), line);
    uint32_t kept = has_below ? count_lines(file, next, below) : extra;
    for (; extra > 0 && kept > 0; extra--, kept--) start = source_line_start(file, start - 1);
    if (start < line) write_replace(writing, start, line, STR_NONE);
}

typedef struct Stretches {
    Vec(Span) list;
} Stretches;

// A literal in TEXT may go on over a line end.
static bool breaks_inside(Str text) {
    return str_find_str(text, STR("\"\"\"")) >= 0 || str_find_str(text, STR("'''")) >= 0 ||
           str_find_str(text, STR("\\\n")) >= 0 || str_find_str(text, STR("\\\r")) >= 0;
}

static void find_long_strings(const Writing *writing, uint32_t from, uint32_t to,
                              Stretches *found) {
    const Facts *facts = writing->facts;
    Stretch exprs = facts_exprs_of(facts, writing->module);
    for (uint32_t i = exprs.first; i < exprs.end; i++) {
        const ExprFact *expr = &facts->exprs.items[i];
        if (expr->kind != EXPR_STRING || expr->start < from || expr->end > to) continue;
        if (breaks_inside(str_slice(writing->file->text, expr->start, expr->end))) {
            vec_add(&found->list, ((Span){writing->id, expr->start, expr->end}));
        }
    }
}

// Moves one line by LEVELS; to the left as far as its blanks go.
static void indent_line(const Writing *writing, uint32_t at, int32_t levels) {
    if (levels < 0) {
        size_t blanks = source_line_indent(writing->file, at).length;
        size_t width = writing->indent.length * (size_t)-levels;
        write_replace(writing, at, at + (uint32_t)(width < blanks ? width : blanks), STR_NONE);
        return;
    }
    StrBuf indent = {0};
    for (int32_t i = 0; i < levels; i++) strbuf_add(&indent, writing->indent);
    write_insert(writing, at, strbuf_str(&indent));
    strbuf_release(&indent);
}

void layout_indent_lines(const Writing *writing, uint32_t from, uint32_t to, int32_t levels) {
    const SourceFile *file = writing->file;
    Stretches strings = {0};
    find_long_strings(writing, from, to, &strings);
    for (uint32_t at = layout_next_line(file, from); at < to; at = layout_next_line(file, at)) {
        bool moves = !layout_line_is_blank(file, at);
        for (uint32_t i = 0; i < strings.list.count; i++) {
            const Span *span = &strings.list.items[i];
            moves = moves && !(span->start < at && at < span->end);
        }
        if (moves) indent_line(writing, at, levels);
    }
    vec_release(&strings.list);
}

void layout_children(const Facts *facts, StatementId compound, StatementList *children) {
    const StatementFact *parent = facts_statement(facts, compound);
    ModuleId module = facts_scope(facts, parent->scope)->module;
    for (uint32_t i = compound.index + 1; i < facts->statements.count; i++) {
        const StatementFact *statement = &facts->statements.items[i];
        if (statement->start >= parent->end) break;
        if (!fact_same(facts_scope(facts, statement->scope)->module, module)) break;
        if (fact_same(statement->parent, compound)) vec_add(&children->list, (StatementId){i});
    }
}

// ---- comma-separated lists -------------------------------------------------------------------------
// Every item starts a line of its own (the first may follow the parenthesis).
static bool one_per_line(const SourceFile *file, const ListItem *items, uint32_t count) {
    if (!layout_first_on_line(file, items[count - 1].start)) return false;
    for (uint32_t i = 1; i < count; i++) {
        if (source_line_start(file, items[i].start) ==
            source_line_start(file, items[i - 1].start)) {
            return false;
        }
    }
    return true;
}

// The indentation of a new line beside the one of OFFSET.
static void add_indent(StrBuf *text, const Writing *writing, uint32_t offset) {
    Str indent = source_line_indent(writing->file, offset);
    int32_t levels = writing->out->deeper;
    if (levels < 0) {
        size_t width = writing->indent.length * (size_t)-levels;
        indent = str_slice(indent, width < indent.length ? width : indent.length, indent.length);
    }
    strbuf_add(text, indent);
    for (int32_t i = 0; i < levels; i++) strbuf_add(text, writing->indent);
}

void list_fill(const Writing *writing, uint32_t open, uint32_t close, Str added) {
    const SourceFile *file = writing->file;
    uint32_t above, line = layout_next_line(file, open);
    bool comment = str_find(str_slice(file->text, open, close), '#') >= 0;
    if (!comment || !layout_previous_text(file, close, &above)) {
        write_replace(writing, open + 1, close, added);
        return;
    }
    while (line < close && !layout_line_is_comment(file, line)) line = layout_next_line(file, line);
    bool own_line = line < close; // some comment has one
    StrBuf text = {0};
    strbuf_add(&text, file->newline);
    add_indent(&text, writing, own_line ? line : open);
    if (!own_line) strbuf_add(&text, writing->indent);
    strbuf_add(&text, added);
    write_insert(writing, above, strbuf_str(&text));
    strbuf_release(&text);
}

void list_append(const Writing *writing, const ListItem *items, uint32_t count, const Str *texts,
                 uint32_t text_count, bool on_one_line) {
    const SourceFile *file = writing->file;
    const ListItem *last = &items[count - 1];
    bool comma = last->comma != 0;
    uint32_t at = comma ? last->comma + 1 : last->end;
    StrBuf text = {0};
    if (on_one_line || !one_per_line(file, items, count)) {
        for (uint32_t i = 0; i < text_count; i++) {
            strbuf_add(&text, comma ? STR(" ") : STR(", "));
            strbuf_add(&text, texts[i]);
            if (comma) strbuf_add_char(&text, ',');
        }
    } else {
        bool after_comment = layout_rest_is_blank(file, at);
        if (after_comment) at = source_line_end(file, at);
        if (!comma && at != last->end) write_insert(writing, last->end, STR(","));
        if (!comma && at == last->end) strbuf_add_char(&text, ',');
        for (uint32_t i = 0; i < text_count; i++) {
            strbuf_add(&text, file->newline);
            add_indent(&text, writing, last->start);
            strbuf_add(&text, texts[i]);
            if (comma || i + 1 < text_count) strbuf_add_char(&text, ',');
        }
    }
    write_insert(writing, at, strbuf_str(&text));
    strbuf_release(&text);
}

void list_insert(const Writing *writing, const ListItem *items, uint32_t count, uint32_t place,
                 const Str *texts, uint32_t text_count) {
    const SourceFile *file = writing->file;
    const ListItem *next = &items[place];
    bool lines = one_per_line(file, items, count) && layout_first_on_line(file, next->start);
    StrBuf text = {0};
    for (uint32_t i = 0; i < text_count; i++) {
        strbuf_add(&text, texts[i]);
        strbuf_add_char(&text, ',');
        strbuf_add(&text, lines ? file->newline : STR(" "));
        if (lines) strbuf_add(&text, source_line_indent(file, next->start));
    }
    write_insert(writing, next->start, strbuf_str(&text));
    strbuf_release(&text);
}

static void remove_with_line(const Writing *writing, const ListItem *items, uint32_t place, uint32_t end) {
    const SourceFile *file = writing->file;
    uint32_t start = source_line_start(file, items[place].start), next = layout_next_line(file, end);
    if (items[place].comma == 0 && place > 0 && items[place - 1].comma > 0)
        write_replace(writing, items[place - 1].comma, items[place - 1].comma + 1, STR_NONE);
    write_replace(writing, start, next, STR_NONE);
}

void list_remove(const Writing *writing, const ListItem *items, uint32_t count, uint32_t place) {
    const SourceFile *file = writing->file;
    const ListItem *item = &items[place];
    uint32_t end = item->comma > 0 ? item->comma + 1 : item->end;
    if (layout_first_on_line(file, item->start) && layout_rest_is_blank(file, end)) {
        remove_with_line(writing, items, place, end);
        return;
    }
    if (place + 1 < count)
        write_replace(writing, item->start, items[place + 1].start, STR_NONE);
    else if (place > 0)
        write_replace(writing, items[place - 1].end, item->end, STR_NONE);
    else
        write_replace(writing, item->start, end, STR_NONE);
}

bool layout_begins_definition(const SourceFile *file, uint32_t at) {
    static const char *const words[] = {"def ", "class ", "async def ", "@"};
    Str rest = str_slice(file->text, at, file->text.length);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts_with(rest, str_from(words[i]))) return true;
    return false;
}
