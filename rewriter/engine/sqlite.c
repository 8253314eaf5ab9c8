// SQLite. In: a file that exists. Out: one connection that sees foreign keys off, as the library's default is, and
// knows weft_hash and weft_checksum (sqlite_hash.c), and weft_values (sqlite_values.c).
#include "engine/sqlite.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/bug.h"

static sqlite3 *connection_of(const Database *database) { return database->connection; }

DatabaseFault sqlite_fault(int code) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return DATABASE_BUSY;
    case SQLITE_FULL: return DATABASE_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return DATABASE_CORRUPT;
    case SQLITE_CONSTRAINT:
        return code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
                       code == SQLITE_CONSTRAINT_ROWID
                   ? DATABASE_DUPLICATE
                   : DATABASE_REFUSED;
    default: return DATABASE_REFUSED;
    }
}

static bool fail(Database *database) {
    sqlite3 *connection = connection_of(database);
    int code = sqlite3_extended_errcode(connection);
    return driver_fail(database, sqlite_fault(code), sqlite3_errmsg(connection));
}

// ---- opening -------------------------------------------------------------------------------------

// A log that belongs to no database means that its file was replaced or lost, and a database whose log is
// missing reads as an older one: neither can be told from good data, but for a log that is longer than nothing
// beside a file of no bytes.
static bool look_at_file(Database *database) {
    struct stat status;
    Arena arena = {0};
    Str log = arena_format(&arena, "%.*s-wal", STR_ARG(database->name));
    bool has_log = stat(log.data, &status) == 0 && status.st_size > 0;
    arena_release(&arena);
    if (stat(database->name.data, &status) != 0)
        return driver_fail(database, DATABASE_REFUSED,
                           has_log ? "only its write-ahead log (-wal) is there, not the file itself"
                                   : strerror(errno));
    if (!S_ISREG(status.st_mode))
        return driver_fail(database, DATABASE_REFUSED, "it is no regular file");
    if (status.st_size == 0) return driver_fail(database, DATABASE_REFUSED, "the file is empty");
    return true;
}

static const bool ATTACHES_NOTHING = false;

// What statements may name beside the database itself: nothing. A plan for data has its statements with it, and may be
// somebody else's; ATTACH and VACUUM INTO make and change any file, and so does a folder for temporary ones.
static int authorize(void *context, int action, const char *first, const char *second, const char *base,
                     const char *inner) {
    const bool *attaches = context;
    (void)second, (void)base, (void)inner;
    if (action == SQLITE_ATTACH) return *attaches ? SQLITE_OK : SQLITE_DENY;
    bool places = action == SQLITE_PRAGMA && first != NULL &&
                  (sqlite3_stricmp(first, "temp_store_directory") == 0 || sqlite3_stricmp(first, "data_store_directory") == 0);
    return places ? SQLITE_DENY : SQLITE_OK;
}

bool sqlite_attach(Database *database, Str path, Str name) {
    Arena scratch = {0};
    bool attaches = true;
    Value file = value_text(path);
    sqlite3_set_authorizer(connection_of(database), authorize, &attaches);
    bool good = database_execute(database, arena_format(&scratch, "ATTACH ?1 AS %.*s", STR_ARG(name)), &file, 1);
    sqlite3_set_authorizer(connection_of(database), authorize, (void *)&ATTACHES_NOTHING);
    arena_release(&scratch);
    return good;
}

static bool connect_file(Database *database) {
    sqlite3 *connection;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(database->name.data, &connection, flags, NULL);
    database->connection = connection;
    if (connection == NULL) memory_gone(0);
    if (code != SQLITE_OK) return fail(database);
    // A schema that somebody else wrote runs no function of ours, and reads no other file.
    sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_set_authorizer(connection, authorize, (void *)&ATTACHES_NOTHING);
    sqlite_hash_register(connection);
    sqlite_values_register(connection);
    // Opening reads nothing yet; the statement does, and says when the file is no database. A bot that starts, stops
    // or folds its log in holds the whole file for a moment, so already this one waits.
    sqlite3_busy_timeout(connection, (int)database->lock_milliseconds);
    return driver_sqlite.run(database, STR("SELECT count(*) FROM sqlite_master"), NULL, 0, NULL,
                             NULL);
}

