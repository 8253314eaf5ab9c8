// PostgreSQL, by libpq. In: "postgresql://USER@HOST:PORT/NAME", completed by what libpq itself reads: PGHOST and its
// like, PGPASSFILE, PGSERVICE. Out: a connection whose texts of values do not depend on the settings of a server.
// Rows arrive one at a time, so that an answer of any size needs no memory.
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "engine/library.h"

// The functions of libpq that are called, without their "PQ".
#define PQ_FUNCTIONS(X)                                                                            \
    X(connectdbParams)                                                                             \
    X(status) X(errorMessage) X(finish) X(parameterStatus) X(sendQueryParams) X(sendQuery)         \
        X(setSingleRowMode) X(getResult) X(resultStatus) X(resultErrorField) X(clear) X(nfields)   \
            X(ntuples) X(getvalue) X(getlength) X(getisnull) X(ftype) X(cmdTuples)                 \
                X(setNoticeProcessor)

typedef struct Connection {
    void *library;
    PGconn *link;
#define X(name) __typeof__(PQ##name) *name;
    PQ_FUNCTIONS(X)
#undef X
} Connection;

// Of pg_type, fixed for ever.
enum {
    TYPE_OF_BOOL = 16,
    TYPE_OF_BYTEA = 17,
    TYPE_OF_INT8 = 20,
    TYPE_OF_INT2 = 21,
    TYPE_OF_INT4 = 23
};
enum { TYPE_OF_FLOAT4 = 700, TYPE_OF_FLOAT8 = 701, MOST_VALUES = 64, NUMBER_BYTES = 40 };

#define SESSION                                                                                    \
    "-c datestyle=ISO -c intervalstyle=postgres -c timezone=UTC -c bytea_output=hex -c "           \
    "extra_float_digits=1"

static Connection *connection_of(const Database *database) { return database->connection; }

// ---- faults --------------------------------------------------------------------------------------

static bool is_any(const char *state, const char *const *states) {
    for (; *states != NULL; states++)
        if (strncmp(state, *states, strlen(*states)) == 0) return true;
    return false;
}

// By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html
static DatabaseFault fault_of(const char *state) {
    static const char *const busy[] = {"55P03", "40001", "40P01", NULL};
    static const char *const lost[] = {"57P01", "57P02", "57P03", "08", NULL};
    static const char *const corrupt[] = {"XX001", "XX002", NULL};
    if (is_any(state, busy)) return DATABASE_BUSY;
    if (is_any(state, lost)) return DATABASE_LOST;
    if (is_any(state, corrupt)) return DATABASE_CORRUPT;
    if (strcmp(state, "23505") == 0) return DATABASE_DUPLICATE;
    return strcmp(state, "53100") == 0 ? DATABASE_FULL : DATABASE_REFUSED;
}

static bool fail(Database *database, const PGresult *result) {
    Connection *pq = connection_of(database);
    const char *state = result != NULL ? pq->resultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *message =
        result != NULL ? pq->resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (message == NULL) message = pq->errorMessage(pq->link);
    DatabaseFault fault = state != NULL ? fault_of(state) : DATABASE_REFUSED;
    if (pq->status(pq->link) != CONNECTION_OK) fault = DATABASE_LOST;
    return driver_fail(database, fault, message);
}

// ---- connecting ----------------------------------------------------------------------------------

static void drop(void *context, const char *message) {
    (void)context;
    (void)message;
}

