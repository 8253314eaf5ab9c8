// In: the bytes of a .mo file. Out: rows of a catalogue. The format is that of the GNU gettext manual, "The Format of
// GNU MO Files": a magic number, a revision, how many texts, and where two tables of lengths and places begin; each
// text ends with a NUL, and the first table is sorted by it.
#include "base/catalogue.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

enum { MAGIC = (int)0x950412de, HEADER = 20, PAIR = 8 };

typedef struct File {
    const unsigned char *bytes;
    size_t length;
} File;

static uint32_t number_at(const File *file, size_t at) {
    uint32_t number;
    memcpy(&number, file->bytes + at, sizeof number);
    return number;
}

// The text number INDEX of the table at TABLE; NULL when it does not lie in the file or does not end there.
static const char *text_at(const File *file, uint32_t table, uint32_t index) {
    size_t at = table + (size_t)index * PAIR;
    uint32_t length = number_at(file, at), offset = number_at(file, at + 4);
    if (offset >= file->length || length >= file->length - offset) return NULL;
    const char *text = (const char *)file->bytes + offset;
    return strlen(text) == length ? text : NULL; // "singular\0plural" is longer than it seems
}

static bool table_fits(const File *file, uint32_t table, uint32_t count) {
    return table <= file->length && count <= (file->length - table) / PAIR;
}

bool catalogue_read(const unsigned char *bytes, size_t length, MessageCatalogue *catalogue) {
    *catalogue = (MessageCatalogue){0};
    File file = {bytes, length};
    if (length < HEADER || number_at(&file, 0) != (uint32_t)MAGIC || number_at(&file, 4) >> 16 != 0 ||
        bytes[length - 1] != '\0')
        return false;
    uint32_t count = number_at(&file, 8), keys = number_at(&file, 12), texts = number_at(&file, 16);
    if (!table_fits(&file, keys, count) || !table_fits(&file, texts, count)) return false;
    MessageRow *rows = memory_alloc_zeroed(count + 1, sizeof *rows);
    size_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        MessageRow row = {text_at(&file, keys, i), text_at(&file, texts, i)};
        if (row.key && row.text && row.key[0] != '\0') rows[used++] = row; // "" is what msgfmt says of the file
    }
    *catalogue = (MessageCatalogue){rows, used};
    return true;
}
