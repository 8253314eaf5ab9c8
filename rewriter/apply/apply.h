// Writing a plan to disk. One file at a time, each durably; the journal comes with a later issue.
#ifndef WEFT_APPLY_APPLY_H
#define WEFT_APPLY_APPLY_H

#include "edit/plan.h"

typedef struct ApplyResult {
    uint32_t files_written;
    uint32_t files_failed;
} ApplyResult;

// Checks first that every file still holds the bytes the plan was made from and is a writable regular
// file inside the root; any mismatch is E901 and nothing is written. Then replaces each file. On a
// failure the files already written are put back.
bool apply_plan(Str root, const Plan *plan, ApplyResult *result, Diagnostics *diagnostics);

#endif
