// What docs/diagnostics.md says of a diagnostic code: W209 means..., for example..., and what to do.
#ifndef WEFT_REPORT_CODE_TEXT_H
#define WEFT_REPORT_CODE_TEXT_H

#include "base/arena.h"
#include "source/diagnostic.h"

// Each is empty where the page has no such part.
typedef struct CodeText {
    Str meaning, example, remedy;
} CodeText;
// Copied into ARENA.
CodeText code_text(Arena *arena, DiagnosticCode code);

#endif
