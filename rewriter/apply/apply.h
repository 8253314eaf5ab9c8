// Writing a plan to disk, finishing it and taking it back.
//
// A run is one plan carried out, with a journal from which a later weft can finish it or take it back
// (journal.h). The functions that change something hold the lock of the tree.
#ifndef WEFT_APPLY_APPLY_H
#define WEFT_APPLY_APPLY_H

#include "edit/plan.h"

struct Journal; // apply/journal.h

// What a command wants done besides.
typedef struct ApplyControl {
    Str command;      // as the user gave it, for the journal and for others who wait
    bool no_sync;     // leave it to the system when bytes reach the disk
    bool allow_dirty; // files with changes that are not committed may be written
    Str backup;       // folder for a copy of the old files; "" for none
    // Asked before COUNT runs are taken over that this user's weft did not record; NULL: they are refused.
    bool (*adopt)(void *context, const struct Journal *runs, uint32_t count);
    void *adopt_context;
    // Called after each file, with the number of files done of TOTAL; may be NULL.
    void (*progress)(void *context, const char *what, uint32_t done, uint32_t total);
    void *context;
} ApplyControl;

// How a run is taken back.
typedef struct UndoHow {
    bool merge;   // weft's lines are taken out of files that were changed since, where both do not overlap
    bool partial; // the others stay as they are; without it, no file is touched when there is one
    bool dry_run; // no file is touched
    // Called for each file of the run before the first is touched: the bytes that it has, and those that it will
    // have. Without data: no file. May be NULL.
    void (*file)(void *context, Str path, Str now, Str after);
    void *context;
} UndoHow;

typedef enum ApplyResult {
    APPLY_DONE,
    APPLY_NOTHING,     // there is no such run, or nothing to do for it
    APPLY_REFUSED,     // no file was touched
    APPLY_STALE,       // a file is not the one that the plan was made from; none was touched
    APPLY_FAILED,      // and the tree is as it was
    APPLY_INTERRUPTED, // the run is unfinished: resume or take back
    APPLY_PARTLY,      // taking back left some files as they were
} ApplyResult;

// What happened, for a message.
typedef struct ApplyReport {
    uint32_t run;     // 0 when none began
    uint32_t written; // files that now are as wanted
    uint32_t merged;  // of them, merged with later changes
    uint32_t left;    // that were left as they are
    bool undone;      // the run is taken back now
} ApplyReport;

// Carries PLAN out below ROOT, a real path. DOCUMENT is the same plan as a plan file. Looks at every
// file first, and does not start unless each can be written: regular, inside the root, not shared by
// hard links, writable, with the bytes that the plan was made from, without uncommitted changes.
ApplyResult apply_plan(Str root, const Plan *plan, Str document, const ApplyControl *control,
                       ApplyReport *report, Diagnostics *diagnostics);

// The looks of apply_plan alone, for who must ask a person first: false when it would refuse, or find PLAN
// stale. Makes nothing and takes no lock.
bool apply_check(Str root, const Plan *plan, const ApplyControl *control, Diagnostics *diagnostics);

// Finishes what was interrupted: an apply is completed, a rollback too. APPLY_NOTHING with E608 when
// nothing was.
ApplyResult apply_resume(Str root, const ApplyControl *control, ApplyReport *report,
                         Diagnostics *diagnostics);

// Takes a run back: RUN, or for 0 the unfinished one, else the newest applied one. Every file that is
// what weft wrote gets its old bytes and permissions, files that weft made go. Others are E609; HOW says
// what becomes of them.
ApplyResult apply_rollback(Str root, uint32_t run, const UndoHow *how, const ApplyControl *control,
                           ApplyReport *report, Diagnostics *diagnostics);

#endif