static bool find_functions(Database *database, Connection *pq) {
#define X(name)                                                                                    \
    if (!library_find(database, pq->library, "PQ" #name, &pq->name, sizeof pq->name)) return false;
    PQ_FUNCTIONS(X)
#undef X
    return true;
}

static const char *text_or_null(Arena *arena, Str text) {
    return text.length > 0 ? arena_copy(arena, text).data : NULL;
}

static bool connect_server(Database *database, Connection *pq) {
    Arena scratch = {0};
    DriverPlace place;
    const char *why;
    if (!driver_place_parse(database->name, &place, &why))
        return driver_fail(database, DATABASE_REFUSED, why);
    const char *keys[] = {"host",
                          "port",
                          "user",
                          "dbname",
                          "application_name",
                          "connect_timeout",
                          "client_encoding",
                          "options",
                          NULL};
    const char *values[] = {text_or_null(&scratch, place.host),
                            text_or_null(&scratch, place.port),
                            text_or_null(&scratch, place.user),
                            text_or_null(&scratch, place.name),
                            "weft",
                            "10",
                            "UTF8",
                            SESSION,
                            NULL};
    pq->link = pq->connectdbParams(keys, values, 0);
    arena_release(&scratch);
    if (pq->link == NULL) memory_gone(0);
    if (pq->status(pq->link) != CONNECTION_OK)
        return driver_fail(database, DATABASE_LOST, pq->errorMessage(pq->link));
    pq->setNoticeProcessor(pq->link, drop, NULL);
    const char *version = pq->parameterStatus(pq->link, "server_version");
    database->version = arena_copy(&database->arena, str_from(version));
    return true;
}

static void close_server(Database *database) {
    Connection *pq = connection_of(database);
    if (pq->link != NULL) pq->finish(pq->link);
    free(pq);
    database->connection = NULL;
}

static bool open_server(Database *database) {
    Connection *pq = memory_alloc_zeroed(1, sizeof *pq);
    database->connection = pq;
    pq->library = library_load(database, "libpq.so.5", "libpq5");
    if (pq->library != NULL && find_functions(database, pq) && connect_server(database, pq))
        return true;
    close_server(database);
    return false;
}

// ---- values --------------------------------------------------------------------------------------

static const char *write_parameter(Arena *arena, const Value *value) {
    switch (value->kind) {
    case VALUE_NULL: return NULL;
    case VALUE_INTEGER: return arena_format(arena, "%lld", (long long)value->integer).data;
    case VALUE_REAL: return arena_format(arena, "%.17g", value->real).data;
    case VALUE_TEXT: return arena_copy(arena, value->text).data;
    case VALUE_BLOB: break;
    }
    StrBuf hex = {0};
    strbuf_add_text(&hex, "\\x");
    for (size_t i = 0; i < value->text.length; i++)
        strbuf_addf(&hex, "%02x", (unsigned)(unsigned char)value->text.data[i]);
    const char *copy = arena_copy(arena, strbuf_str(&hex)).data;
    strbuf_release(&hex);
    return copy;
}

static int digit_of(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

// "\x00ff" in place: the bytes are half as long as their digits.
static Str read_hex(char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 2; i + 1 < length; i += 2)
        text[count++] = (char)(digit_of(text[i]) * 16 + digit_of(text[i + 1]));
    return (Str){text, count};
}

static Value read_value(const Connection *pq, const PGresult *result, int column) {
    Value value = value_null();
    if (pq->getisnull(result, 0, column)) return value;
    char *text = pq->getvalue(result, 0, column);
    size_t length = (size_t)pq->getlength(result, 0, column);
    switch (pq->ftype(result, column)) {
    case TYPE_OF_BOOL: return value_integer(text[0] == 't');
    case TYPE_OF_INT2:
    case TYPE_OF_INT4:
    case TYPE_OF_INT8: return value_integer(strtoll(text, NULL, 10));
    case TYPE_OF_FLOAT4:
    case TYPE_OF_FLOAT8:
        value.kind = VALUE_REAL;
        value.real = strtod(text, NULL);
        return value;
    case TYPE_OF_BYTEA:
        value.kind = VALUE_BLOB;
        value.text = read_hex(text, length);
        return value;
    default: return value_text((Str){text, length});
    }
}

// ---- statements ----------------------------------------------------------------------------------

static bool send_statement(Database *database, Str sql, const Value *values, uint32_t count) {
    Connection *pq = connection_of(database);
    Arena scratch = {0};
    const char *texts[MOST_VALUES];
    BUG_UNLESS(count <= MOST_VALUES);
    for (uint32_t i = 0; i < count; i++) texts[i] = write_parameter(&scratch, &values[i]);
    const char *text = arena_copy(&scratch, sql).data;
    // Several statements go without values only.
    int sent = count == 0
                   ? pq->sendQuery(pq->link, text)
                   : pq->sendQueryParams(pq->link, text, (int)count, NULL, texts, NULL, NULL, 0);
    arena_release(&scratch);
    if (sent) pq->setSingleRowMode(pq->link);
    return sent != 0 || fail(database, NULL);
}

static bool give_row(const Connection *pq, const PGresult *result, DatabaseRow *row,
                     void *context) {
    int columns = pq->nfields(result);
    Value *values = memory_alloc_zeroed((size_t)columns + 1, sizeof *values);
    for (int i = 0; i < columns; i++) values[i] = read_value(pq, result, i);
    bool more = row(context, values, (uint32_t)columns);
    free(values);
    return more;
}

// All results are read to the end, also those that nobody wants: a connection is only free then.
static bool read_results(Database *database, DatabaseRow *row, void *context) {
    Connection *pq = connection_of(database);
    bool good = true, wanted = row != NULL;
    database->changed = 0;
    for (PGresult *result; (result = pq->getResult(pq->link)) != NULL; pq->clear(result)) {
        ExecStatusType status = pq->resultStatus(result);
        if (status == PGRES_SINGLE_TUPLE) {
            wanted = wanted && give_row(pq, result, row, context);
        } else if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
            database->changed += atoll(pq->cmdTuples(result));
        } else if (good) {
            good = fail(database, result);
        }
    }
    if (good && pq->status(pq->link) != CONNECTION_OK) good = fail(database, NULL);
    return good;
}

static bool run_statements(Database *database, Str sql, const Value *values, uint32_t count,
                           DatabaseRow *row, void *context) {
    return send_statement(database, sql, values, count) && read_results(database, row, context);
}

static bool set_timeout(Database *database, uint32_t milliseconds) {
    char sql[NUMBER_BYTES];
    snprintf(sql, sizeof sql, "SET lock_timeout = %u", milliseconds);
    return run_statements(database, str_from(sql), NULL, 0, NULL, NULL);
}

const Driver driver_postgresql = {
    // What a batch reads before and after its update is one moment, whoever writes meanwhile.
    .begin = "BEGIN ISOLATION LEVEL REPEATABLE READ",
    .open = open_server,
    .close = close_server,
    .run = run_statements,
    .set_lock_timeout = set_timeout,
};
