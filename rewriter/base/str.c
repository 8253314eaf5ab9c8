// Byte slices and a growable buffer. In and out: bytes with a length. Nothing here depends on the
// locale or stops at a NUL byte, and a slice is never written to.
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/bug.h"

enum {
    LONGEST_COMPARED = 64, // bytes; longer words are never a typing mistake of each other
    FAR_APART = 1000,      // distance that no limit of a caller reaches
};

Str str_from(const char *text) { return text ? (Str){text, strlen(text)} : STR_NONE; }

int str_compare(Str a, Str b) {
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order != 0) return order;
    return (a.length > b.length) - (a.length < b.length);
}

bool str_starts_with(Str s, Str prefix) {
    return s.length >= prefix.length && str_equal(str_slice(s, 0, prefix.length), prefix);
}

bool str_ends_with(Str s, Str suffix) {
    return s.length >= suffix.length &&
           str_equal(str_slice(s, s.length - suffix.length, s.length), suffix);
}

Str str_slice(Str s, size_t from, size_t to) {
    if (to > s.length) to = s.length;
    if (from > to) from = to;
    return (Str){s.data ? s.data + from : NULL, to - from};
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

Str str_trim(Str s) {
    size_t from = 0, to = s.length;
    while (from < to && is_space(s.data[from])) from++;
    while (to > from && is_space(s.data[to - 1])) to--;
    return str_slice(s, from, to);
}

ptrdiff_t str_find(Str s, char c) {
    const char *found = s.length ? memchr(s.data, c, s.length) : NULL;
    return found ? found - s.data : -1;
}

ptrdiff_t str_find_last(Str s, char c) {
    const char *found = s.length ? memrchr(s.data, c, s.length) : NULL;
    return found ? found - s.data : -1;
}

ptrdiff_t str_find_str(Str s, Str needle) {
    if (needle.length == 0) return 0;
    if (s.length < needle.length) return -1;
    const char *found = memmem(s.data, s.length, needle.data, needle.length);
    return found ? found - s.data : -1;
}

bool str_is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

ptrdiff_t str_find_word(Str s, Str word) {
    for (size_t from = 0; word.length > 0 && from < s.length;) {
        ptrdiff_t at = str_find_str(str_slice(s, from, s.length), word);
        if (at < 0) return -1;
        size_t start = from + (size_t)at, end = start + word.length;
        bool left = start == 0 || !str_is_word_byte(s.data[start - 1]);
        bool right = end == s.length || !str_is_word_byte(s.data[end]);
        if (left && right) return (ptrdiff_t)start;
        from = start + 1;
    }
    return -1;
}

// The exhausted state is data NULL, which an empty last part ("a." has two parts) is not.
bool str_split_next(Str *rest, char separator, Str *part) {
    if (!rest->data) return false;
    ptrdiff_t cut = str_find(*rest, separator);
    if (cut < 0) {
        *part = *rest;
        *rest = STR_NONE;
    } else {
        *part = str_slice(*rest, 0, (size_t)cut);
        *rest = str_slice(*rest, (size_t)cut + 1, rest->length);
    }
    return true;
}

// What both begin and end with costs nothing; no row gets better than the best of the row before it; and what is farther
// than MOST from the diagonal is farther than that.
size_t str_distance_within(Str a, Str b, size_t most) {
    if (a.length > LONGEST_COMPARED || b.length > LONGEST_COMPARED) return FAR_APART;
    while (a.length > 0 && b.length > 0 && a.data[0] == b.data[0]) {
        a = str_slice(a, 1, a.length);
        b = str_slice(b, 1, b.length);
    }
    while (a.length > 0 && b.length > 0 && a.data[a.length - 1] == b.data[b.length - 1]) {
        a.length--;
        b.length--;
    }
    size_t longer = a.length > b.length ? a.length - b.length : b.length - a.length;
    if (longer > most) return longer;
    size_t row[LONGEST_COMPARED + 1];
    for (size_t j = 0; j <= b.length; j++) row[j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t from = i > most ? i - most : 1, to = most < b.length && i < b.length - most ? i + most : b.length;
        size_t diagonal = row[from - 1], least = from == 1 ? i : most + 1;
        row[from - 1] = least;
        for (size_t j = from; j <= to; j++) {
            size_t replaced = diagonal + (a.data[i - 1] != b.data[j - 1]);
            size_t shifted = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = replaced < shifted ? replaced : shifted;
            if (row[j] < least) least = row[j];
        }
        if (least > most) return least;
    }
    return row[b.length];
}

size_t str_distance(Str a, Str b) { return str_distance_within(a, b, SIZE_MAX); }

uint64_t str_hash(Str s) {
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < s.length; i++) {
        hash ^= (unsigned char)s.data[i];
        hash *= 1099511628211u;
    }
    return hash;
}

enum { USUAL_FORMATTED = 63 }; // bytes, of what strbuf_addf adds

// Makes room for EXTRA bytes and the NUL behind them.
static void strbuf_reserve(StrBuf *buffer, size_t extra) {
    if (extra >= SIZE_MAX / 2 - buffer->length) BUG("buffer of more than half the address space");
    size_t needed = buffer->length + extra + 1;
    if (needed <= buffer->capacity) return;
    size_t capacity = buffer->capacity * 2;
    if (capacity < 64) capacity = 64;
    if (capacity < needed) capacity = needed;
    buffer->data = memory_resize(buffer->data, capacity);
    buffer->capacity = capacity;
}

void strbuf_release(StrBuf *buffer) {
    free(buffer->data);
    *buffer = (StrBuf){0};
}

void strbuf_clear(StrBuf *buffer) {
    buffer->length = 0;
    if (buffer->data) buffer->data[0] = '\0';
}

void strbuf_add(StrBuf *buffer, Str s) {
    strbuf_reserve(buffer, s.length);
    if (s.length) memcpy(buffer->data + buffer->length, s.data, s.length);
    buffer->length += s.length;
    buffer->data[buffer->length] = '\0';
}

void strbuf_add_text(StrBuf *buffer, const char *text) { strbuf_add(buffer, str_from(text)); }

void strbuf_add_char(StrBuf *buffer, char c) { strbuf_add(buffer, (Str){&c, 1}); }

void strbuf_add_repeat(StrBuf *buffer, char c, size_t count) {
    strbuf_reserve(buffer, count);
    memset(buffer->data + buffer->length, c, count);
    buffer->length += count;
    buffer->data[buffer->length] = '\0';
}

void strbuf_addf(StrBuf *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    strbuf_addv(buffer, format, arguments);
    va_end(arguments);
}

void strbuf_addv(StrBuf *buffer, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    strbuf_reserve(buffer, USUAL_FORMATTED);
    size_t space = buffer->capacity - buffer->length;
    int length = vsnprintf(buffer->data + buffer->length, space, format, arguments);
    if (length < 0) BUG("bad format '%s'", format);
    if ((size_t)length >= space) {
        strbuf_reserve(buffer, (size_t)length);
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    buffer->length += (size_t)length;
}

Str strbuf_str(const StrBuf *buffer) { return (Str){buffer->data, buffer->length}; }
