// Backfill. In: a step with an UPDATE that is cut by key. Out: rows that have their owners, batch by batch, each in one
// transaction with a checksum before, one after, and its row in the ledger. Rows that the old program writes behind
// the last key meanwhile are filled by triggers, or by another pass.
//
//     BEGIN
//     SELECT id .. LIMIT 2000          the last key of the batch
//     SELECT count, checksum ..        of the columns that must not change
//     UPDATE messages SET tenant_id = .. WHERE id > 12000 AND id <= 14000 AND (tenant_id = '')
//     SELECT count, checksum ..        the same again
//     UPDATE weft_ledger ..
//     COMMIT
#include "migrate/batch_key.h"
#include "migrate/checksum.h"
#include "migrate/pace.h"

enum { MOST_PASSES = 20 };

typedef struct Backfill {
    MigrationRun *run;
    const Step *step;
    Arena scratch; // of one batch
    Pace pace;
    LedgerRow row; // as it was committed last
    BatchKey key;
    bool over;         // the pass has come to the end
    bool changed;      // a batch found other contents afterwards
    int64_t looked_at; // rows between the bounds
    uint64_t total;    // estimate; 0 is not known
} Backfill;

// ---- one batch -----------------------------------------------------------------------------------

static bool find_end(Backfill *backfill) {
    return batch_key_find_end(&backfill->key, backfill->run, &backfill->step->batch,
                              backfill->step->table, backfill->pace.size, &backfill->scratch,
                              &backfill->over);
}

static bool sum_batch(Backfill *backfill, Checksum *sum) {
    StrBuf sql = {0};
    const Batch *batch = &backfill->step->batch;
    const Dialect *dialect = backfill->run->dialect;
    uint32_t count;
    const Value *values = batch_key_bounds(&backfill->key, &count);
    checksum_add_query(dialect, &batch->unchanged, backfill->step->table, &sql);
    strbuf_add_text(&sql, " WHERE ");
    dialect_batch_range(dialect, &batch->key, backfill->key.first, &sql);
    // MariaDB's UPDATE changes rows as they are now, not as the transaction sees them: from the first look on nobody
    // else may write them, and both looks are at what is there now.
    strbuf_add(&sql, dialect->lock_rows);
    bool good = checksum_run(backfill->run->database, strbuf_str(&sql), values, count, sum);
    strbuf_release(&sql);
    return good;
}

static bool update_rows(Backfill *backfill) {
    StrBuf sql = {0};
    const Step *step = backfill->step;
    uint32_t count;
    const Value *values = batch_key_bounds(&backfill->key, &count);
    dialect_batch(backfill->run->dialect, &step->batch, step->table, backfill->key.first, &sql);
    bool good = database_execute(backfill->run->database, strbuf_str(&sql), values, count);
    strbuf_release(&sql);
    return good;
}

// The rows between the bounds, and the row of the ledger as it will be in *NEXT.
static bool do_rows(Backfill *backfill, LedgerRow *next) {
    Checksum before, after;
    if (!sum_batch(backfill, &before) || !update_rows(backfill)) return false;
    next->rows += backfill->run->database->changed;
    if (!sum_batch(backfill, &after)) return false;
    backfill->changed = !checksum_equal(&before, &after);
    backfill->looked_at = after.rows;
    next->position = batch_key_write(&backfill->scratch, &backfill->key);
    next->checksum = checksum_text(&backfill->scratch, checksum_parse(next->checksum) + after.sum);
    return true;
}

// One transaction. False with a fault, or with `changed`.
static bool run_batch(Backfill *backfill) {
    Database *database = backfill->run->database;
    const Step *step = backfill->step;
    if (!database_begin(database)) return false;
    pace_begin(&backfill->pace);
    // Another process or a COMMIT whose answer was lost may have moved it.
    if (!ledger_get(database, &backfill->scratch, step->id, &backfill->row)) return false;
    batch_key_read(&backfill->key, &backfill->scratch, backfill->row.position);
    LedgerRow next = backfill->row;
    next.state = STEP_RUNNING;
    if (backfill->key.first) next.checksum = STR("0"); // of one pass
    if (!find_end(backfill)) return false;
    if (!backfill->over && (!do_rows(backfill, &next) || backfill->changed)) return false;
    if (backfill->over) next.position = STR("");
    if (!ledger_put(database, step->id, &next) || !database_commit(database)) return false;
    pace_end(&backfill->pace, backfill->over ? 0 : backfill->looked_at);
    backfill->row.rows = next.rows;
    migration_report(backfill->run, step->table.data, (uint64_t)next.rows, backfill->total);
    return true;
}

