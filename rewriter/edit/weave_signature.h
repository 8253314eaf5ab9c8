// From a plan for signatures to edits.
#ifndef WEFT_EDIT_WEAVE_SIGNATURE_H
#define WEFT_EDIT_WEAVE_SIGNATURE_H

#include "edit/edit.h"
#include "solve/signature/signature.h"
#include "solve/solution.h"

// Adds the edits that make PLAN of REQUEST true to EDITS. SOLUTION has no decisions.
void weave_signature(const Program *program, const Solution *solution, const SignatureRequest *request,
                     const SignaturePlan *plan, Edits *edits);

#endif
