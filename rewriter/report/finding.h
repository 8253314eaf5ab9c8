// What line-oriented formats (SARIF, GitHub, GitLab, JUnit) say of one access: a rule, a severity and a
// sentence, the same in all of them.
#ifndef WEFT_REPORT_FINDING_H
#define WEFT_REPORT_FINDING_H

#include "report/model.h"

// error: refused. warning: bridged, or nothing was decided yet. Every access that is still in the tree
// is at least a warning: it does not know its tenant until the change is applied.
typedef enum FindingLevel { FINDING_WARNING, FINDING_ERROR } FindingLevel;

// A refused access is an error.
FindingLevel finding_level(const ReportAccess *access);
// "settings/config": family and rule; "objects/found" for a singleton that was found.
Str finding_rule(Arena *arena, const ReportAccess *access);
// One sentence: what is read, where, and what weft would do about it. Printable, one line.
Str finding_message(Arena *arena, const ReportAccess *access);
// 16 hexadecimal digits that survive edits elsewhere in the file.
Str finding_fingerprint(Arena *arena, const Report *report, const ReportAccess *access);
// PATH as a relative URI reference (RFC 3986): every other byte than unreserved ones and '/' as %XX.
Str finding_uri(Arena *arena, Str path);

#endif
