// What the files of findings share; nobody else includes this.
#ifndef WEFT_VERIFY_FINDING_INTERNAL_H
#define WEFT_VERIFY_FINDING_INTERNAL_H

#include "verify/finding.h"

// Pairs the findings of two trees, each with one: first those whose line is the same, then those of
// the same key in the same file. Marks what is left of AFTER as new, counts what is left of BEFORE.
void findings_compare(const Findings *before, Findings *after);
// By path, position, kind, message.
void findings_sort(Findings *findings);

#endif
