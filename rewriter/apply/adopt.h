// Taking over runs that this user's weft did not record: those of another user or another home, those of weft
// 0.1.0, which had no key, and those that somebody forged.
#ifndef WEFT_APPLY_ADOPT_H
#define WEFT_APPLY_ADOPT_H

#include "apply/apply.h"
#include "apply/history.h"

// E610 for each run of HISTORY that is foreign; false when there is one.
bool adopt_refuse(const History *history, Diagnostics *diagnostics);
// Shows the foreign runs by CONTROL->adopt, and when it says yes records them anew, with this user's key. Each
// must agree with its plan file by file. False after E607 or E613, E901, or when it says no.
bool adopt_runs(Store *store, History *history, const ApplyControl *control,
                Diagnostics *diagnostics);

#endif
