// Carrying a migration out: one task after the other, each a command of weft, with a line of the record before and after
// it. What failed holds up what needs it and nothing else.
#ifndef WEFT_MANAGE_RUN_H
#define WEFT_MANAGE_RUN_H

#include "manage/child.h"
#include "manage/command.h"
#include "manage/state.h"

typedef struct Manager {
    Arena arena;
    Site site;
    Record record;
    MigrationPlan plan;
    Str document; // the plan's bytes
    bool has_plan;
    MigrationState state;
    StrItems approvals;   // ids of gates that the user approves now
    bool discard_tenants; // rollback
    bool restore;         // rollback: also from the backup
    bool quiet;
    Diagnostics *diagnostics;
} Manager;

typedef enum ManageResult {
    MANAGE_DONE,
    MANAGE_WAITING, // for the word of a person, or paused: `resume` goes on
    MANAGE_FAILED,  // a task has; others may be done
    MANAGE_REFUSED, // after a diagnostic
} ManageResult;

// Opens the place of the tree ROOT, LOCKED for who changes something, and reads the plan that was begun, if any. False
// after a diagnostic; close it all the same.
bool manager_open(Manager *manager, Str root, bool locked, Diagnostics *diagnostics);
void manager_close(Manager *manager);
// Begins with DOCUMENT, the bytes of the plan file NAME. False after E614, E615 (another one is under way) or E672.
bool manager_begin(Manager *manager, Str name, Str document);

// Runs what can be run. RESUMED: what is done is looked at first, and what failed is tried again.
ManageResult manager_run(Manager *manager, bool resumed);
// Takes back what the tasks did, from the last to the first: the tree, then the database.
ManageResult manager_rollback(Manager *manager);

// What both share. Runs the command of TASK, or another one, for it; tells whether it ended well.
bool manager_note(Manager *manager, const char *word, Str id, const char *more);
void manager_refresh(Manager *manager);
// The newest run of the tree, 0 when there is none; the answer of `weft status` in ARENA. False after E615.
bool manager_runs(Manager *manager, Arena *arena, Str *json, int64_t *newest);

#endif
