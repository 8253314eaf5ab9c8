// Borrowed byte slices and a growable byte buffer. Text is bytes with a length: a NUL byte inside is
// ordinary data, and nothing here depends on the locale.
#ifndef WEFT_BASE_STR_H
#define WEFT_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// A slice that somebody else owns. An empty Str has length 0 and may have data NULL.
typedef struct Str {
    const char *data;
    size_t length; // bytes
} Str;

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_NONE ((Str){NULL, 0})
// For printf("%.*s", STR_ARG(s)).
#define STR_ARG(s) (int)(s).length, (s).data ? (s).data : ""

Str str_from(const char *text); // borrows a NUL-terminated string; NULL gives STR_NONE
// These two are asked more often than anything else: what differs in length costs no call.
static inline bool str_equal(Str a, Str b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}
// A loop over a table of words is done with most of them at the first byte.
static inline bool str_is(Str a, const char *text) {
    if (a.length > 0 && a.data[0] != text[0]) return false;
    size_t length = strlen(text); // known where a literal is asked for
    return a.length == length && (length == 0 || memcmp(a.data, text, length) == 0);
}
int str_compare(Str a, Str b); // byte order, shorter first on a common prefix; <0, 0, >0
// Whether the bytes of S begin, or end, with those of the other.
bool str_starts_with(Str s, Str prefix);
bool str_ends_with(Str s, Str suffix);
Str str_slice(Str s, size_t from, size_t to); // [from, to), both clamped to the length
Str str_trim(Str s);                          // without ASCII white space at both ends
// Offset of the first / last C in S, or -1.
ptrdiff_t str_find(Str s, char c);
ptrdiff_t str_find_last(Str s, char c);
// Offset of the first NEEDLE in S, or -1.
ptrdiff_t str_find_str(Str s, Str needle);
// A byte of an identifier: ASCII letters, digits, `_`, and whatever is not ASCII.
bool str_is_word_byte(char c);
// Offset of the first WORD in S that is not part of a longer one, or -1.
ptrdiff_t str_find_word(Str s, Str word);
// Cuts the part before the first SEPARATOR off REST and returns it; false when REST was exhausted.
// Iterates "a.b.c" as a, b, c.
bool str_split_next(Str *rest, char separator, Str *part);
// Edit distance (Levenshtein) for "did you mean"; inputs over 64 bytes give a large number.
size_t str_distance(Str a, Str b);
// The same where it is at most MOST; else some number over MOST, sooner.
size_t str_distance_within(Str a, Str b, size_t most);
uint64_t str_hash(Str s); // FNV-1a, 64 bit

// Growable bytes, NUL-terminated after every operation. A zeroed StrBuf is ready for use.
typedef struct StrBuf {
    char *data;
    size_t length;
    size_t capacity;
} StrBuf;

void strbuf_release(StrBuf *buffer); // frees the bytes and leaves it ready again
void strbuf_clear(StrBuf *buffer);   // length 0, keeps the memory
// Add behind what is there: bytes, a text, a byte, COUNT of it, what a format makes.
void strbuf_add(StrBuf *buffer, Str s);
void strbuf_add_text(StrBuf *buffer, const char *text);
void strbuf_add_char(StrBuf *buffer, char c);
void strbuf_add_repeat(StrBuf *buffer, char c, size_t count);
void strbuf_addf(StrBuf *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void strbuf_addv(StrBuf *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
Str strbuf_str(const StrBuf *buffer); // borrowed, valid until the next change

#endif
