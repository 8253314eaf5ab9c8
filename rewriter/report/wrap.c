// In: a text and where its line stands. Out: lines. "把 FILE 写成" may be broken at its spaces and between any two of
// its Chinese characters, "（见上文）" not behind the first and not before the last.
#include "report/wrap.h"

#include <string.h>

#include "source/utf8.h"

static bool is_one_of(Str character, const char *list) {
    for (Str rest = str_from(list); rest.length > 0;)
        if (str_equal(utf8_take(&rest), character)) return true;
    return false;
}

static bool is_wide(Str character) { return utf8_width(utf8_code_point(character)) == 2; }

static bool breaks_between(Str before, Str after) {
    return (is_wide(before) || is_wide(after)) && !is_one_of(before, "（「『《【“‘(['\"`") &&
           !is_one_of(after, "，。、；：！？）」』》】”’…—,.;:!?)]'\"`%");
}

static bool is_space(Str character) { return str_is(character, " ") || str_is(character, "\n"); }

uint32_t wrap_columns(Str text) {
    uint32_t columns = 0;
    while (text.length > 0) columns += utf8_width(utf8_code_point(utf8_take(&text)));
    return columns;
}

// Cuts off what cannot be broken, without the space behind it.
static Str take_piece(Str *rest) {
    Str whole = *rest, before = utf8_take(rest);
    while (rest->length > 0) {
        Str ahead = *rest, after = utf8_take(&ahead);
        if (is_space(after) || breaks_between(before, after)) break;
        before = after;
        *rest = ahead;
    }
    return str_slice(whole, 0, whole.length - rest->length);
}

static uint32_t begin_line(StrBuf *out, uint32_t indent) {
    strbuf_add_char(out, '\n');
    strbuf_add_repeat(out, ' ', indent);
    return indent;
}

void wrap_add(StrBuf *out, Str text, uint32_t column, uint32_t indent, uint32_t width) {
    bool spaced = false;
    while (text.length > 0) {
        if (text.data[0] == '\n') column = begin_line(out, indent);
        if (text.data[0] == '\n' || text.data[0] == ' ') {
            spaced = text.data[0] == ' ';
            text = str_slice(text, 1, text.length);
            continue;
        }
        Str piece = take_piece(&text);
        uint32_t columns = wrap_columns(piece);
        if (column > indent && column + spaced + columns > width) {
            column = begin_line(out, indent);
        } else if (spaced) {
            strbuf_add_char(out, ' ');
            column++;
        }
        strbuf_add(out, piece);
        column += columns;
        spaced = false;
    }
}
