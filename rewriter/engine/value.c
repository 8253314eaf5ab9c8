// Values as words of a ledger and as people read them. Must give back exactly what went in: a key that is read
// back wrong would skip rows.
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "engine/database.h"

enum { SHOWN_BYTES = 60, NUMBER_BYTES = 40 };

Value value_null(void) { return (Value){.kind = VALUE_NULL}; }

Value value_integer(int64_t integer) { return (Value){.kind = VALUE_INTEGER, .integer = integer}; }

Value value_text(Str text) { return (Value){.kind = VALUE_TEXT, .text = text}; }

Value value_copy(Arena *arena, const Value *value) {
    Value copy = *value;
    if (value->kind == VALUE_TEXT || value->kind == VALUE_BLOB)
        copy.text = arena_copy(arena, value->text);
    return copy;
}

static void add_digits(StrBuf *out, Str bytes) {
    for (size_t i = 0; i < bytes.length; i++)
        strbuf_addf(out, "%02x", (unsigned)(unsigned char)bytes.data[i]);
}

void value_to_word(StrBuf *out, const Value *value) {
    switch (value->kind) {
    case VALUE_NULL: strbuf_add_char(out, 'n'); break;
    case VALUE_INTEGER: strbuf_addf(out, "i%" PRId64, value->integer); break;
    case VALUE_REAL: strbuf_addf(out, "r%a", value->real); break;
    case VALUE_TEXT:
        strbuf_add_char(out, 't');
        add_digits(out, value->text);
        break;
    case VALUE_BLOB:
        strbuf_add_char(out, 'b');
        add_digits(out, value->text);
        break;
    }
}

static int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_digits(Arena *arena, Str digits, Str *bytes) {
    if (digits.length % 2 != 0) return false;
    char *out = arena_bytes(arena, digits.length / 2 + 1);
    for (size_t i = 0; i < digits.length; i += 2) {
        int high = digit_of(digits.data[i]), low = digit_of(digits.data[i + 1]);
        if (high < 0 || low < 0) return false;
        out[i / 2] = (char)(high * 16 + low);
    }
    *bytes = (Str){out, digits.length / 2};
    return true;
}

// Whole texts only: "12x" is no number.
static bool parse_integer(Str text, int64_t *integer) {
    char digits[NUMBER_BYTES], *end;
    if (text.length == 0 || text.length >= sizeof digits) return false;
    memcpy(digits, text.data, text.length);
    digits[text.length] = '\0';
    *integer = strtoll(digits, &end, 10);
    return *end == '\0';
}

static bool parse_real(Str text, double *real) {
    char digits[NUMBER_BYTES], *end;
    if (text.length == 0 || text.length >= sizeof digits) return false;
    memcpy(digits, text.data, text.length);
    digits[text.length] = '\0';
    *real = strtod(digits, &end);
    return *end == '\0';
}

bool value_from_word(Arena *arena, Str word, Value *value) {
    if (word.length == 0) return false;
    Str rest = str_slice(word, 1, word.length);
    *value = (Value){.kind = VALUE_NULL};
    switch (word.data[0]) {
    case 'n': return rest.length == 0;
    case 'i': value->kind = VALUE_INTEGER; return parse_integer(rest, &value->integer);
    case 'r': value->kind = VALUE_REAL; return parse_real(rest, &value->real);
    case 't': value->kind = VALUE_TEXT; return read_digits(arena, rest, &value->text);
    case 'b': value->kind = VALUE_BLOB; return read_digits(arena, rest, &value->text);
    default: return false;
    }
}

void value_show(StrBuf *out, const Value *value) {
    switch (value->kind) {
    case VALUE_NULL: strbuf_add_text(out, "NULL"); return;
    case VALUE_INTEGER: strbuf_addf(out, "%" PRId64, value->integer); return;
    case VALUE_REAL: strbuf_addf(out, "%.17g", value->real); return;
    case VALUE_TEXT:
    case VALUE_BLOB: break;
    }
    Str text = str_slice(value->text, 0, SHOWN_BYTES);
    strbuf_add_char(out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool raw = c >= ' ' && c != 0x7f && (c < 0x80 || value->kind == VALUE_TEXT);
        if (raw)
            strbuf_add_char(out, (char)c);
        else
            strbuf_addf(out, "\\x%02x", c);
    }
    strbuf_add_text(out, value->text.length > SHOWN_BYTES ? "..'" : "'");
}

bool value_as_integer(const Value *value, int64_t *integer) {
    if (value->kind == VALUE_INTEGER) *integer = value->integer;
    return value->kind == VALUE_INTEGER ||
           (value->kind == VALUE_TEXT && parse_integer(value->text, integer));
}
