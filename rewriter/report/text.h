// Names and source lines as they may be shown to a person.
#ifndef WEFT_REPORT_TEXT_H
#define WEFT_REPORT_TEXT_H

#include "base/str.h"

// Appends TEXT with control characters, characters that reorder text and invalid bytes escaped
// (\x1b, \u202e), so that a file name cannot drive the terminal. A TAB becomes one space.
void text_add_shown(StrBuf *out, Str text);

#endif