static void close_file(Database *database) {
    sqlite3_close_v2(connection_of(database));
    database->connection = NULL;
}

static bool open_file(Database *database) {
    if (!look_at_file(database)) return false;
    database->version = str_from(sqlite3_libversion());
    if (connect_file(database)) return true;
    close_file(database);
    return false;
}

// ---- statements ----------------------------------------------------------------------------------

static void bind(sqlite3_stmt *statement, int place, const Value *value) {
    int code = SQLITE_OK;
    switch (value->kind) {
    case VALUE_NULL: code = sqlite3_bind_null(statement, place); break;
    case VALUE_INTEGER: code = sqlite3_bind_int64(statement, place, value->integer); break;
    case VALUE_REAL: code = sqlite3_bind_double(statement, place, value->real); break;
    case VALUE_TEXT:
        code = sqlite3_bind_text64(statement, place, value->text.data ? value->text.data : "",
                                   value->text.length, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case VALUE_BLOB:
        code = sqlite3_bind_blob64(statement, place, value->text.data ? value->text.data : "",
                                   value->text.length, SQLITE_STATIC);
        break;
    }
    BUG_UNLESS(code == SQLITE_OK);
}

static Value column_of(sqlite3_stmt *statement, int column) {
    Value value = value_null();
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return value_integer(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
        value.kind = VALUE_REAL;
        value.real = sqlite3_column_double(statement, column);
        return value;
    case SQLITE_TEXT: value.kind = VALUE_TEXT; break;
    case SQLITE_BLOB: value.kind = VALUE_BLOB; break;
    default: return value;
    }
    value.text.data = sqlite3_column_blob(statement, column);
    value.text.length = (size_t)sqlite3_column_bytes(statement, column);
    return value;
}

static int step_rows(sqlite3_stmt *statement, DatabaseRow *row, void *context) {
    int columns = sqlite3_column_count(statement), code;
    Value *values = memory_alloc_zeroed((size_t)columns + 1, sizeof *values);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int i = 0; row != NULL && i < columns; i++) values[i] = column_of(statement, i);
        if (row != NULL && !row(context, values, (uint32_t)columns)) break;
    }
    free(values);
    return code;
}

// One statement after the other; values belong to the first.
static bool run_statements(Database *database, Str sql, const Value *values, uint32_t count,
                           DatabaseRow *row, void *context) {
    sqlite3 *connection = connection_of(database);
    const char *at = sql.data, *end = sql.data + sql.length;
    database->changed = 0;
    while (at < end) {
        sqlite3_stmt *statement;
        if (sqlite3_prepare_v2(connection, at, (int)(end - at), &statement, &at) != SQLITE_OK)
            return fail(database);
        if (statement == NULL) continue; // a comment, or spaces
        for (uint32_t i = 0; i < count; i++) bind(statement, (int)i + 1, &values[i]);
        sqlite3_int64 before = sqlite3_total_changes64(connection);
        int code = step_rows(statement, row, context);
        bool good = (code == SQLITE_DONE || code == SQLITE_ROW) || fail(database);
        database->changed += sqlite3_total_changes64(connection) - before;
        sqlite3_finalize(statement);
        if (!good) return false;
    }
    return true;
}

static bool set_timeout(Database *database, uint32_t milliseconds) {
    return sqlite3_busy_timeout(connection_of(database), (int)milliseconds) == SQLITE_OK ||
           fail(database);
}

const Driver driver_sqlite = {
    .begin = "BEGIN IMMEDIATE",
    .open = open_file,
    .close = close_file,
    .run = run_statements,
    .set_lock_timeout = set_timeout,
};
