// Mistakes in rule files, as diagnostics: a limit on how many, and "did you mean".
#ifndef WEFT_RULE_MISTAKE_H
#define WEFT_RULE_MISTAKE_H

#include "source/diagnostic.h"

// How many mistakes of one rule file are shown; the rest is counted only.
#define MISTAKES_SHOWN 50

// The mistakes of one rule file.
typedef struct Mistakes {
    Diagnostics *diagnostics;
    uint32_t count; // also those that are not shown
} Mistakes;

// Adds one (printf-style). True when it became a diagnostic, so that diagnostic_note and
// diagnostic_help would be about it; false when the file has had its share.
bool mistake_add(Mistakes *mistakes, DiagnosticCode code, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// Attaches to the newest diagnostic which of KNOWN was meant by GIVEN, or else all of KNOWN.
void mistake_help_near(Mistakes *mistakes, Str given, const Str *known, size_t count);

// The one of KNOWN that GIVEN is most likely a misspelling of; STR_NONE when none is near.
Str near_name(Str given, const Str *known, size_t count);

// S cut to a length that fits a message, never inside a character.
Str clipped(Str s);

#endif
