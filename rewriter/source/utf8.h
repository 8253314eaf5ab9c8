// UTF-8, character by character: validation, and how a terminal shows a code point.
#ifndef WEFT_SOURCE_UTF8_H
#define WEFT_SOURCE_UTF8_H

#include "base/str.h"

#define UTF8_INVALID UINT32_MAX

// Cuts the first character off S, which must not be empty; a byte that belongs to none comes alone.
Str utf8_take(Str *s);
// The code point of a character from utf8_take, or UTF8_INVALID.
uint32_t utf8_code_point(Str character);
// Offset of the first byte that is not UTF-8 (Unicode 15, table 3-7), or the length of S.
size_t utf8_valid_length(Str s);
// False for control characters and for those that reorder the text around them.
bool utf8_is_printable(uint32_t code);
// Appends a character from utf8_take as a person may see it: what is not printable, and bytes that belong to none, are
// escaped (\x1b, \u202e).
void utf8_add_shown(StrBuf *out, Str character);
// Appends a JSON document. What is not printable stands in a string there, if it is no line end, and is escaped as
// JSON has it (\u202e), so that a reader gets the same and a person sees what there is.
void utf8_add_json(StrBuf *out, Str document);
// Columns on a terminal: 0 for combining, 2 for East Asian wide, else 1. No locale is asked.
uint32_t utf8_width(uint32_t code);

#endif
