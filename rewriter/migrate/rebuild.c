// Moving a SQLite table into a new definition while the bot goes on writing. In: a step of the kind "rebuild". Out: a
// table of the old name with the new definition and the same rows. The new table (the shadow) is filled beside the
// old one in batches; triggers note the keys of rows that change meanwhile, and every batch first copies those anew.
// So in every committed state the shadow has exactly the rows up to the last key, and the last transaction is
// short: copy what is noted, drop the old table, rename the new one. A conflict stops it; nothing is ever replaced.
//
// Rows keep the number that SQLite gives them (rowid), also where no column has it.
#include "migrate/rebuild.h"

#include "migrate/batch_key.h"
#include "migrate/checksum.h"
#include "migrate/pace.h"
#include "migrate/rebuild_notes.h"

typedef struct Move {
    MigrationRun *run;
    const Step *step;
    Arena scratch;
    Pace pace;
    BatchKey key;
    LedgerRow row;
    bool over;
    bool differs; // a batch arrived with other contents
} Move;

static Str names_of(Move *move, const StrItems *names, const char *prefix) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < names->count; i++) {
        strbuf_add_text(&text, i > 0 ? ", " : "");
        strbuf_add_text(&text, prefix);
        dialect_name(move->run->dialect, names->items[i], &text);
    }
    Str copy = arena_copy(&move->scratch, strbuf_str(&text));
    strbuf_release(&text);
    return copy;
}

static Str name_of(Move *move, Str name) {
    StrItems one = {&name, 1, 1};
    return names_of(move, &one, "");
}

// What is copied: the columns, and the number of the row where that is the key.
static Str copied_of(Move *move) {
    const Rebuild *rebuild = &move->step->rebuild;
    StrItems copied = {0};
    for (uint32_t i = 0; i < rebuild->key.count; i++) {
        bool is_column = false;
        for (uint32_t k = 0; k < rebuild->columns.count && !is_column; k++)
            is_column = str_equal(rebuild->key.items[i], rebuild->columns.items[k]);
        if (!is_column) list_add(&move->scratch, &copied, rebuild->key.items[i]);
    }
    for (uint32_t i = 0; i < rebuild->columns.count; i++) list_add(&move->scratch, &copied, rebuild->columns.items[i]);
    return names_of(move, &copied, "");
}

static bool execute(Move *move, Str sql) {
    return database_execute(move->run->database, sql, NULL, 0);
}

// ---- one batch -----------------------------------------------------------------------------------

// "(SELECT k0, k1 FROM log)" against the key.
static Str noted(Move *move) {
    StrBuf text = {0};
    const StrItems *key = &move->step->rebuild.key;
    strbuf_addf(&text, "(%s) IN (SELECT ", names_of(move, key, "").data);
    for (uint32_t i = 0; i < key->count; i++) strbuf_addf(&text, i > 0 ? ", k%u" : "k%u", i);
    strbuf_add_text(&text, " FROM " REBUILD_NOTES ")");
    Str copy = arena_copy(&move->scratch, strbuf_str(&text));
    strbuf_release(&text);
    return copy;
}

// What is noted and lies at or below the last key is copied anew; what lies above comes with its batch.
static bool copy_noted(Move *move) {
    const Rebuild *rebuild = &move->step->rebuild;
    Arena *arena = &move->scratch;
    Str where = noted(move), shadow = name_of(move, rebuild->shadow);
    Str columns = copied_of(move);
    StrBuf limit = {0};
    if (move->key.first) {
        strbuf_add_text(&limit, "0");
    } else {
        dialect_batch_range(move->run->dialect, &rebuild->key, true, &limit);
    }
    Str remove = arena_format(arena, "DELETE FROM %s WHERE %s", shadow.data, where.data);
    Str copy = arena_format(arena, "INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s AND %s",
                            shadow.data, columns.data, columns.data,
                            name_of(move, move->step->table).data, where.data, limit.data);
    strbuf_release(&limit);
    uint32_t count = move->key.first ? 0 : rebuild->key.count;
    return execute(move, remove) &&
           database_execute(move->run->database, copy, move->key.bounds, count) &&
           execute(move, STR("DELETE FROM " REBUILD_NOTES));
}

