// The ledger inside the database. In: what a step did. Out: one row of it, in the caller's transaction.
#include "migrate/ledger.h"

static const char *const STATES[] = {"new", "run", "done"};

static void add_places(const Database *database, StrBuf *sql, const char *format, unsigned count) {
    const Dialect *dialect = dialect_of(database->engine);
    for (unsigned number = 0; *format != '\0'; format++) {
        if (*format != '?')
            strbuf_add_char(sql, *format);
        else if (number < count)
            dialect_parameter(dialect, ++number, sql);
    }
}

// SQL with '?' where values stand.
static bool execute(Database *database, const char *sql, const Value *values, uint32_t count) {
    StrBuf text = {0};
    add_places(database, &text, sql, count);
    bool good = database_execute(database, strbuf_str(&text), values, count);
    strbuf_release(&text);
    return good;
}

bool ledger_exists(Database *database, bool *exists) {
    static const char *const QUESTIONS[] = {
        [ENGINE_SQLITE] =
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '" LEDGER_TABLE "'",
        [ENGINE_POSTGRESQL] =
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND "
            "tablename = '" LEDGER_TABLE "'",
        [ENGINE_MARIADB] =
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND "
            "table_name = '" LEDGER_TABLE "'",
    };
    int64_t count;
    bool good = database_integer(database, str_from(QUESTIONS[database->engine]), NULL, 0, &count);
    *exists = count > 0;
    return good;
}

bool ledger_create(Database *database) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "CREATE TABLE IF NOT EXISTS " LEDGER_TABLE
                          " (step VARCHAR(200) NOT NULL PRIMARY KEY, state VARCHAR(8) NOT NULL, position TEXT NOT "
                          "NULL, done_rows BIGINT NOT NULL, checksum VARCHAR(24) NOT NULL)");
    strbuf_add(&sql, dialect_of(database->engine)->table_options);
    bool good = database_execute(database, strbuf_str(&sql), NULL, 0);
    strbuf_release(&sql);
    return good;
}

bool ledger_drop(Database *database) {
    return execute(database, "DROP TABLE IF EXISTS " LEDGER_TABLE, NULL, 0);
}

static StepState state_of(const Value *value) {
    if (value->kind != VALUE_TEXT) return STEP_NEW;
    if (str_is(value->text, STATES[STEP_DONE])) return STEP_DONE;
    return STEP_RUNNING;
}

static Str text_of(const Value *value) { return value->kind == VALUE_TEXT ? value->text : STR(""); }

bool ledger_get(Database *database, Arena *arena, Str step, LedgerRow *row) {
    Value values[4], name = value_text(step);
    StrBuf sql = {0};
    bool found;
    add_places(database, &sql,
               "SELECT state, position, done_rows, checksum FROM " LEDGER_TABLE " WHERE step = ?",
               1);
    bool good = database_first(database, arena, strbuf_str(&sql), &name, 1, values, 4, &found);
    *row = (LedgerRow){STEP_NEW, STR(""), 0, STR("0")};
    if (good && found) {
        *row = (LedgerRow){state_of(&values[0]), text_of(&values[1]), 0, text_of(&values[3])};
        (void)value_as_integer(&values[2], &row->rows);
    }
    strbuf_release(&sql);
    return good;
}

bool ledger_put(Database *database, Str step, const LedgerRow *row) {
    Value values[] = {value_text(str_from(STATES[row->state])), value_text(row->position),
                      value_integer(row->rows), value_text(row->checksum), value_text(step)};
    if (!execute(database,
                 "UPDATE " LEDGER_TABLE
                 " SET state = ?, position = ?, done_rows = ?, checksum = ? WHERE step = ?",
                 values, 5))
        return false;
    return database->changed > 0 ||
           execute(database,
                   "INSERT INTO " LEDGER_TABLE
                   " (state, position, done_rows, checksum, step) VALUES (?, ?, ?, ?, ?)",
                   values, 5);
}

bool ledger_remove(Database *database, Str step) {
    Value name = value_text(step);
    return execute(database, "DELETE FROM " LEDGER_TABLE " WHERE step = ?", &name, 1);
}
