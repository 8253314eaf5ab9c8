// PEP 263: what a Python file says of its bytes. In: raw bytes. Out: the encoding, the text as UTF-8,
// and the way back. Declared, never guessed; a file whose bytes would not come back exactly is
// refused here, so that an edit can only change what it means to change.
#include "source/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/message.h"
#include "source/encoding_names.h"
#include "source/utf8.h"

#define BOM STR("\xEF\xBB\xBF")

// The next line of *REST without its end; "\n", "\r\n" and "\r" end one.
static Str take_line(Str *rest) {
    size_t length = 0;
    while (length < rest->length && rest->data[length] != '\n' && rest->data[length] != '\r') {
        length++;
    }
    Str line = str_slice(*rest, 0, length);
    bool pair =
        length + 1 < rest->length && rest->data[length] == '\r' && rest->data[length + 1] == '\n';
    *rest = str_slice(*rest, length + (pair ? 2 : 1), rest->length);
    return line;
}

static Str skip_blanks(Str s) {
    size_t i = 0;
    while (i < s.length && (s.data[i] == ' ' || s.data[i] == '\t' || s.data[i] == '\f')) i++;
    return str_slice(s, i, s.length);
}

static bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

// ^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+) of PEP 263.
static bool cookie_of_line(Str line, Str *cookie) {
    line = skip_blanks(line);
    if (!str_starts_with(line, STR("#"))) return false;
    ptrdiff_t found;
    while ((found = str_find_str(line, STR("coding"))) >= 0) {
        line = str_slice(line, (size_t)found + 6, line.length);
        if (!line.length || (line.data[0] != ':' && line.data[0] != '=')) continue;
        Str value = skip_blanks(str_slice(line, 1, line.length));
        size_t length = 0;
        while (length < value.length && is_name_character(value.data[length])) length++;
        if (length == 0) continue;
        *cookie = str_slice(value, 0, length);
        return true;
    }
    return false;
}

// The cookie may be on the second line only when the first holds no code.
static bool cookie_find(Str raw, Str *cookie) {
    Str first = take_line(&raw);
    if (cookie_of_line(first, cookie)) return true;
    Str start = skip_blanks(first);
    if (start.length && start.data[0] != '#') return false;
    return cookie_of_line(take_line(&raw), cookie);
}

// One conversion of all of IN. False on bytes that do not convert, or that convert only roughly;
// *bad is the offset of the first.
static bool convert(const char *to, const char *from, Str in, StrBuf *out, size_t *bad) {
    iconv_t descriptor = iconv_open(to, from);
    *bad = 0;
    if (descriptor == (iconv_t)-1) return false;
    char *next = (char *)in.data; // iconv's parameter is not const; it does not write there
    size_t left = in.length;
    bool flushing = false, good = true;
    for (;;) {
        char block[4096];
        char *end = block;
        size_t space = sizeof block;
        // Without input a stateful encoding writes the way back to its first state.
        size_t rough = flushing ? iconv(descriptor, NULL, NULL, &end, &space)
                                : iconv(descriptor, &next, &left, &end, &space);
        strbuf_add(out, (Str){block, (size_t)(end - block)});
        if (rough == (size_t)-1 && errno == E2BIG) continue;
        good = rough == 0;
        if (!good || flushing) break;
        flushing = true;
    }
    *bad = in.length - left;
    iconv_close(descriptor);
    return good;
}

// Python reads the cookie, keywords and quotes as ASCII; an encoding where these bytes mean something
// else (UTF-16, EBCDIC) cannot hold a Python source.
static bool keeps_ascii(const char *name, bool *known) {
    iconv_t descriptor = iconv_open("UTF-8", name);
    *known = descriptor != (iconv_t)-1;
    if (!*known) return false;
    iconv_close(descriptor);

    char ascii[96] = "\n";
    for (int i = 0; i < 95; i++) ascii[i + 1] = (char)(0x20 + i);
    Str all = {ascii, sizeof ascii};
    StrBuf out = {0};
    size_t bad;
    bool same = convert("UTF-8", name, all, &out, &bad) && str_equal(strbuf_str(&out), all);
    strbuf_release(&out);
    return same;
}

bool encoding_detect(Arena *arena, Str raw, Encoding *encoding, Str *reason) {
    *encoding = (Encoding){.name = STR("UTF-8"), .is_utf8 = true};
    encoding->has_bom = str_starts_with(raw, BOM);
    if (encoding->has_bom) raw = str_slice(raw, BOM.length, raw.length);
    Str cookie;
    if (!cookie_find(raw, &cookie)) return true;

    encoding->name = encoding_iconv_name(arena, cookie);
    encoding->is_utf8 = str_is(encoding->name, "UTF-8");
    if (encoding->is_utf8) return true;
    if (encoding->has_bom) {
        *reason = message_format(arena, "it starts with a UTF-8 signature but declares '%.*s'",
                               STR_ARG(cookie));
        return false;
    }
    bool known;
    if (keeps_ascii(encoding->name.data, &known)) return true;
    *reason = message_format(arena,
                           known ? "it declares '%.*s', which no Python source can be written in"
                                 : "it declares the unknown encoding '%.*s'",
                           STR_ARG(cookie));
    return false;
}

static size_t first_difference(Str a, Str b) {
    size_t i = 0;
    while (i < a.length && i < b.length && a.data[i] == b.data[i]) i++;
    return i;
}

bool encoding_decode(Arena *arena, const Encoding *encoding, Str raw, Str *text,
                     size_t *bad_offset) {
    size_t start = encoding->has_bom ? BOM.length : 0;
    Str body = str_slice(raw, start, raw.length);
    if (encoding->is_utf8) {
        size_t valid = utf8_valid_length(body);
        *bad_offset = start + valid;
        *text = body;
        return valid == body.length;
    }

    StrBuf decoded = {0}, again = {0};
    size_t ignored;
    bool good = convert("UTF-8", encoding->name.data, body, &decoded, bad_offset);
    if (good && (!convert(encoding->name.data, "UTF-8", strbuf_str(&decoded), &again, &ignored) ||
                 !str_equal(strbuf_str(&again), body))) {
        *bad_offset = first_difference(strbuf_str(&again), body);
        good = false;
    }
    if (good) *text = arena_copy(arena, strbuf_str(&decoded));
    strbuf_release(&decoded);
    strbuf_release(&again);
    return good;
}

bool encoding_encode(Arena *arena, const Encoding *encoding, Str text, Str *raw) {
    if (encoding->is_utf8 && !encoding->has_bom) {
        *raw = text;
        return utf8_valid_length(text) == text.length;
    }
    StrBuf out = {0};
    bool good;
    if (encoding->is_utf8) {
        strbuf_add(&out, BOM);
        strbuf_add(&out, text);
        good = utf8_valid_length(text) == text.length;
    } else {
        size_t bad;
        good = convert(encoding->name.data, "UTF-8", text, &out, &bad);
    }
    if (good) *raw = arena_copy(arena, strbuf_str(&out));
    strbuf_release(&out);
    return good;
}
