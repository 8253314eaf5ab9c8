// SQLite's backup: its pages, copied while one reading transaction holds the moment that the copy is compared with.
#include "engine/sqlite.h"
#include "migrate/backup_engine.h"

static bool explain(Database *database, const char *what, Diagnostics *diagnostics) {
    database_explain(database, what, diagnostics);
    return false;
}

// From the first query on, this transaction sees one moment of the database.
static bool begin_reading(Database *database) {
    int64_t tables;
    if (!database_execute(database, STR("BEGIN"), NULL, 0)) return false;
    database->in_transaction = true;
    return database_integer(database, STR("SELECT count(*) FROM sqlite_master"), NULL, 0, &tables);
}

static bool check_pages(Database *copy, Diagnostics *diagnostics) {
    Arena scratch = {0};
    Value answer = value_null();
    bool found, good = database_first(copy, &scratch, STR("PRAGMA integrity_check(1)"), NULL, 0,
                                      &answer, 1, &found);
    if (!good) explain(copy, "check the backup", diagnostics);
    if (good && !(answer.kind == VALUE_TEXT && str_is(answer.text, "ok"))) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E665, SPAN_NONE, "the database is damaged: %.*s",
                       STR_ARG(answer.kind == VALUE_TEXT ? answer.text : STR("no answer")));
        diagnostic_help(diagnostics,
                        "restore it from a copy first; weft has changed nothing in it");
        good = false;
    }
    arena_release(&scratch);
    return good;
}

static bool compare(Database *database, const Schema *schema, Str path, Diagnostics *diagnostics) {
    Arena arena = {0};
    Database copy;
    BackupSums live, copied;
    if (!database_open(&copy, ENGINE_SQLITE, path, diagnostics)) return false;
    bool good = check_pages(&copy, diagnostics);
    if (good && !backup_sum(&copy, schema, &arena, &copied))
        good = explain(&copy, "read the backup", diagnostics);
    if (good && !backup_sum(database, schema, &arena, &live))
        good = explain(database, "read the database", diagnostics);
    good = good && backup_compare(schema, &live, &copied, diagnostics);
    database_close(&copy);
    arena_release(&arena);
    return good;
}

bool backup_make_sqlite(Database *database, const Schema *schema, Str path,
                        Diagnostics *diagnostics) {
    bool good = begin_reading(database) && sqlite_copy(database, path);
    if (!good) explain(database, "make a backup", diagnostics);
    good = good && compare(database, schema, path, diagnostics);
    database_rollback(database);
    return good;
}

bool backup_restore_sqlite(Database *database, Str path, Diagnostics *diagnostics) {
    return sqlite_put_back(database, path) || explain(database, "restore the backup", diagnostics);
}
