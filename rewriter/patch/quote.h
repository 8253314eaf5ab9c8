// Paths as git writes them in a diff.
#ifndef WEFT_PATCH_QUOTE_H
#define WEFT_PATCH_QUOTE_H

#include "base/str.h"

// Appends PREFIX ("a/", "b/" or "") and PATH; in double quotes with C escapes when PATH has a
// control character, a quote, a backslash or a byte over 127 (git's core.quotePath, its default).
void quote_path(StrBuf *out, const char *prefix, Str path);

#endif