static bool sum_range(Move *move, Str table, Checksum *sum) {
    const Rebuild *rebuild = &move->step->rebuild;
    StrBuf sql = {0};
    uint32_t count;
    const Value *values = batch_key_bounds(&move->key, &count);
    checksum_add_query(move->run->dialect, &rebuild->columns, table, &sql);
    strbuf_add_text(&sql, " WHERE ");
    dialect_batch_range(move->run->dialect, &rebuild->key, move->key.first, &sql);
    bool good = checksum_run(move->run->database, strbuf_str(&sql), values, count, sum);
    strbuf_release(&sql);
    return good;
}

static bool copy_range(Move *move, LedgerRow *next) {
    const Rebuild *rebuild = &move->step->rebuild;
    StrBuf sql = {0};
    uint32_t count;
    const Value *values = batch_key_bounds(&move->key, &count);
    Str columns = copied_of(move);
    strbuf_addf(&sql, "INSERT INTO %s (%s) SELECT %s FROM %s WHERE ",
                name_of(move, rebuild->shadow).data, columns.data, columns.data,
                name_of(move, move->step->table).data);
    dialect_batch_range(move->run->dialect, &rebuild->key, move->key.first, &sql);
    bool good = database_execute(move->run->database, strbuf_str(&sql), values, count);
    strbuf_release(&sql);
    Checksum from, to;
    if (!good || !sum_range(move, move->step->table, &from) ||
        !sum_range(move, rebuild->shadow, &to))
        return false;
    move->differs = !checksum_equal(&from, &to);
    next->rows += to.rows;
    next->checksum = checksum_text(&move->scratch, checksum_parse(next->checksum) + to.sum);
    next->position = batch_key_write(&move->scratch, &move->key);
    return !move->differs;
}

// ---- the end -------------------------------------------------------------------------------------

// Counters of AUTOINCREMENT must not go back, or ids of deleted rows would come again.
static bool keep_counter(Move *move, int64_t counter) {
    Value values[] = {value_integer(counter), value_text(move->step->table)};
    if (counter < 0) return true;
    return database_execute(move->run->database,
                            STR("UPDATE sqlite_sequence SET seq = max(seq, ?1) WHERE name = ?2"),
                            values, 2) &&
           (move->run->database->changed > 0 ||
            database_execute(move->run->database,
                             STR("INSERT INTO sqlite_sequence (seq, name) VALUES (?1, ?2)"), values,
                             2));
}

static bool read_counter(Move *move, int64_t *counter) {
    Value name = value_text(move->step->table);
    int64_t tables;
    *counter = -1;
    if (!database_integer(move->run->database,
                          STR("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'"),
                          NULL, 0, &tables))
        return false;
    return tables == 0 ||
           database_integer(
               move->run->database,
               STR("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?1), -1)"), &name,
               1, counter);
}

// What no note told of (a unique index of expressions, whose rows REPLACE deletes without a word) stops it here.
static bool has_all_rows(Move *move, bool *all) {
    Str sql = arena_format(&move->scratch, "SELECT (SELECT count(*) FROM %s) = (SELECT count(*) FROM %s)",
                           name_of(move, move->step->table).data, name_of(move, move->step->rebuild.shadow).data);
    int64_t same;
    bool good = database_integer(move->run->database, sql, NULL, 0, &same);
    *all = same != 0;
    return good;
}

