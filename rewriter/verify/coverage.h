// How far the migration is: the accesses that need the context, before and after.
#ifndef WEFT_VERIFY_COVERAGE_H
#define WEFT_VERIFY_COVERAGE_H

#include "verify/finding.h"

typedef struct CoverageRow {
    uint32_t before;    // accesses in the tree before
    uint32_t rewritten; // of these, no longer in the tree after
    uint32_t isolated;  // of these, passed a context on every way from an origin that bears a tenant
    uint32_t remaining; // accesses in the tree after that are not done: rewritten ones, too, that leak or
                        // read the ambient context
    uint32_t added;     // of these, not in the tree before
} CoverageRow;

typedef struct Coverage {
    CoverageRow all;
    CoverageRow by_family[FAMILY_MOST];
    Families families; // those of the tree after, and what that before has besides
    uint32_t remaining_by_outcome[OUTCOME_COUNT]; // what weft would make of what remains
} Coverage;

// BEFORE may be NULL: then only what remains is counted.
void coverage_build(const VerifyTree *before, const VerifyTree *after, Coverage *coverage);

// Diagnostics of the solver, W2xx and W3xx, by code.
typedef struct CodeCount {
    DiagnosticCode code;
    uint32_t before, after;
} CodeCount;
typedef struct CodeCounts {
    Vec(CodeCount) list; // in the order of the codes; only those that occur
} CodeCounts;

// How often each code occurs before and after; BEFORE may be NULL.
void code_counts_build(const VerifyTree *before, const VerifyTree *after, CodeCounts *counts);
void code_counts_release(CodeCounts *counts);

#endif
