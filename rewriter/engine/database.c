// The part that all engines share. In: calls by the rest of weft. Out: calls of one driver. Must never show a
// password: what is shown is the name that was asked for, and messages of the engine.
#include "engine/driver.h"

#include <string.h>

#include "base/bug.h"

enum { LOCK_MILLISECONDS = 2000 };

static const Driver *driver_of(DataEngine engine) {
    switch (engine) {
    case ENGINE_SQLITE: return &driver_sqlite;
    case ENGINE_POSTGRESQL: return &driver_postgresql;
    case ENGINE_MARIADB: return &driver_mariadb;
    case ENGINE_COUNT: break;
    }
    BUG("engine %d", (int)engine);
}

bool driver_fail(Database *database, DatabaseFault fault, const char *message) {
    database->fault = fault;
    strbuf_clear(&database->said);
    for (const char *at = message; *at != '\0'; at++) {
        bool is_end = *at == '\n' && at[1] == '\0';
        if (!is_end) strbuf_add_char(&database->said, *at == '\n' || *at == '\r' ? ' ' : *at);
    }
    database->message = strbuf_str(&database->said);
    return false;
}

// ---- places --------------------------------------------------------------------------------------

bool driver_place_parse(Str uri, DriverPlace *place, const char **why) {
    *place = (DriverPlace){0};
    *why = "it is no ENGINE://USER@HOST:PORT/NAME";
    ptrdiff_t scheme = str_find_str(uri, STR("://"));
    if (scheme < 0) return false;
    Str rest = str_slice(uri, (size_t)scheme + 3, uri.length);
    ptrdiff_t slash = str_find(rest, '/');
    if (slash < 0) return false;
    Str address = str_slice(rest, 0, (size_t)slash);
    place->name = str_slice(rest, (size_t)slash + 1, rest.length);
    ptrdiff_t at = str_find_last(address, '@');
    if (at >= 0) {
        place->user = str_slice(address, 0, (size_t)at);
        address = str_slice(address, (size_t)at + 1, address.length);
    }
    if (str_find(place->user, ':') >= 0 || str_find_str(place->name, STR("password")) >= 0) {
        *why = "it has a password, which others can see there";
        return false;
    }
    ptrdiff_t colon = str_find_last(address, ':');
    place->host = colon < 0 ? address : str_slice(address, 0, (size_t)colon);
    place->port = colon < 0 ? STR_NONE : str_slice(address, (size_t)colon + 1, address.length);
    return place->name.length > 0;
}

// ---- connections ---------------------------------------------------------------------------------

// What is shown of a name: what follows the '@' of a URI, so that a password that does not belong there does not
// get into a log.
static Str shown_name(Str name) {
    ptrdiff_t at = str_find_last(name, '@');
    bool is_uri = str_find_str(name, STR("://")) >= 0;
    return is_uri && at >= 0 ? str_slice(name, (size_t)at + 1, name.length) : name;
}

bool database_open(Database *database, DataEngine engine, Str name, Diagnostics *diagnostics) {
    *database = (Database){.engine = engine, .driver = driver_of(engine)};
    database->lock_milliseconds = LOCK_MILLISECONDS;
    database->name = arena_copy(&database->arena, name);
    if (database_reconnect(database)) return true;
    Str shown = shown_name(name);
    bool is_busy = database->fault == DATABASE_BUSY;
    diagnostic_add(diagnostics, is_busy ? DIAGNOSTIC_E662 : DIAGNOSTIC_E660, SPAN_NONE,
                   "cannot open the database '%.*s': %.*s", STR_ARG(shown),
                   STR_ARG(database->message));
    diagnostic_help(diagnostics, is_busy ? "end what holds it, and run the command again"
                                 : engine == ENGINE_SQLITE
                                     ? "name the file with --database"
                                     : "passwords come from the environment or the engine's own "
                                       "file: PGPASSFILE or ~/.pgpass, ~/.my.cnf");
    database_close(database);
    return false;
}

bool database_reconnect(Database *database) {
    if (database->connection != NULL) database->driver->close(database);
    database->connection = NULL;
    database->in_transaction = false;
    return database->driver->open(database) &&
           database_set_lock_timeout(database, database->lock_milliseconds);
}

