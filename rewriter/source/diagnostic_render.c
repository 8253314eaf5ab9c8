// Diagnostics as text for a person. In: the list and the sources. Out: messages with the source line
// and carets. What comes from files is never passed to the terminal raw: control characters and
// those that reorder text are escaped, and long lines are cut around the place meant.
#include "source/diagnostic.h"

#include "base/message.h"
#include "source/source.h"
#include "source/utf8.h"

enum { WIDEST_LINE = 120, CONTEXT_BEFORE = 40, TAB_WIDTH = 4 }; // columns on the terminal
enum { NEAR_BYTES = 1024 }; // more than 120 columns in any script

typedef struct Style {
    const char *bold, *error, *warning, *note, *gutter, *reset;
} Style;

static const Style PLAIN = {"", "", "", "", "", ""};
static const Style COLORED = {"\033[1m",    "\033[1;31m", "\033[1;33m",
                              "\033[1;36m", "\033[1;34m", "\033[0m"};

// Appends one character as it may be shown and returns its width in columns.
static uint32_t add_shown(StrBuf *out, Str character) {
    uint32_t code = utf8_code_point(character);
    if (code == '\t') {
        strbuf_add_repeat(out, ' ', TAB_WIDTH);
        return TAB_WIDTH;
    }
    size_t before = out->length;
    utf8_add_shown(out, character);
    bool plain = code != UTF8_INVALID && utf8_is_printable(code);
    return plain ? utf8_width(code) : (uint32_t)(out->length - before);
}

static void add_escaped(StrBuf *out, Str text) {
    while (text.length) add_shown(out, utf8_take(&text));
}

static uint32_t shown_width(Str text) {
    StrBuf shown = {0};
    uint32_t width = 0;
    while (text.length) width += add_shown(&shown, utf8_take(&text));
    strbuf_release(&shown);
    return width;
}

// Drops characters at the start of LINE (before *FROM) until the place at *FROM is near the left.
static Str cut_left(Str line, uint32_t *from, uint32_t *to) {
    uint32_t before = shown_width(str_slice(line, 0, *from));
    Str rest = line;
    while (before > CONTEXT_BEFORE) {
        Str character = utf8_take(&rest);
        before -= shown_width(character);
        *from -= (uint32_t)character.length;
        *to -= (uint32_t)character.length;
    }
    return rest;
}

static bool is_inside_character(Str line, size_t at) {
    return at < line.length && ((unsigned char)line.data[at] & 0xc0u) == 0x80u;
}

// The part of a very long line that is near *FROM: what is far from it is not shown, and not looked at.
static Str near_place(Str line, uint32_t *from, uint32_t *to) {
    uint32_t start = *from > NEAR_BYTES ? *from - NEAR_BYTES : 0;
    while (start > 0 && is_inside_character(line, start)) start--;
    size_t end = (size_t)*from + NEAR_BYTES;
    while (is_inside_character(line, end)) end++;
    if (*to > end) *to = (uint32_t)(end < line.length ? end : line.length);
    *from -= start;
    *to -= start;
    return str_slice(line, start, end);
}

