// Places as editors count them: lines from 0, and UTF-16 code units from 0.
#ifndef WEFT_CLI_LSP_POSITION_H
#define WEFT_CLI_LSP_POSITION_H

#include <jansson.h>

#include "source/source.h"

typedef struct Position {
    uint32_t line, character;
} Position;

// Of the byte OFFSET of FILE's text; OFFSET may be its length.
Position position_of(const SourceFile *file, uint32_t offset);
// The same of a text alone.
Position position_in_text(Str text, size_t offset);
// The byte of TEXT at POSITION; behind the end of the line or the text it is that end.
size_t position_offset(Str text, Position position);

// {"line": ..., "character": ...}; the other way, 0 where NODE says nothing.
json_t *position_json(Position position);
json_t *position_range(const SourceFile *file, uint32_t start, uint32_t end);

#endif
