// Taking back what a run did. In: the plan, and the rows of the ledger. Out: the steps' own statements for that, from the
// last step to the first, each with the removal of its row. Must never take back a step that another one, still
// done, stands on; and never pass one that cannot be taken back.
#include "migrate/rebuild.h"

static bool refuse_final(MigrationRun *run, const Step *step) {
    diagnostic_add(run->diagnostics, DIAGNOSTIC_E670, SPAN_NONE,
                   "the step '%.*s' cannot be taken back", STR_ARG(step->id));
    diagnostic_note(run->diagnostics, "what it did: %.*s", STR_ARG(step->title));
    diagnostic_help(run->diagnostics,
                    "`weft data rollback --restore` puts the backup back and says what "
                    "is newer than it");
    return false;
}

static bool run_undo_sql(MigrationRun *run, const Step *step) {
    for (uint32_t i = 0; i < step->undo.count; i++)
        if (!database_execute(run->database, step->undo.items[i], NULL, 0)) return false;
    return true;
}

// Somebody else may have taken it back already: the bot drops columns that it does not know.
static bool undo_effect(MigrationRun *run, const Step *step, StepState state) {
    Answer done = ANSWER_UNKNOWN;
    if (state == STEP_NEW) return true;
    if (step->kind == STEP_REBUILD && state == STEP_RUNNING) return rebuild_abandon(run, step);
    bool asks = step->kind == STEP_STATEMENTS && state == STEP_DONE;
    if (asks && !step_ask(run, step->done, &done)) return false;
    return done == ANSWER_NO || run_undo_sql(run, step);
}

static bool undo_once(MigrationRun *run, const Step *step, StepState state, bool is_first) {
    Database *database = run->database;
    bool together = run->dialect->ddl_in_transaction && !step->alone;
    if (together && !database_begin(database)) return false;
    if (!undo_effect(run, step, state)) return false;
    bool good = is_first ? ledger_drop(database) : ledger_remove(database, step->id);
    return good && (!together || database_commit(database));
}

static bool undo_step(MigrationRun *run, const Step *step, bool is_first) {
    Arena scratch = {0};
    LedgerRow row;
    unsigned attempts = 0;
    bool good = ledger_get(run->database, &scratch, step->id, &row) || step_fail(run, step);
    bool skip = good && row.state == STEP_NEW && !is_first;
    if (good && row.state == STEP_DONE && step->final) good = refuse_final(run, step);
    while (good && !skip && !undo_once(run, step, row.state, is_first)) {
        database_rollback(run->database);
        good = migration_may_retry(run, &attempts) || step_fail(run, step);
    }
    arena_release(&scratch);
    return good;
}

MigrationResult migration_undo(MigrationRun *run, Phase down_to) {
    const Migration *migration = run->migration;
    for (uint32_t i = migration->steps.count; i-- > 0;) {
        const Step *step = &migration->steps.items[i];
        if (step->phase < down_to) break;
        if (migration_shall_stop(run)) return MIGRATE_STOPPED;
        migration_report(run, "rollback", migration->steps.count - i, migration->steps.count);
        if (!undo_step(run, step, i == 0)) return MIGRATE_FAILED;
    }
    return record_add(run->site, run->record, run->diagnostics, "undone", phase_name(down_to), NULL)
               ? MIGRATE_DONE
               : MIGRATE_FAILED;
}
