// The one function that every text for people passes, so that a catalogue of translations can be laid
// beside the program. The English text is the key.
#ifndef WEFT_BASE_MESSAGE_H
#define WEFT_BASE_MESSAGE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include "base/arena.h"
#include "base/str.h"

typedef struct MessageRow {
    const char *key;  // as the source has it, with its conversions
    const char *text; // the translation, which reads the same arguments (base/message_format.h)
} MessageRow;

typedef struct MessageCatalogue {
    const MessageRow *rows; // sorted by key, as strcmp sorts
    size_t count;
} MessageCatalogue;

// Lays a catalogue beside the program, for all of its runs; it must outlive its use. NULL takes it away.
void message_use_catalogue(const MessageCatalogue *catalogue);

// Whether there is one.
bool message_has_catalogue(void);

// The translation of KEY; KEY itself when there is none, or when its conversions are others: a wrong
// translation never reads arguments that are not there.
const char *message_text(const char *key) __attribute__((format_arg(1)));

// The same of a text that is no literal any more: its translation when it is a message as a whole.
Str message_str(Str text);

// What KEY says, with its arguments: printed, appended to a text, or in an arena. An argument that is a text of the
// program itself, and not of a user, is a message, too: "cannot use '%s': %s" with a name and "it is a link".
void message_print(FILE *out, const char *key, ...) __attribute__((format(printf, 2, 3)));
void message_add(StrBuf *out, const char *key, ...) __attribute__((format(printf, 2, 3)));
void message_addv(StrBuf *out, const char *key, va_list arguments)
    __attribute__((format(printf, 2, 0)));
Str message_format(Arena *arena, const char *key, ...) __attribute__((format(printf, 2, 3)));

#endif
