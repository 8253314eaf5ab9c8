// Plans for later: a phase that is carried out leaves the plans of the phases after it, so that the
// phases in order end in the bytes that one apply would have made. Each is kept under the name of its phase
// and of the tree that it is for; for any other tree it is not found, and the phase is planned anew. So they
// are no part of a run: nothing is lost with them.
//
//   .weft/later/FAMILY-TREEID.json
#ifndef WEFT_APPLY_LATER_H
#define WEFT_APPLY_LATER_H

#include "base/vec.h"
#include "source/blob_id.h"
#include "source/diagnostic.h"

typedef struct LaterPlan {
    Str phase;
    BlobId tree; // that it is for
    Str bytes;   // a plan file
} LaterPlan;
typedef Vec(LaterPlan) LaterPlans;

// The plan of PHASE for TREE; false when there is none.
bool later_find(Arena *arena, Str root, Str phase, const BlobId *tree, Str *bytes);
// Keeps PLANS instead of all that were kept before. False after E901.
bool later_keep(Str root, const LaterPlans *plans, Diagnostics *diagnostics);

#endif
