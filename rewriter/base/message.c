// In: a text of the program. Out: what people read instead, or the same. Knows no language: a catalogue is
// data.
#include "base/message.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/message_format.h"

// One for the process: what people read does not depend on which run says it.
static const MessageCatalogue *_Atomic beside;

void message_use_catalogue(const MessageCatalogue *catalogue) { beside = catalogue; }

bool message_has_catalogue(void) { return beside != NULL; }

static int compare_keys(const void *key, const void *row) {
    return strcmp(key, ((const MessageRow *)row)->key);
}

const char *message_text(const char *key) {
    const MessageCatalogue *catalogue = beside;
    if (catalogue == NULL) return key;
    const MessageRow *row =
        bsearch(key, catalogue->rows, catalogue->count, sizeof *row, compare_keys);
    return row != NULL && message_format_fits(key, row->text) ? row->text : key;
}

Str message_str(Str text) {
    if (beside == NULL || text.length == 0) return text;
    StrBuf key = {0};
    strbuf_add(&key, text);
    strbuf_add_char(&key, '\0');
    const char *said = message_text(key.data);
    Str result = said == key.data ? text : str_from(said);
    strbuf_release(&key);
    return result;
}

void message_addv(StrBuf *out, const char *key, va_list arguments) {
    if (beside == NULL)
        strbuf_addv(out, key, arguments);
    else
        message_format_add(out, key, message_text(key), arguments, message_text);
}

void message_add(StrBuf *out, const char *key, ...) {
    va_list arguments;
    va_start(arguments, key);
    message_addv(out, key, arguments);
    va_end(arguments);
}

void message_print(FILE *out, const char *key, ...) {
    StrBuf text = {0};
    va_list arguments;
    va_start(arguments, key);
    message_addv(&text, key, arguments);
    va_end(arguments);
    if (text.length > 0) fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}

Str message_format(Arena *arena, const char *key, ...) {
    StrBuf text = {0};
    va_list arguments;
    va_start(arguments, key);
    message_addv(&text, key, arguments);
    va_end(arguments);
    Str copy = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return copy;
}
