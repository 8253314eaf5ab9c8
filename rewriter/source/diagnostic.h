// Everything weft tells a person about their code, rules or command line, as data.
//
// A stage adds diagnostics and goes on where it can; only diagnostic_render prints. A function that
// returns false has added at least one diagnostic of severity error.
#ifndef WEFT_SOURCE_DIAGNOSTIC_H
#define WEFT_SOURCE_DIAGNOSTIC_H

#include <stdio.h>
#include "base/arena.h"
#include "base/vec.h"
#include "source/span.h"

typedef enum Severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

// One enumerator a row of diagnostic_codes.def, e.g. DIAGNOSTIC_E101. E = error, W = refused or
// doubtful site, N = note. The numbers are stable and documented in docs/diagnostics.md.
typedef enum DiagnosticCode {
#define DIAGNOSTIC(code, severity, group, title) DIAGNOSTIC_##code,
#include "source/diagnostic_codes.def"
#undef DIAGNOSTIC
    DIAGNOSTIC_CODE_COUNT
} DiagnosticCode;

// What a code is about: the third column of diagnostic_codes.def.
typedef enum DiagnosticGroup {
    GROUP_FILE,
    GROUP_REFUSED,
    GROUP_DOUBT,
    GROUP_RULE,
    GROUP_CHECK,
    GROUP_SIGNATURE,
    GROUP_PLAN,
    GROUP_DATA,
    GROUP_GATE,
    GROUP_VERIFY,
    GROUP_USE,
} DiagnosticGroup;

typedef struct Diagnostic {
    DiagnosticCode code;
    Severity severity;
    Span span;        // file id 0: no file (command line, environment)
    Str message;      // lower case, no full stop, subject in single quotes
    Str note;         // why; may be empty
    Str help;         // what to do; may be empty
    Span related;     // a second place that it is about; file id 0: none
    Str related_text; // what is there
} Diagnostic;

typedef struct Diagnostics {
    Arena arena; // owns the texts
    Vec(Diagnostic) list;
    uint32_t error_count;
    uint32_t unreadable_count; // errors that mean "a file was left out" (exit code 3)
} Diagnostics;

struct Sources;

void diagnostics_release(Diagnostics *diagnostics);

// Adds one; message is printf-style. The returned pointer is valid until the next add; use it to
// attach note and help with diagnostic_note / diagnostic_help.
Diagnostic *diagnostic_add(Diagnostics *diagnostics, DiagnosticCode code, Span span,
                           const char *format, ...) __attribute__((format(printf, 4, 5)));
void diagnostic_note(Diagnostics *diagnostics, const char *format, ...)
    __attribute__((format(printf, 2, 3))); // of the newest diagnostic
void diagnostic_help(Diagnostics *diagnostics, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Gives the newest diagnostic its second place, which is shown with its line, too.
void diagnostic_relate(Diagnostics *diagnostics, Span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

const char *diagnostic_code_name(DiagnosticCode code);  // "W201"
const char *diagnostic_code_title(DiagnosticCode code); // the row's one-line meaning
// The code of that name; false when there is none. What its row of diagnostic_codes.def says.
bool diagnostic_code_find(Str name, DiagnosticCode *code);
Severity diagnostic_code_severity(DiagnosticCode code);
DiagnosticGroup diagnostic_code_group(DiagnosticCode code);
// True when it is about a place of the tree that a person should look at: refused, bridged or in doubt.
bool diagnostic_code_is_site(DiagnosticCode code);

// Forgets all but the first COUNT.
void diagnostics_cut(Diagnostics *diagnostics, uint32_t count);
// Moves all of FROM behind those of INTO (texts are copied) and empties FROM.
void diagnostics_merge(Diagnostics *into, Diagnostics *from);
// Sorts by path, offset, code: call once before printing.
void diagnostics_sort(Diagnostics *diagnostics, const struct Sources *sources);

// Prints all of at least severity LEAST in the form
//   path:line:column: error[E101]: message
//      |
//   12 | source line
//      |        ^^^^
//   path:line:column: note: what is at the second place
//      |
//    7 | source line
//      |     ^^^^
//   note: ...
//   help: ...
// Lines and columns are 1-based, columns count characters (UTF-8 code points). Control characters
// in names and lines are escaped. COLOR turns ANSI colours on.
void diagnostics_render(const Diagnostics *diagnostics, const struct Sources *sources,
                        Severity least, bool color, FILE *out);

#endif
