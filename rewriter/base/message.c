// In: a text of the program. Out: what people read instead, or the same. Knows no language: a catalogue is
// data.
#include "base/message.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

// One for the process: what people read does not depend on which run says it.
static const MessageCatalogue *_Atomic beside;

void message_use_catalogue(const MessageCatalogue *catalogue) { beside = catalogue; }

bool message_has_catalogue(void) { return beside != NULL; }

// The next conversion at or after TEXT, "%.*s": its first byte, and its length. "%%" is none. Length 0 at
// the end.
static const char *next_conversion(const char *text, size_t *length) {
    *length = 0;
    while ((text = strchr(text, '%')) != NULL) {
        if (text[1] != '%') break;
        text += 2;
    }
    if (text == NULL) return "";
    *length = 1 + strspn(text + 1, "-+ #0123456789.*hlzjt");
    if (text[*length] != '\0') (*length)++;
    return text;
}

static bool same_conversions(const char *a, const char *b) {
    for (;;) {
        size_t left, right;
        a = next_conversion(a, &left);
        b = next_conversion(b, &right);
        if (left != right || strncmp(a, b, left) != 0) return false;
        if (left == 0) return true;
        a += left;
        b += right;
    }
}

static int compare_keys(const void *key, const void *row) {
    return strcmp(key, ((const MessageRow *)row)->key);
}

const char *message_text(const char *key) {
    const MessageCatalogue *catalogue = beside;
    if (catalogue == NULL) return key;
    const MessageRow *row =
        bsearch(key, catalogue->rows, catalogue->count, sizeof *row, compare_keys);
    return row != NULL && same_conversions(key, row->text) ? row->text : key;
}

void message_addv(StrBuf *out, const char *key, va_list arguments) {
    strbuf_addv(out, message_text(key), arguments);
}

void message_add(StrBuf *out, const char *key, ...) {
    va_list arguments;
    va_start(arguments, key);
    message_addv(out, key, arguments);
    va_end(arguments);
}

void message_print(FILE *out, const char *key, ...) {
    va_list arguments;
    va_start(arguments, key);
    vfprintf(out, message_text(key), arguments);
    va_end(arguments);
}
