// What applying, resuming and taking back share: one run, the files of the tree as they are now, and
// the steps between them. Internal to apply/.
#ifndef WEFT_APPLY_TRANSACTION_H
#define WEFT_APPLY_TRANSACTION_H

#include "apply/apply.h"
#include "apply/journal.h"

// Which bytes a file of the run has on disk.
typedef enum Side { SIDE_OLD, SIDE_NEW, SIDE_OTHER } Side;

typedef struct View {
    Side side;
    bool exists;
    const char *why;    // SIDE_OTHER: what is wrong with it, in words
    struct stat status; // when it exists
    Str bytes;          // when it could be read
    bool staged;        // the file to be renamed over it lies beside it
} View;

typedef struct Transaction {
    Arena arena;
    Store *store;
    Journal *journal;
    View *views; // by Journal.files
    const ApplyControl *control;
    Diagnostics *diagnostics;
} Transaction;

typedef enum StepResult { STEP_DONE, STEP_FAILED, STEP_INTERRUPTED } StepResult;

void transaction_open(Transaction *transaction, Store *store, Journal *journal,
                      const ApplyControl *control, Diagnostics *diagnostics);
void transaction_close(Transaction *transaction);

// Looks at file INDEX as it is now.
void transaction_look(Transaction *transaction, uint32_t index);
// Whether file INDEX is still the one that was looked at, by its inode, size and times.
bool transaction_is_unchanged(const Transaction *transaction, uint32_t index);
// Writes BYTES beside file INDEX with MODE, to be renamed over it once it is synced.
bool transaction_stage(Transaction *transaction, uint32_t index, Str bytes, mode_t mode);
// Makes all that was staged durable; false with *FAILED, the file where it failed.
bool transaction_sync_staged(Transaction *transaction, uint32_t *failed);
bool transaction_replace(Transaction *transaction, uint32_t index);
// Removes what was staged for any file and not renamed.
bool transaction_unstage(Transaction *transaction);
bool transaction_make_folders(Transaction *transaction);
// Removes those folders of the run that are empty, inner ones first.
bool transaction_remove_folders(Transaction *transaction);
// Syncs every folder with a file of the run.
bool transaction_sync_folders(Transaction *transaction);
void transaction_progress(const Transaction *transaction, const char *what, uint32_t done);

// BEGUN or COMMITTED to APPLIED. AFTER are the new bytes by file, for each whose view is SIDE_OLD;
// no view may be SIDE_OTHER. STEP_FAILED after E901 or E602; the run is then where it was.
StepResult transaction_finish(Transaction *transaction, const Str *after);

// Any state to UNDONE. Files of SIDE_OTHER that cannot be merged are left (Journal.left), if HOW is partial or
// the run is UNDOING already; else STEP_FAILED, and nothing is touched. *RESTORED counts files put back,
// *MERGED those of them merged; in a dry run, those that would be.
typedef struct UndoCount {
    uint32_t restored, merged;
} UndoCount;
// Takes the run back as HOW says; COUNT gets what was put back and what stays.
StepResult transaction_undo(Transaction *transaction, const UndoHow *how, UndoCount *count);

// Looks at every file of PLAN before anything is written. Fills the journal's files and folders and
// the views. False after E901, E602 (and *STALE), E603 or E604; all that is wrong is reported, not the
// first only.
bool transaction_check_targets(Transaction *transaction, const Plan *plan, bool *stale);

// Paths of the journal's files that have changes which git does not have in a commit; E604 for each,
// and false. True without a repository.
bool transaction_check_committed(Transaction *transaction);

// Three-way merge of lines; false when the changes overlap.
bool merge_texts(Arena *arena, Str ancestor, Str ours, Str theirs, Str *merged);

#endif