// Names in views, triggers and foreign keys of other tables go on meaning the table of this name: the legacy way of
// renaming leaves them alone.
static bool swap_tables(Move *move) {
    Str table = name_of(move, move->step->table),
        shadow = name_of(move, move->step->rebuild.shadow);
    int64_t counter;
    bool all;
    if (!has_all_rows(move, &all)) return false;
    move->differs = !all;
    if (move->differs || !read_counter(move, &counter) || !rebuild_notes_end(move->run->database) ||
        !execute(move, STR("PRAGMA legacy_alter_table = ON")) ||
        !execute(move, arena_format(&move->scratch, "DROP TABLE %s", table.data)) ||
        !execute(move, arena_format(&move->scratch, "ALTER TABLE %s RENAME TO %s", shadow.data,
                                    table.data)) ||
        !keep_counter(move, counter))
        return false;
    for (uint32_t i = 0; i < move->step->rebuild.after.count; i++)
        if (!execute(move, move->step->rebuild.after.items[i])) return false;
    return true;
}

// ---- transactions --------------------------------------------------------------------------------

static bool move_rows(Move *move, LedgerRow *next) {
    const Rebuild *rebuild = &move->step->rebuild;
    Batch batch = {.key = rebuild->key};
    if (move->row.state == STEP_NEW) {
        next->state = STEP_RUNNING;
        return execute(move, rebuild->create) && rebuild_notes_begin(move->run->database, move->step);
    }
    if (!copy_noted(move) || !batch_key_find_end(&move->key, move->run, &batch, move->step->table,
                                                 move->pace.size, &move->scratch, &move->over))
        return false;
    if (!move->over) return copy_range(move, next);
    next->state = STEP_DONE;
    next->position = STR("");
    return swap_tables(move);
}

static bool run_once(Move *move) {
    Database *database = move->run->database;
    move->over = false;
    if (!database_begin(database)) return false;
    pace_begin(&move->pace);
    if (!ledger_get(database, &move->scratch, move->step->id, &move->row)) return false;
    batch_key_read(&move->key, &move->scratch, move->row.position);
    LedgerRow next = move->row;
    if (next.state == STEP_DONE) move->over = true;
    if (!move->over && !move_rows(move, &next)) return false;
    if (!ledger_put(database, move->step->id, &next) || !database_commit(database)) return false;
    pace_end(&move->pace, next.rows - move->row.rows);
    int64_t total = move->step->estimate.rows;
    migration_report(move->run, move->step->table.data, (uint64_t)next.rows,
                     total > 0 ? (uint64_t)total : 0);
    return true;
}

static bool explain(Move *move) {
    if (!move->differs) return step_fail(move->run, move->step);
    diagnostic_add(move->run->diagnostics, DIAGNOSTIC_E668, SPAN_NONE,
                   "rows of '%.*s' would not arrive unchanged in its new definition",
                   STR_ARG(move->step->table));
    diagnostic_note(move->run->diagnostics,
                    "the new definition has types or collations that change values");
    diagnostic_help(move->run->diagnostics, "`weft data rollback` takes back what is done");
    return false;
}

bool step_rebuild(MigrationRun *run, const Step *step, bool *stopped) {
    Move move = {.run = run, .step = step};
    unsigned attempts = 0;
    bool good = true;
    pace_start(&move.pace, run->offline);
    batch_key_start(&move.key, &run->arena, step->rebuild.key.count);
    while (good && !move.over) {
        *stopped = migration_shall_stop(run);
        if (*stopped) break;
        arena_release(&move.scratch);
        if (run_once(&move)) {
            attempts = 0;
            continue;
        }
        database_rollback(run->database);
        move.over = false;
        pace_back_off(&move.pace);
        good = (!move.differs && migration_may_retry(run, &attempts)) || explain(&move);
    }
    arena_release(&move.scratch);
    return good;
}

bool rebuild_abandon(MigrationRun *run, const Step *step) {
    Move move = {.run = run, .step = step};
    bool good = rebuild_notes_end(run->database) &&
                execute(&move, arena_format(&move.scratch, "DROP TABLE IF EXISTS %s",
                                            name_of(&move, step->rebuild.shadow).data));
    arena_release(&move.scratch);
    return good;
}
