// Text in lines of a terminal, in whatever script.
#ifndef WEFT_REPORT_WRAP_H
#define WEFT_REPORT_WRAP_H

#include "base/str.h"

// Appends TEXT from COLUMN on; further lines begin at INDENT, and none goes beyond WIDTH where it can be broken: at
// spaces and beside wide characters, but not before a mark that closes or behind one that opens. Lines of TEXT stay
// lines. No line end is added.
void wrap_add(StrBuf *out, Str text, uint32_t column, uint32_t indent, uint32_t width);
// Columns of TEXT on a terminal.
uint32_t wrap_columns(Str text);

#endif
