// Lists that grow beyond the lines of the project. In: a list on one line, and what it gains. Out: edits of the
// gaps between its items; what is in an item may change at the same time.
#include "python/write/wrap.h"

uint32_t wrap_width(Str text) {
    uint32_t count = 0;
    for (size_t i = 0; i < text.length; i++) count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

// Nothing but blanks and one comma, and where MAY_BREAK line ends: no parenthesis of an item, no comment.
static bool is_plain_gap(Str gap, bool may_break) {
    for (size_t i = 0; i < gap.length; i++) {
        char c = gap.data[i];
        if (c != ' ' && c != ',' && !(may_break && (c == '\t' || c == '\r' || c == '\n'))) return false;
    }
    return true;
}

// BELOW: the items stand on a line of their own, so that the first gap and the last one hold a line end.
static bool has_plain_gaps(const SourceFile *file, const GrowingList *list, bool below) {
    uint32_t from = list->open + 1;
    for (uint32_t i = 0; i <= list->count; i++) {
        uint32_t to = i < list->count ? list->items[i].start : list->close;
        bool may_break = below && (i == 0 || i == list->count);
        if (to < from || !is_plain_gap(str_slice(file->text, from, to), may_break)) return false;
        if (i < list->count) from = list->items[i].end;
    }
    return true;
}

static uint32_t added_width(const GrowingList *list) {
    uint32_t sum = 0;
    for (uint32_t i = 0; i < list->text_count; i++) sum += wrap_width(list->texts[i]) + 2;
    return list->count == 0 ? sum - 2 : sum;
}

// What stands in one gap: SEPARATOR between two items, with the texts among them at the place.
static void add_gap(StrBuf *text, const GrowingList *list, uint32_t before, Str separator) {
    bool first = before == 0;
    for (uint32_t i = 0; before == list->place && i < list->text_count; i++) {
        if (!first) strbuf_add(text, separator);
        strbuf_add(text, list->texts[i]);
        first = false;
    }
    if (before < list->count && !first) strbuf_add(text, separator);
}

static void write_gaps(const Writing *writing, const GrowingList *list, Str inner, Str outer,
                       bool one_line) {
    StrBuf separator = {0}, text = {0};
    strbuf_add_char(&separator, ',');
    strbuf_add(&separator, one_line ? STR(" ") : inner);
    for (uint32_t i = 0; i <= list->count; i++) {
        uint32_t from = i > 0 ? list->items[i - 1].end : list->open + 1;
        uint32_t to = i < list->count ? list->items[i].start : list->close;
        strbuf_clear(&text);
        if (i == 0) strbuf_add(&text, inner);
        add_gap(&text, list, i, strbuf_str(&separator));
        if (i == list->count) {
            if (!one_line) strbuf_add_char(&text, ',');
            strbuf_add(&text, outer);
        }
        if (!str_equal(strbuf_str(&text), str_slice(writing->file->text, from, to)))
            write_replace(writing, from, to, strbuf_str(&text));
    }
    strbuf_release(&separator);
    strbuf_release(&text);
}

// A comment behind the list that tools read, and that is about this line: # type: ignore
static bool has_pragma(Str rest) {
    static const char *const words[] = {"type:", "noqa", "pyright:", "mypy:", "pylint:", "nosec"};
    ptrdiff_t mark = str_find(rest, '#');
    if (mark < 0) return false;
    Str comment = str_slice(rest, (size_t)mark, rest.length);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_find_str(comment, str_from(words[i])) >= 0) return true;
    return false;
}

// All items on one line that they have for themselves, as black has it before it gives each a line.
static bool stands_below(const SourceFile *file, const GrowingList *list) {
    if (list->count == 0) return false;
    uint32_t first = list->items[0].start, line = source_line_start(file, first);
    return line > list->open && line == source_line_start(file, list->items[list->count - 1].end) &&
           layout_first_on_line(file, first) && layout_first_on_line(file, list->close) &&
           source_line_start(file, list->close) == layout_next_line(file, first);
}

// Such a line that grows too long: each item on its own.
static bool wrap_below(const Writing *writing, const GrowingList *list, uint32_t limit) {
    const SourceFile *file = writing->file;
    uint32_t first = list->items[0].start;
    Str line = str_slice(file->text, source_line_start(file, first), source_line_end(file, first));
    if (wrap_width(line) + added_width(list) + list->longer <= limit || !has_plain_gaps(file, list, true))
        return false;
    Str inner = arena_format(writing->out->arena, "%.*s%.*s", STR_ARG(file->newline),
                             STR_ARG(source_line_indent(file, first)));
    Str outer = arena_format(writing->out->arena, "%.*s%.*s", STR_ARG(file->newline),
                             STR_ARG(source_line_indent(file, list->close)));
    write_gaps(writing, list, inner, outer, false);
    return true;
}

bool wrap_list(const Writing *writing, const GrowingList *list) {
    const SourceFile *file = writing->file;
    uint32_t limit = writing->facts->sources->line_limit;
    uint32_t start = source_line_start(file, list->open), end = source_line_end(file, list->open);
    if (limit == 0 || writing->out->deeper != 0 || list->text_count == 0) return false;
    if (stands_below(file, list)) return wrap_below(writing, list, limit);
    if (list->close >= end) return false;
    Str line = str_slice(file->text, start, end), indent = source_line_indent(file, list->open);
    uint32_t added = added_width(list), most = wrap_width(line) + added + list->longer;
    if (most <= limit || !has_plain_gaps(file, list, false)) return false;
    if (has_pragma(str_slice(file->text, list->close, end))) return false;
    StrBuf inner = {0}, outer = {0};
    strbuf_add(&outer, file->newline);
    strbuf_add(&outer, indent);
    strbuf_add(&inner, strbuf_str(&outer));
    strbuf_add(&inner, writing->indent);
    Str items = str_slice(file->text, list->open + 1, list->close);
    uint32_t below = wrap_width(indent) + wrap_width(writing->indent) + wrap_width(items) + added + list->longer;
    bool had_comma = list->count > 0 && list->items[list->count - 1].comma != 0;
    bool may_fit =
        most - list->longer - list->shorter <= limit; // on the line as it is, in some stage
    write_gaps(writing, list, strbuf_str(&inner), strbuf_str(&outer),
               below <= limit && !had_comma && !may_fit);
    strbuf_release(&inner);
    strbuf_release(&outer);
    return true;
}
