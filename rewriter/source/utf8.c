// UTF-8 by the Unicode standard's table of well-formed sequences. In: bytes. Out: characters and
// their properties. Accepts no overlong form, no surrogate, nothing over U+10FFFF.
#include "source/utf8.h"

#include <string.h>

// Length of the well-formed sequence at the start of S, 0 when there is none.
static size_t sequence_length(Str s) {
    const unsigned char *b = (const unsigned char *)s.data;
    if (b[0] < 0x80) return 1;
    size_t length = b[0] < 0xC2 ? 0 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : b[0] < 0xF5 ? 4 : 0;
    if (length == 0 || length > s.length) return 0;
    // The second byte rules out overlong forms, surrogates and what is over U+10FFFF.
    unsigned low = b[0] == 0xE0 ? 0xA0 : b[0] == 0xF0 ? 0x90 : 0x80;
    unsigned high = b[0] == 0xED ? 0x9F : b[0] == 0xF4 ? 0x8F : 0xBF;
    if (b[1] < low || b[1] > high) return 0;
    for (size_t i = 2; i < length; i++) {
        if ((b[i] & 0xC0) != 0x80) return 0;
    }
    return length;
}

Str utf8_take(Str *s) {
    size_t length = sequence_length(*s);
    Str character = str_slice(*s, 0, length ? length : 1);
    *s = str_slice(*s, character.length, s->length);
    return character;
}

uint32_t utf8_code_point(Str character) {
    if (character.length == 0 || sequence_length(character) != character.length) {
        return UTF8_INVALID;
    }
    const unsigned char *b = (const unsigned char *)character.data;
    switch (character.length) {
    case 1: return b[0];
    case 2: return (b[0] & 0x1Fu) << 6 | (b[1] & 0x3Fu);
    case 3: return (b[0] & 0x0Fu) << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
    default:
        return (b[0] & 0x07u) << 18 | (b[1] & 0x3Fu) << 12 | (b[2] & 0x3Fu) << 6 | (b[3] & 0x3Fu);
    }
}

// Bytes of ASCII that S begins with, in whole words of eight.
static size_t ascii_words(Str s) {
    size_t length = 0;
    for (uint64_t word; length + sizeof word <= s.length; length += sizeof word) {
        memcpy(&word, s.data + length, sizeof word);
        if (word & UINT64_C(0x8080808080808080)) break;
    }
    return length;
}

// Most characters of Chinese: three bytes whose first one leaves nothing to rule out.
static bool is_plain_triple(Str s) {
    const unsigned char *b = (const unsigned char *)s.data;
    return s.length >= 3 && b[0] > 0xE0 && b[0] < 0xED && (b[1] & 0xC0) == 0x80 &&
           (b[2] & 0xC0) == 0x80;
}

size_t utf8_valid_length(Str s) {
    Str rest = s;
    while (rest.length > 0) {
        size_t length = is_plain_triple(rest) ? 3 : ascii_words(rest);
        if (length == 0) length = sequence_length(rest);
        if (length == 0) break;
        rest.data += length;
        rest.length -= length;
    }
    return s.length - rest.length;
}

typedef struct Range {
    uint32_t first, last;
} Range;

static bool is_in(uint32_t code, const Range *ranges, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (code >= ranges[i].first && code <= ranges[i].last) return true;
    }
    return false;
}
#define IS_IN(code, ranges) is_in((code), (ranges), sizeof(ranges) / sizeof *(ranges))

// C0, DEL and C1; line and paragraph separator; marks, embeddings and isolates of writing direction.
static const Range UNPRINTABLE[] = {{0x00, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C},
                                    {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069},
                                    {0xFEFF, 0xFEFF}};

// From Unicode's EastAsianWidth.txt (W and F), neighbouring blocks joined.
static const Range WIDE[] = {
    {0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},  {0xA960, 0xA97F}, {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},  {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

static const Range COMBINING[] = {{0x0300, 0x036F}, {0x200B, 0x200D}, {0x20D0, 0x20F0},
                                  {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xE0100, 0xE01EF}};

bool utf8_is_printable(uint32_t code) { return !IS_IN(code, UNPRINTABLE); }

void utf8_add_shown(StrBuf *out, Str character) {
    uint32_t code = utf8_code_point(character);
    if (code == UTF8_INVALID)
        strbuf_addf(out, "\\x%02x", (unsigned)(unsigned char)character.data[0]);
    else if (utf8_is_printable(code))
        strbuf_add(out, character);
    else
        strbuf_addf(out, code < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)code);
}

void utf8_add_json(StrBuf *out, Str document) {
    while (document.length > 0) {
        size_t plain = 0;
        while (plain < document.length && (unsigned char)document.data[plain] < 0x7F) plain++;
        strbuf_add(out, str_slice(document, 0, plain));
        document = str_slice(document, plain, document.length);
        if (document.length == 0) return;
        Str character = utf8_take(&document);
        uint32_t code = utf8_code_point(character);
        if (utf8_is_printable(code))
            strbuf_add(out, character);
        else
            strbuf_addf(out, "\\u%04x", (unsigned)code); // all of them are below U+10000
    }
}

uint32_t utf8_width(uint32_t code) {
    if (code < 0x300) return 1;
    return IS_IN(code, COMBINING) ? 0 : IS_IN(code, WIDE) ? 2 : 1;
}
