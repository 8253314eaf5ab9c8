// Measures a file's lines; used by source.c once the text is there. The look-ups are in source.h.
#ifndef WEFT_SOURCE_LINES_H
#define WEFT_SOURCE_LINES_H

#include "source/source.h"

// Fills line_starts and newline from the text. Once per file.
void lines_measure(SourceFile *file);

#endif