// The source line with its number, and the carets under [from, to) of it.
static void add_excerpt(StrBuf *out, const SourceFile *file, Span span, const Style *style,
                        const char *caret_color) {
    uint32_t number = source_line_column(file, span.start).line;
    Str line = source_line(file, number);
    uint32_t start = source_line_start(file, span.start);
    uint32_t from = span.start - start, to = span.end > span.start ? span.end - start : from;
    if (to > line.length) to = (uint32_t)line.length; // only the first line of a span is shown
    if (from > line.length) from = (uint32_t)line.length;
    if (to < from) to = from;

    Str near = near_place(line, &from, &to);
    bool too_wide = near.length < line.length || shown_width(near) > WIDEST_LINE;
    Str shown = too_wide ? cut_left(near, &from, &to) : near;
    bool cut = shown.data > line.data;

    char gutter[16];
    int digits = snprintf(gutter, sizeof gutter, "%4u", number);
    strbuf_addf(out, "%s%*s |%s\n", style->gutter, digits, "", style->reset);
    strbuf_addf(out, "%s%s |%s %s", style->gutter, gutter, style->reset, cut ? "..." : "");
    uint32_t width = 0;
    for (Str rest = shown; rest.length && width < WIDEST_LINE;) {
        width += add_shown(out, utf8_take(&rest));
        if (rest.length && width >= WIDEST_LINE) strbuf_add_text(out, "...");
    }
    uint32_t indent = shown_width(str_slice(shown, 0, from)) + (cut ? 3 : 0);
    uint32_t carets = shown_width(str_slice(shown, from, to));
    if (carets == 0) carets = 1;
    if (carets > WIDEST_LINE) carets = WIDEST_LINE;
    strbuf_addf(out, "\n%s%*s |%s ", style->gutter, digits, "", style->reset);
    strbuf_add_repeat(out, ' ', indent);
    strbuf_add_text(out, caret_color);
    strbuf_add_repeat(out, '^', carets);
    strbuf_addf(out, "%s\n", style->reset);
}

static void add_remark(StrBuf *out, const char *label, Str text, const Style *style) {
    if (!text.length) return;
    // A remark of several lines stays one remark: the further lines are set under the first.
    Str rest = text, line;
    for (bool first = true; str_split_next(&rest, '\n', &line); first = false) {
        if (first) {
            message_add(out, "  %s%s:%s ", style->bold, message_text(label), style->reset);
        } else {
            strbuf_add_repeat(out, ' ', 8);
        }
        add_escaped(out, line);
        strbuf_add_char(out, '\n');
    }
}

static void add_place(StrBuf *out, const SourceFile *file, Span span) {
    if (!file) {
        strbuf_add_text(out, message_text("weft: "));
        return;
    }
    add_escaped(out, file->path);
    if (file->text.data) {
        LineColumn place = source_line_column(file, span.start);
        strbuf_addf(out, ":%u:%u", place.line, place.column);
    }
    strbuf_add_text(out, ": ");
}

// The second place of a diagnostic, with its line.
static void add_related(StrBuf *out, const Diagnostic *item, const SourceFile *file,
                        const Style *style) {
    strbuf_add_text(out, "  ");
    add_place(out, file, item->related);
    message_add(out, "%snote:%s ", style->note, style->reset);
    add_escaped(out, item->related_text);
    strbuf_add_char(out, '\n');
    add_excerpt(out, file, item->related, style, style->note);
}

static void add_diagnostic(StrBuf *out, const Diagnostic *item, const Sources *sources,
                           const Style *style) {
    bool has_file = item->span.file.index != 0;
    const SourceFile *file = has_file ? source_file(sources, item->span.file) : NULL;
    static const char *const LABELS[] = {"note", "warning", "error"};
    const char *const colors[] = {style->note, style->warning, style->error};
    const char *color = colors[item->severity];

    strbuf_add_text(out, style->bold);
    add_place(out, file, item->span);
    message_add(out, "%s%s%s[%s]: %s", style->reset, color, message_text(LABELS[item->severity]),
                diagnostic_code_name(item->code), style->reset);
    add_escaped(out, item->message);
    strbuf_add_char(out, '\n');
    if (file && file->text.data && item->span.start <= file->text.length) {
        add_excerpt(out, file, item->span, style, color);
    }
    if (item->related.file.index != 0)
        add_related(out, item, source_file(sources, item->related.file), style);
    add_remark(out, "note", item->note, style);
    add_remark(out, "help", item->help, style);
}

void diagnostics_render(const Diagnostics *diagnostics, const Sources *sources, Severity least,
                        bool color, FILE *out) {
    StrBuf buffer = {0};
    for (uint32_t i = 0; i < diagnostics->list.count; i++) {
        const Diagnostic *item = &diagnostics->list.items[i];
        if (item->severity < least) continue;
        add_diagnostic(&buffer, item, sources, color ? &COLORED : &PLAIN);
    }
    if (buffer.length) fwrite(buffer.data, 1, buffer.length, out);
    strbuf_release(&buffer);
}
