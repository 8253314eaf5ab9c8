// A run over the steps of a plan. In: the plan, and the rows of the ledger. Out: more rows. Must never pass a step
// that is not done, and never repeat one that is.
#include "migrate/run.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "apply/interrupt.h"
#include "migrate/pace.h"

enum { FIRST_PAUSE = 50, DOUBLINGS = 6 }; // milliseconds, up to 3.2 seconds

static void sleep_milliseconds(uint32_t milliseconds) {
    struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&time, NULL);
}

bool migration_shall_stop(MigrationRun *run) {
    const char *why = NULL;
    SiteWish wish = site_wish(run->site);
    if (wish == SITE_PAUSE) why = "paused";
    if (wish == SITE_CANCEL) why = "cancelled";
    if (interrupt_came()) why = "interrupted";
    run->cancelled = wish == SITE_CANCEL && !interrupt_came();
    if (why == NULL) return false;
    record_add(run->site, run->record, run->diagnostics, "stopped", why, NULL);
    return true;
}

bool migration_may_retry(MigrationRun *run, unsigned *attempts) {
    DatabaseFault fault = run->database->fault;
    if ((fault != DATABASE_BUSY && fault != DATABASE_LOST) || interrupt_came()) return false;
    if (*attempts == 0) run->waiting_since = pace_now();
    if (pace_now() - run->waiting_since > run->wait_seconds) return false;
    sleep_milliseconds((uint32_t)FIRST_PAUSE << (*attempts < DOUBLINGS ? *attempts : DOUBLINGS));
    ++*attempts;
    // When it is still away the next attempt fails at once and comes back here.
    if (fault == DATABASE_LOST && !database_reconnect(run->database))
        run->database->fault = DATABASE_LOST;
    return true;
}

void migration_report(const MigrationRun *run, const char *what, uint64_t done, uint64_t total) {
    if (run->progress != NULL) run->progress(run->context, what, done, total);
}

// ---- one step ------------------------------------------------------------------------------------

// What later steps did to the table of STEP is gone with what STEP did: a column that somebody dropped and that is made
// again is empty.
static bool forget_later(MigrationRun *run, const Step *step) {
    const Step *end = run->migration->steps.items + run->migration->steps.count;
    for (const Step *later = step + 1; later < end; later++)
        if (str_equal(later->table, step->table) && !ledger_remove(run->database, later->id))
            return false;
    return ledger_remove(run->database, step->id);
}

// Whether STEP is done: its row says so, and nobody has taken back since what it did. Programs that drop what they do
// not know are why it is asked again, until the last phase that they live through is over.
static bool is_done(MigrationRun *run, const Step *step, bool *done) {
    Arena scratch = {0};
    LedgerRow row;
    Answer answer = ANSWER_UNKNOWN;
    bool asks = step->kind == STEP_STATEMENTS &&
                record_find(run->record, "phase", phase_name(PHASE_SWITCH)) == NULL;
    bool good = ledger_get(run->database, &scratch, step->id, &row);
    if (good && row.state == STEP_DONE && asks) good = step_ask(run, step->done, &answer);
    *done = row.state == STEP_DONE && answer != ANSWER_NO;
    if (good && row.state == STEP_DONE && !*done) good = forget_later(run, step);
    arena_release(&scratch);
    return good || step_fail(run, step);
}

static bool may_begin(MigrationRun *run, const Step *step) {
    Answer answer;
    if (!step_ask(run, step->precondition, &answer)) return step_fail(run, step);
    if (answer != ANSWER_NO) return true;
    diagnostic_add(run->diagnostics, DIAGNOSTIC_E667, SPAN_NONE,
                   "the step '%.*s' cannot begin: the database is not as the plan expects it there",
                   STR_ARG(step->id));
    diagnostic_note(run->diagnostics, "it asks: %.*s", STR_ARG(step->precondition));
    diagnostic_help(run->diagnostics,
                    "`weft data rollback` takes back what is done; then plan anew");
    return false;
}

static bool holds_afterwards(MigrationRun *run, const Step *step) {
    Answer answer;
    if (!step_ask(run, step->postcondition, &answer)) return step_fail(run, step);
    if (answer != ANSWER_NO) return true;
    diagnostic_add(run->diagnostics, DIAGNOSTIC_E667, SPAN_NONE,
                   "the step '%.*s' ran and did not do what it should", STR_ARG(step->id));
    diagnostic_note(run->diagnostics, "it asks: %.*s", STR_ARG(step->postcondition));
    diagnostic_help(run->diagnostics, "`weft data rollback` takes back what is done");
    return false;
}

static bool carry_out(MigrationRun *run, const Step *step, bool *stopped) {
    switch (step->kind) {
    case STEP_STATEMENTS: return step_statements(run, step);
    case STEP_PROBE: return step_probe(run, step);
    case STEP_BATCHES: return step_batches(run, step, stopped);
    case STEP_REBUILD: return step_rebuild(run, step, stopped);
    case STEP_KIND_COUNT: break;
    }
    return false;
}

static bool note_step(MigrationRun *run, const Step *step) {
    Arena scratch = {0};
    LedgerRow row;
    bool good = ledger_get(run->database, &scratch, step->id, &row) || step_fail(run, step);
    Str rows = arena_format(&scratch, "%" PRId64, row.rows);
    good = good && record_add(run->site, run->record, run->diagnostics, "step",
                              arena_copy(&scratch, step->id).data, rows.data, NULL);
    arena_release(&scratch);
    return good;
}

static bool run_step(MigrationRun *run, const Step *step, bool *stopped) {
    bool done;
    if (!is_done(run, step, &done)) return false;
    if (done) return true;
    return may_begin(run, step) && carry_out(run, step, stopped) &&
           (*stopped || (holds_afterwards(run, step) && note_step(run, step)));
}

// ---- all of them ---------------------------------------------------------------------------------

// Notes that a phase is over, once.
static bool end_phase(MigrationRun *run, Phase phase) {
    const char *name = phase_name(phase);
    return record_find(run->record, "phase", name) != NULL ||
           record_add(run->site, run->record, run->diagnostics, "phase", name, NULL);
}

MigrationResult migration_apply(MigrationRun *run) {
    bool stopped = false;
    uint32_t count = run->migration->steps.count, at = 0;
    for (Phase phase = PHASE_EXPAND; phase <= run->last && phase < PHASE_COUNT; phase++) {
        for (; at < count && run->migration->steps.items[at].phase == phase; at++) {
            if (migration_shall_stop(run)) return MIGRATE_STOPPED;
            migration_report(run, phase_name(phase), at, count);
            if (!run_step(run, &run->migration->steps.items[at], &stopped)) return MIGRATE_FAILED;
            if (stopped) return MIGRATE_STOPPED;
        }
        if (!end_phase(run, phase)) return MIGRATE_FAILED;
    }
    return MIGRATE_DONE;
}
