// The conversions of printf formats: whether a translation reads the arguments of its message, and what it makes of them.
#ifndef WEFT_BASE_MESSAGE_FORMAT_H
#define WEFT_BASE_MESSAGE_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include "base/str.h"

// Whether TRANSLATION reads exactly the arguments that KEY reads, each with the same type: in the same order, or by
// their numbers ("%2$s %1$u"). An argument that a language has no use for is read as "%.0s".
bool message_format_fits(const char *key, const char *translation);

// Appends what TRANSLATION makes of the ARGUMENTS of KEY, which it has to fit. Widths of texts are columns of a
// terminal. A text that is an argument is what TRANSLATE makes of it when it is one of the program itself: "cannot use
// '%s': %s" is told a file of the user, which is never translated, and "it is a link", which is a message, too. A single word is none: it may as well be the name of a key or an option.
void message_format_add(StrBuf *out, const char *key, const char *translation, va_list arguments,
                        const char *(*translate)(const char *text)) __attribute__((format(printf, 2, 0)));

#endif
