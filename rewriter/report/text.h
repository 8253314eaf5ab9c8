// Names and source lines as they may be shown to a person.
#ifndef WEFT_REPORT_TEXT_H
#define WEFT_REPORT_TEXT_H

#include "base/str.h"

// Appends TEXT with control characters, characters that reorder text and invalid bytes escaped
// (\x1b, \u202e), so that a file name cannot drive the terminal. A TAB becomes one space.
void text_add_shown(StrBuf *out, Str text);

// Columns that TEXT, as it is shown, takes on a terminal: Chinese takes two a character, colours take none.
uint32_t text_width(Str text);
// Appends TEXT, as it is shown, as far as it fits COLUMNS; what is cut ends in "...". COLUMNS 0: all of it.
void text_add_cut(StrBuf *out, Str text, uint32_t columns);
// Appends TEXT, whose lines may be wider than COLUMNS, broken at blanks: what goes on stands below the first word, four
// columns further in. A word that is wider by itself stays whole. COLUMNS 0: as it is.
void text_add_fitted(StrBuf *out, Str text, uint32_t columns);

#endif