// ---- all of them ---------------------------------------------------------------------------------

static bool explain_change(const Backfill *backfill) {
    Diagnostics *diagnostics = backfill->run->diagnostics;
    Str key = batch_key_show(&backfill->run->arena, &backfill->key);
    diagnostic_add(diagnostics, DIAGNOSTIC_E668, SPAN_NONE,
                   "the batch of '%.*s' between %.*s would change columns that must stay",
                   STR_ARG(backfill->step->table), STR_ARG(key));
    diagnostic_note(diagnostics, "it was not committed; a trigger of the table may do that");
    diagnostic_help(diagnostics, "`weft data rollback` takes back what is done");
    return false;
}

// A pass over all keys. False after a diagnostic.
static bool run_pass(Backfill *backfill, bool *stopped) {
    unsigned attempts = 0;
    backfill->over = false;
    while (!backfill->over) {
        if (migration_shall_stop(backfill->run)) {
            *stopped = true;
            return true;
        }
        arena_release(&backfill->scratch);
        if (run_batch(backfill)) {
            attempts = 0;
            continue;
        }
        database_rollback(backfill->run->database);
        if (backfill->changed) return explain_change(backfill);
        backfill->over = false; // nobody knows of it yet, if it was
        pace_back_off(&backfill->pace);
        if (!migration_may_retry(backfill->run, &attempts))
            return step_fail(backfill->run, backfill->step);
    }
    return true;
}

static bool count_pending(Backfill *backfill, int64_t *pending) {
    StrBuf sql = {0};
    unsigned attempts = 0;
    bool good;
    strbuf_add_text(&sql, "SELECT count(*) FROM ");
    dialect_name(backfill->run->dialect, backfill->step->table, &sql);
    strbuf_addf(&sql, " WHERE %.*s", STR_ARG(backfill->step->batch.pending));
    while (
        !(good = database_integer(backfill->run->database, strbuf_str(&sql), NULL, 0, pending)) &&
        migration_may_retry(backfill->run, &attempts)) {
    }
    strbuf_release(&sql);
    return good || step_fail(backfill->run, backfill->step);
}

static bool refuse_rest(const Backfill *backfill, int64_t pending) {
    diagnostic_add(backfill->run->diagnostics, DIAGNOSTIC_E667, SPAN_NONE,
                   "%lld rows of '%.*s' have no owner after passes over the whole table",
                   (long long)pending, STR_ARG(backfill->step->table));
    diagnostic_help(
        backfill->run->diagnostics,
        "the rules give them none, or something takes it away: see the rules of the table");
    return false;
}

static bool put_done(Backfill *backfill) {
    MigrationRun *run = backfill->run;
    bool good = ledger_get(run->database, &backfill->scratch, backfill->step->id, &backfill->row);
    backfill->row.state = STEP_DONE;
    good = good && ledger_put(run->database, backfill->step->id, &backfill->row);
    return good || step_fail(run, backfill->step);
}

// Until nothing is pending; a pass more than once is only needed where rows came behind it that no trigger fills.
static bool run_passes(Backfill *backfill, bool *stopped) {
    int64_t pending = 0, before;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
        before = backfill->row.rows;
        if (!run_pass(backfill, stopped)) return false;
        if (*stopped) return true;
        if (!count_pending(backfill, &pending)) return false;
        if (pending == 0) return put_done(backfill);
        if (pass > 0 && backfill->row.rows == before) break;
    }
    return refuse_rest(backfill, pending);
}

bool step_batches(MigrationRun *run, const Step *step, bool *stopped) {
    Backfill backfill = {.run = run, .step = step};
    batch_key_start(&backfill.key, &run->arena, step->batch.key.count);
    backfill.total = step->estimate.rows > 0 ? (uint64_t)step->estimate.rows : 0;
    pace_start(&backfill.pace, run->offline);
    bool good = run_passes(&backfill, stopped);
    arena_release(&backfill.scratch);
    return good;
}
