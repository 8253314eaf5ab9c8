// Carrying out a plan, and taking it back.
//
// A run goes through the steps of the plan in order. A step whose ledger row says "done" is passed, unless its own
// question (`done`) says that somebody undid it. Every other step is repeated from where its row is: a step of
// statements happens in one transaction with its row, one of batches goes on behind its last key. So a run may stop
// anywhere, and a second run of a finished plan changes nothing.
//
// A lock that another program holds is waited for, with growing pauses; a lost connection is made again, and the step
// repeated by what the ledger says.
#ifndef WEFT_MIGRATE_RUN_H
#define WEFT_MIGRATE_RUN_H

#include "data/migration.h"
#include "migrate/ledger.h"
#include "migrate/record.h"

// What was asked of rows (survey.h).
typedef struct Surveys Surveys;

typedef enum MigrationResult {
    MIGRATE_DONE,
    MIGRATE_STOPPED, // at a safe point: somebody asked for it; going on is possible
    MIGRATE_FAILED,  // after a diagnostic; going on is possible once it is mended
} MigrationResult;

typedef struct MigrationRun {
    Arena arena;
    Database *database;
    const Migration *migration;
    const Dialect *dialect;
    Site *site;
    Record *record;
    Diagnostics *diagnostics;
    Phase last;            // phases behind it are left
    bool offline;          // nobody else uses the database: longer batches, no pauses between them
    uint32_t wait_seconds; // for locks of others, and for a server that is away
    double waiting_since;  // the fault that is waited out now
    Surveys *surveys;      // of this run
    bool cancelled;        // it stopped because somebody asked for that, and not only for a pause
    // Called after each batch and step; may be NULL. TOTAL is an estimate.
    void (*progress)(void *context, const char *what, uint64_t done, uint64_t total);
    void *context;
} MigrationRun;

// Runs what is not done, up to the phase `last`. The ledger must be there.
MigrationResult migration_apply(MigrationRun *run);
// Takes back all steps that have a row, from the last one, down to and with those of phase DOWN_TO; with
// PHASE_EXPAND the ledger goes too.
MigrationResult migration_undo(MigrationRun *run, Phase down_to);

// ---- shared by the parts of a run ----------------------------------------------------------------

// Whether somebody wants the run to stop: a signal, `weft data pause` or `cancel`. Notes why in the record.
bool migration_shall_stop(MigrationRun *run);
// After a fault: waits and connects again where that helps. *ATTEMPTS counts; false when the fault stays, which the
// caller explains. On true, nothing of the transaction happened and it is to be begun anew; it may have been
// committed when the connection was lost in COMMIT, which the ledger tells.
bool migration_may_retry(MigrationRun *run, unsigned *attempts);
void migration_report(const MigrationRun *run, const char *what, uint64_t done, uint64_t total);

// The kinds of steps. False after a diagnostic, or when the run shall stop (*STOPPED).
bool step_statements(MigrationRun *run, const Step *step);
bool step_probe(MigrationRun *run, const Step *step);
bool step_batches(MigrationRun *run, const Step *step, bool *stopped);
bool step_rebuild(MigrationRun *run, const Step *step, bool *stopped);
// Asks one of the questions of a step (`done`, `precondition`, `postcondition`); an empty one is ANSWER_UNKNOWN.
typedef enum Answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN } Answer;
bool step_ask(MigrationRun *run, Str question, Answer *answer);
// Explains the database's fault in STEP; false.
bool step_fail(MigrationRun *run, const Step *step);

#endif
