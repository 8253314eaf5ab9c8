// The runs of a tree, for people and for those who choose one of them.
#ifndef WEFT_APPLY_HISTORY_H
#define WEFT_APPLY_HISTORY_H

#include "apply/journal.h"

typedef struct History {
    Vec(Journal) runs;    // ascending
    Vec(Journal) foreign; // those that this user's weft did not record; for adopt.h only
} History;

// False after E607, E612, E613 or E901; runs that can be read are there all the same. Foreign runs are no
// failure here.
bool history_read(Store *store, History *history, Diagnostics *diagnostics);
void history_release(History *history);
bool run_is_finished(RunState state);
// The run that was interrupted, else NULL.
Journal *history_unfinished(History *history);
Journal *history_find(History *history, uint32_t run);
// The newest run that is applied, else NULL.
Journal *history_newest_applied(History *history);

// How many files of a run have their old bytes, its new bytes, or neither.
typedef struct RunCount {
    uint32_t old, new, other;
} RunCount;
// How many of its files are as before the run, as the run left them, and neither.
RunCount history_count(Store *store, Journal *journal);

// Refuses with E610 when there are foreign runs. Deletes finished runs but the newest KEEP, and the old bytes that no other run needs. False after
// E610 or E901; *RUNS and *OBJECTS count what went.
bool history_prune(Store *store, uint32_t keep, uint32_t *runs, uint32_t *objects,
                   Diagnostics *diagnostics);

#endif
