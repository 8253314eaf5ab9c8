// The plan that a run carries out, as its folder keeps it.
#ifndef WEFT_APPLY_RECORDED_PLAN_H
#define WEFT_APPLY_RECORDED_PLAN_H

#include "apply/journal.h"

// Reads the plan of JOURNAL's run, which must have the digest that the journal names; *JSON are its bytes, in
// PLAN's arena. False after E601 or E607. The caller releases PLAN either way.
bool recorded_plan_read(Store *store, const Journal *journal, Plan *plan, Str *json,
                        Diagnostics *diagnostics);

#endif
