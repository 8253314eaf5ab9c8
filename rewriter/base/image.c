// Tables as bytes; see image.h. In: rows, or bytes. Out: the other. A block of rows is
//     for each column: 0 when all its words are zero, else 1 and COUNT differences
// where a difference is written as its sign in the lowest bit and seven bits a byte, the lowest first.
#include "base/image.h"

#include <string.h>

#include "base/bug.h"

enum { BLOCK_ROWS = 1024, WORD = 4, WORD_DIGITS = 5, COLUMN_ZERO = 0, COLUMN_WORDS = 1 };

static uint32_t word_at(const char *place) {
    uint32_t word;
    memcpy(&word, place, sizeof word);
    return word;
}

// ---- writing -------------------------------------------------------------------------------------
static size_t put_digits(unsigned char *out, uint64_t number) {
    size_t length = 0;
    for (; number >= 0x80; number >>= 7) out[length++] = (unsigned char)(number | 0x80);
    out[length++] = (unsigned char)number;
    return length;
}

void image_add_number(StrBuf *out, uint64_t number) {
    unsigned char digits[10];
    size_t length = put_digits(digits, number);
    strbuf_add(out, (Str){(const char *)digits, length});
}

void image_add_text(StrBuf *out, Str text) {
    image_add_number(out, text.length);
    if (text.length > 0) strbuf_add(out, text);
}

static bool is_zero(const char *first, uint32_t count, size_t size) {
    uint32_t all = 0;
    for (uint32_t i = 0; i < count; i++) all |= word_at(first + i * size);
    return all == 0;
}

static void add_column(StrBuf *out, const char *first, uint32_t count, size_t size) {
    unsigned char bytes[1 + BLOCK_ROWS * WORD_DIGITS] = {COLUMN_ZERO};
    size_t length = 1;
    uint32_t before = 0;
    if (!is_zero(first, count, size)) {
        bytes[0] = COLUMN_WORDS;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t word = word_at(first + i * size), difference = word - before;
            uint32_t sign = 0u - (difference >> 31);
            length += put_digits(bytes + length, (difference << 1) ^ sign);
            before = word;
        }
    }
    strbuf_add(out, (Str){(const char *)bytes, length});
}

void image_add_rows(StrBuf *out, const void *rows, uint32_t count, size_t size) {
    BUG_UNLESS(size % WORD == 0);
    const char *first = rows;
    for (uint32_t done = 0; done < count; done += BLOCK_ROWS) {
        uint32_t block = count - done < BLOCK_ROWS ? count - done : BLOCK_ROWS;
        for (size_t column = 0; column < size; column += WORD)
            add_column(out, first + done * size + column, block, size);
    }
}

// ---- reading -------------------------------------------------------------------------------------
static bool fail(ImageReader *reader) {
    *reader = (ImageReader){STR_NONE, true};
    return false;
}

// The digits of a number from PLACE on, which end before END; NULL when they do not.
static const char *get_digits(const char *place, const char *end, uint64_t *number) {
    uint64_t value = 0;
    for (unsigned shift = 0; place < end && shift < 64; shift += 7) {
        unsigned char digit = (unsigned char)*place++;
        value |= (uint64_t)(digit & 0x7f) << shift;
        if (digit < 0x80) {
            *number = value;
            return place;
        }
    }
    return NULL;
}

uint64_t image_number(ImageReader *reader) {
    uint64_t number = 0;
    const char *end = reader->rest.data + reader->rest.length;
    const char *next = reader->rest.length > 0 ? get_digits(reader->rest.data, end, &number) : NULL;
    if (next == NULL)
        fail(reader);
    else
        reader->rest = (Str){next, (size_t)(end - next)};
    return number;
}

uint32_t image_count(ImageReader *reader, uint64_t most) {
    uint64_t count = image_number(reader);
    if (count > most || count >= UINT32_MAX) {
        fail(reader);
        return 0;
    }
    return (uint32_t)count;
}

Str image_text(ImageReader *reader) {
    uint64_t length = image_number(reader);
    if (length > reader->rest.length) {
        fail(reader);
        return STR_NONE;
    }
    Str text = str_slice(reader->rest, 0, (size_t)length);
    reader->rest = str_slice(reader->rest, (size_t)length, reader->rest.length);
    return text;
}

static bool read_column(ImageReader *reader, char *first, uint32_t count, size_t size) {
    if (reader->rest.length == 0) return fail(reader);
    const char *place = reader->rest.data, *end = place + reader->rest.length;
    bool zero = *place++ == COLUMN_ZERO;
    uint32_t word = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t digits = 0;
        if (!zero && place < end && (unsigned char)*place < 0x80)
            digits = (unsigned char)*place++;
        else if (!zero && (place = get_digits(place, end, &digits)) == NULL)
            return fail(reader);
        uint32_t coded = (uint32_t)digits;
        word += (coded >> 1) ^ (0u - (coded & 1));
        memcpy(first + i * size, &word, sizeof word);
    }
    reader->rest = (Str){place, (size_t)(end - place)};
    return true;
}

void image_rows(ImageReader *reader, void *rows, uint32_t count, size_t size) {
    BUG_UNLESS(size % WORD == 0);
    char *first = rows;
    for (uint32_t done = 0; done < count; done += BLOCK_ROWS) {
        uint32_t block = count - done < BLOCK_ROWS ? count - done : BLOCK_ROWS;
        for (size_t column = 0; column < size; column += WORD)
            if (!read_column(reader, first + done * size + column, block, size)) return;
    }
}
