// Python's names of encodings as names for iconv.
#ifndef WEFT_SOURCE_ENCODING_NAMES_H
#define WEFT_SOURCE_ENCODING_NAMES_H

#include "base/arena.h"

// COOKIE is what stands behind "coding:". The answer is NUL-terminated; for a name that is not in
// the table it is the cookie in capitals, which iconv may know or not.
Str encoding_iconv_name(Arena *arena, Str cookie);

#endif
