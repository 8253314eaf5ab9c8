// Text from the tree inside XML and HTML.
#ifndef WEFT_REPORT_MARKUP_H
#define WEFT_REPORT_MARKUP_H

#include "base/str.h"

// Appends TEXT, made printable, with & < > " ' as entities: fit for content and quoted attributes.
void markup_add(StrBuf *out, Str text);

#endif
