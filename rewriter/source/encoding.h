// PEP 263 encodings: what a Python file says of its own bytes, and the way there and back.
// Source: PEP 263, "Defining Python Source Code Encodings"; CPython Parser/tokenizer.c.
#ifndef WEFT_SOURCE_ENCODING_H
#define WEFT_SOURCE_ENCODING_H

#include "base/arena.h"

typedef struct Encoding {
    Str name;      // normalised for iconv: "UTF-8", "GBK", "ISO-8859-1"
    bool is_utf8;
    bool has_bom;  // UTF-8 signature before the first byte of text
} Encoding;

// Finds BOM and cookie (first two lines, PEP 263). False when BOM and cookie disagree or iconv does
// not know the encoding; *reason then says why in words.
bool encoding_detect(Arena *arena, Str raw, Encoding *encoding, Str *reason);

// RAW -> UTF-8 without BOM. False when a byte does not fit (*bad_offset is its offset in RAW) or
// when encoding the result again would not give the same bytes. UTF-8 input is borrowed, not copied.
bool encoding_decode(Arena *arena, const Encoding *encoding, Str raw, Str *text,
                     size_t *bad_offset);

// UTF-8 text -> bytes of the file, with its BOM. False when a character cannot be written in it.
bool encoding_encode(Arena *arena, const Encoding *encoding, Str text, Str *raw);

#endif
