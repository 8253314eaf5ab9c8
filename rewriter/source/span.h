// A stretch of one file's text.
#ifndef WEFT_SOURCE_SPAN_H
#define WEFT_SOURCE_SPAN_H

#include <stdint.h>

// Index into Sources.files; 0 is "no file".
typedef struct FileId {
    uint32_t index;
} FileId;

// Bytes [start, end) of SourceFile.text (UTF-8, without BOM); 0-based.
typedef struct Span {
    FileId file;
    uint32_t start;
    uint32_t end;
} Span;

#define SPAN_NONE ((Span){{0}, 0, 0})

#endif
