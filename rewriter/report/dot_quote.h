// Names in graphs for Graphviz.
#ifndef WEFT_REPORT_DOT_QUOTE_H
#define WEFT_REPORT_DOT_QUOTE_H

#include "base/str.h"

// Appends TEXT as it may be shown, as a quoted string: backslashes and quotes are escaped, and nothing else can end it.
void dot_add_quoted(StrBuf *out, Str text);

#endif
