// Text for a person. In: bytes that come from the user's tree. Out: printable UTF-8. Never passes a
// control character on.
#include "report/text.h"

#include "source/utf8.h"

void text_add_shown(StrBuf *out, Str text) {
    while (text.length > 0) {
        Str character = utf8_take(&text);
        if (character.data[0] == '\t')
            strbuf_add_char(out, ' ');
        else
            utf8_add_shown(out, character);
    }
}

// Behind the colour that begins at AT; AT where none does.
static size_t skip_color(Str text, size_t at) {
    if (at + 1 >= text.length || text.data[at] != '\033' || text.data[at + 1] != '[') return at;
    size_t end = at + 2;
    while (end < text.length && text.data[end] != 'm') end++;
    return end < text.length ? end + 1 : end;
}

uint32_t text_width(Str text) {
    uint32_t columns = 0;
    while (text.length > 0) {
        size_t color = skip_color(text, 0);
        if (color > 0) {
            text = str_slice(text, color, text.length);
            continue;
        }
        uint32_t code = utf8_code_point(utf8_take(&text));
        columns += code == UTF8_INVALID ? 1 : utf8_width(code);
    }
    return columns;
}

void text_add_cut(StrBuf *out, Str text, uint32_t columns) {
    if (columns == 0 || text_width(text) <= columns) {
        strbuf_add(out, text);
        return;
    }
    static const uint32_t DOTS = 3;
    for (uint32_t left = columns > DOTS ? columns - DOTS : 0; text.length > 0;) {
        Str character = utf8_take(&text);
        uint32_t wide = text_width(character);
        if (wide > left) break;
        left -= wide;
        strbuf_add(out, character);
    }
    strbuf_add_text(out, "...");
}

// Where the line that LINE begins with has to end: at the last place that leaves it within COLUMNS, or at the first one
// behind. Places are before blanks and, since Chinese has none, behind wide characters.
static size_t find_break(Str line, uint32_t columns) {
    size_t best = 0, first = 0;
    uint32_t wide = 0;
    while (first < line.length && line.data[first] == ' ') first++;
    for (Str rest = line; rest.length > 0;) {
        size_t at = (size_t)(rest.data - line.data), color = skip_color(rest, 0);
        Str piece = str_slice(rest, 0, color);
        if (color > 0)
            rest = str_slice(rest, color, rest.length);
        else
            piece = utf8_take(&rest);
        uint32_t width = text_width(piece);
        bool blank = piece.data[0] == ' ' && at > first;
        if (blank) best = best == 0 || wide <= columns ? at : best;
        if (best > 0 && wide + width > columns) return best;
        wide += width;
        if (width == 2 && wide <= columns) best = at + piece.length;
    }
    return best;
}

static void add_fitted_line(StrBuf *out, Str line, uint32_t columns) {
    static const uint32_t FURTHER = 4;
    uint32_t indent = 0;
    while (indent < line.length && line.data[indent] == ' ') indent++;
    uint32_t below = indent + FURTHER, room = columns;
    for (Str rest = line; rest.length > 0;) {
        size_t end = text_width(rest) <= room ? rest.length : find_break(rest, room);
        if (end == 0) end = rest.length;
        Str now = str_slice(rest, 0, end);
        while (now.length > 0 && now.data[now.length - 1] == ' ') now.length--;
        strbuf_add(out, now);
        rest = str_slice(rest, end, rest.length);
        while (rest.length > 0 && rest.data[0] == ' ') rest = str_slice(rest, 1, rest.length);
        if (rest.length == 0) break;
        strbuf_add_char(out, '\n');
        strbuf_add_repeat(out, ' ', below);
        room = columns > below + FURTHER ? columns - below : columns;
    }
}

void text_add_fitted(StrBuf *out, Str text, uint32_t columns) {
    if (columns == 0) {
        strbuf_add(out, text);
        return;
    }
    while (text.length > 0) {
        ptrdiff_t end = str_find(text, '\n');
        Str line = end < 0 ? text : str_slice(text, 0, (size_t)end);
        if (text_width(line) <= columns)
            strbuf_add(out, line);
        else
            add_fitted_line(out, line, columns);
        if (end < 0) return;
        strbuf_add_char(out, '\n');
        text = str_slice(text, (size_t)end + 1, text.length);
    }
}