void database_close(Database *database) {
    if (database->connection != NULL) database->driver->close(database);
    strbuf_release(&database->said);
    arena_release(&database->arena);
    *database = (Database){0};
}

bool database_set_lock_timeout(Database *database, uint32_t milliseconds) {
    database->lock_milliseconds = milliseconds;
    return database->driver->set_lock_timeout(database, milliseconds);
}

// ---- statements ----------------------------------------------------------------------------------

bool database_query(Database *database, Str sql, const Value *values, uint32_t count,
                    DatabaseRow *row, void *context) {
    if (database->connection == NULL)
        return driver_fail(database, DATABASE_LOST, "there is no connection");
    return database->driver->run(database, sql, values, count, row, context);
}

bool database_execute(Database *database, Str sql, const Value *values, uint32_t count) {
    return database_query(database, sql, values, count, NULL, NULL);
}

bool database_begin(Database *database) {
    if (!database_execute(database, str_from(database->driver->begin), NULL, 0)) return false;
    database->in_transaction = true;
    return true;
}

bool database_commit(Database *database) {
    if (!database_execute(database, STR("COMMIT"), NULL, 0)) return false;
    database->in_transaction = false;
    return true;
}

// The fault that led here is what the caller explains; that of a ROLLBACK (there is none to take back, or the
// connection is gone, which takes it back as well) says nothing more.
void database_rollback(Database *database) {
    if (!database->in_transaction) return;
    database->in_transaction = false;
    DatabaseFault fault = database->fault;
    StrBuf said = {0};
    strbuf_add(&said, database->message);
    database_execute(database, STR("ROLLBACK"), NULL, 0);
    driver_fail(database, fault, said.data ? said.data : "");
    strbuf_release(&said);
}

typedef struct First {
    Arena *arena;
    Value *row;
    uint32_t columns;
    bool found;
} First;

static bool take_first(void *context, const Value *values, uint32_t count) {
    First *first = context;
    for (uint32_t i = 0; i < first->columns; i++)
        first->row[i] = i < count ? value_copy(first->arena, &values[i]) : value_null();
    first->found = true;
    return false;
}

bool database_first(Database *database, Arena *arena, Str sql, const Value *values, uint32_t count,
                    Value *row, uint32_t columns, bool *found) {
    First first = {arena, row, columns, false};
    bool good = database_query(database, sql, values, count, take_first, &first);
    *found = first.found;
    return good;
}

static bool take_integer(void *context, const Value *values, uint32_t count) {
    int64_t *integer = context;
    if (count == 0 || !value_as_integer(&values[0], integer)) *integer = 0;
    return false;
}

bool database_integer(Database *database, Str sql, const Value *values, uint32_t count,
                      int64_t *integer) {
    *integer = 0;
    return database_query(database, sql, values, count, take_integer, integer);
}

// ---- faults --------------------------------------------------------------------------------------

static const struct {
    DiagnosticCode code;
    const char *help;
} EXPLANATIONS[] = {
    [DATABASE_GOOD] = {DIAGNOSTIC_E661, NULL},
    [DATABASE_BUSY] = {DIAGNOSTIC_E662, "end what holds it, and run `weft data resume`"},
    [DATABASE_LOST] = {DIAGNOSTIC_E663, "once the server is back, `weft data resume` goes on"},
    [DATABASE_DUPLICATE] = {DIAGNOSTIC_E661, NULL},
    [DATABASE_FULL] = {DIAGNOSTIC_E664, "make room, and run `weft data resume`"},
    [DATABASE_CORRUPT] = {DIAGNOSTIC_E665,
                          "restore it from a copy first; weft changes nothing in it"},
    [DATABASE_REFUSED] = {DIAGNOSTIC_E661, NULL},
};

void database_explain(const Database *database, const char *what, Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, EXPLANATIONS[database->fault].code, SPAN_NONE, "cannot %s: %.*s",
                   what, STR_ARG(database->message));
    const char *help = EXPLANATIONS[database->fault].help;
    if (help != NULL) diagnostic_help(diagnostics, "%s", help);
}
