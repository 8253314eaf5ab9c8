// MariaDB, by libmariadb. In: "mariadb://USER@HOST:PORT/NAME", completed by what the library itself reads: the section
// [client] of ~/.my.cnf, and MYSQL_PWD. Out: a connection in strict mode, with UTC and utf8mb4.
//
// Values are written into the text of a statement, as numbers and hexadecimal digits, which can mean nothing else
// whatever bytes they are. So a place may be "?2", and stand twice.
#include <mysql.h>
#undef list_push // a name that its ma_list.h takes
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "engine/library.h"

// The functions that are called, without their "mysql_".
#define MYSQL_FUNCTIONS(X)                                                                         \
    X(init)                                                                                        \
    X(optionsv) X(real_connect) X(close) X(error) X(errno) X(real_query) X(use_result)             \
        X(num_fields) X(fetch_fields) X(fetch_row) X(fetch_lengths) X(free_result)                 \
            X(affected_rows) X(next_result) X(get_server_info) X(set_local_infile_handler)

typedef struct Connection {
    void *library;
    MYSQL *link;
#define X(name) __typeof__(mysql_##name) *call_##name;
    MYSQL_FUNCTIONS(X)
#undef X
} Connection;

enum { NUMBER_BYTES = 64, BINARY_CHARSET = 63, LARGEST_PORT = 65535 };
// Of mysqld_error.h and errmsg.h, fixed for ever.
enum {
    LOCK_TIMEOUT = 1205,
    DEADLOCK = 1213,
    DUPLICATE = 1062,
    DISK_FULL = 1021,
    TABLE_FULL = 1114,
    CHANGED_SINCE = 1020
};
enum { CRASHED_TABLE = 1194, CRASHED_AND_REPAIR = 1195, NOT_KEY_FILE = 1034, SHUTDOWN = 1053 };
enum { CONNECTION_KILLED = 1927, KILLED = 1317, FIRST_OF_CLIENT = 2000, LAST_OF_CLIENT = 2999 };

#define SESSION                                                                                    \
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', "    \
    "group_concat_max_len = 1048576"

static Connection *connection_of(const Database *database) { return database->connection; }

static DatabaseFault fault_of(unsigned code) {
    switch (code) {
    case LOCK_TIMEOUT:
    case DEADLOCK:
    case CHANGED_SINCE: return DATABASE_BUSY; // a row that shall be locked is newer than the transaction
    case DUPLICATE: return DATABASE_DUPLICATE;
    case DISK_FULL:
    case TABLE_FULL: return DATABASE_FULL;
    case CRASHED_TABLE:
    case CRASHED_AND_REPAIR:
    case NOT_KEY_FILE: return DATABASE_CORRUPT;
    case SHUTDOWN:
    case CONNECTION_KILLED:
    case KILLED: return DATABASE_LOST;
    default:
        return code >= FIRST_OF_CLIENT && code <= LAST_OF_CLIENT ? DATABASE_LOST : DATABASE_REFUSED;
    }
}

static bool fail(Database *database) {
    Connection *my = connection_of(database);
    return driver_fail(database, fault_of(my->call_errno(my->link)), my->call_error(my->link));
}

// ---- connecting ----------------------------------------------------------------------------------

static bool find_functions(Database *database, Connection *my) {
#define X(name)                                                                                    \
    if (!library_find(database, my->library, "mysql_" #name, &my->call_##name,                     \
                      sizeof my->call_##name))                                                     \
        return false;
    MYSQL_FUNCTIONS(X)
#undef X
    return true;
}

static const char *text_or_null(Arena *arena, Str text) {
    return text.length > 0 ? arena_copy(arena, text).data : NULL;
}

// No file of this machine is sent, whatever the server or a statement asks for. The option alone does not do: the user's
// own settings, which the library reads later, may have another one for programs that shall.
static int refuse_file(void **file, const char *name, void *unused) {
    (void)name;
    (void)unused;
    *file = NULL;
    return 1;
}

static int read_nothing(void *file, char *bytes, unsigned size) {
    (void)file;
    (void)bytes;
    (void)size;
    return -1;
}

static void end_nothing(void *file) { (void)file; }

static int say_refused(void *file, char *text, unsigned size) {
    (void)file;
    snprintf(text, size, "no file of this machine is sent (LOAD DATA LOCAL)");
    return FIRST_OF_CLIENT;
}

static void send_no_file(Connection *my) {
    unsigned int none = 0;
    my->call_optionsv(my->link, MYSQL_OPT_LOCAL_INFILE, &none);
    my->call_set_local_infile_handler(my->link, refuse_file, read_nothing, end_nothing, say_refused, NULL);
}

static bool connect_place(Database *database, Connection *my, const DriverPlace *place) {
    Arena scratch = {0};
    const char *host = text_or_null(&scratch, place->host),
               *port = text_or_null(&scratch, place->port);
    bool is_socket = host != NULL && strncmp(host, "%2F", 3) == 0;
    unsigned long number = port != NULL ? strtoul(port, NULL, 10) : 0;
    if (number > LARGEST_PORT) number = 0;
    my->link = my->call_init(NULL);
    if (my->link == NULL) memory_gone(0);
    my->call_optionsv(my->link, MYSQL_READ_DEFAULT_GROUP, "client");
    my->call_optionsv(my->link, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    send_no_file(my);
    // Rows that an UPDATE found count, also those that had the value already.
    MYSQL *found = my->call_real_connect(my->link, is_socket ? NULL : host,
                                         text_or_null(&scratch, place->user), getenv("MYSQL_PWD"),
                                         text_or_null(&scratch, place->name), (unsigned)number,
                                         NULL, CLIENT_FOUND_ROWS | CLIENT_MULTI_STATEMENTS);
    arena_release(&scratch);
    return found != NULL || fail(database);
}

static bool run_statements(Database *database, Str sql, const Value *values, uint32_t count,
                           DatabaseRow *row, void *context);

static bool connect_server(Database *database, Connection *my) {
    DriverPlace place;
    const char *why;
    if (!driver_place_parse(database->name, &place, &why))
        return driver_fail(database, DATABASE_REFUSED, why);
    if (!connect_place(database, my, &place) ||
        !run_statements(database, STR(SESSION), NULL, 0, NULL, NULL))
        return false;
    database->version = arena_copy(&database->arena, str_from(my->call_get_server_info(my->link)));
    return true;
}

static void close_server(Database *database) {
    Connection *my = connection_of(database);
    if (my->link != NULL) my->call_close(my->link);
    free(my);
    database->connection = NULL;
}

static bool open_server(Database *database) {
    Connection *my = memory_alloc_zeroed(1, sizeof *my);
    database->connection = my;
    my->library = library_load(database, "libmariadb.so.3", "libmariadb3");
    if (my->library != NULL && find_functions(database, my) && connect_server(database, my))
        return true;
    close_server(database);
    return false;
}

// ---- values --------------------------------------------------------------------------------------

static void add_value(StrBuf *sql, const Value *value) {
    switch (value->kind) {
    case VALUE_NULL: strbuf_add_text(sql, "NULL"); return;
    case VALUE_INTEGER: strbuf_addf(sql, "%lld", (long long)value->integer); return;
    case VALUE_REAL: strbuf_addf(sql, "%.17e", value->real); return;
    case VALUE_TEXT: strbuf_add_text(sql, "_utf8mb4 x'"); break;
    case VALUE_BLOB: strbuf_add_text(sql, "x'"); break;
    }
    for (size_t i = 0; i < value->text.length; i++)
        strbuf_addf(sql, "%02x", (unsigned)(unsigned char)value->text.data[i]);
    strbuf_add_char(sql, '\'');
}

// The end of what is in quotes at AT; backslashes hide a quote, but for names.
static size_t skip_quoted(Str sql, size_t at) {
    char quote = sql.data[at++];
    while (at < sql.length && sql.data[at] != quote)
        at += sql.data[at] == '\\' && quote != '`' ? 2 : 1;
    return at < sql.length ? at + 1 : sql.length;
}

static uint32_t read_number(Str sql, size_t *at) {
    uint32_t number = 0;
    while (*at < sql.length && sql.data[*at] >= '0' && sql.data[*at] <= '9')
        number = number * 10 + (uint32_t)(sql.data[(*at)++] - '0');
    return number;
}

// SQL with the values in their places: "?" takes the next one, "?2" the second.
static void add_with_values(StrBuf *out, Str sql, const Value *values, uint32_t count) {
    uint32_t next = 0;
    for (size_t at = 0; at < sql.length;) {
        char c = sql.data[at];
        if (c == '\'' || c == '"' || c == '`') {
            size_t end = skip_quoted(sql, at);
            strbuf_add(out, str_slice(sql, at, end));
            at = end;
        } else if (c == '?') {
            at++;
            uint32_t number = read_number(sql, &at);
            next = number > 0 ? number : next + 1;
            BUG_UNLESS(next <= count);
            add_value(out, &values[next - 1]);
        } else {
            strbuf_add_char(out, c);
            at++;
        }
    }
}

static Value read_value(const MYSQL_FIELD *field, const char *text, unsigned long length) {
    Value value = value_null();
    if (text == NULL) return value;
    switch ((int)field->type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
        if (field->flags & UNSIGNED_FLAG && strtoull(text, NULL, 10) > INT64_MAX) break;
        return value_integer(strtoll(text, NULL, 10));
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
        value.kind = VALUE_REAL;
        value.real = strtod(text, NULL);
        return value;
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB:
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_BIT:
        value.kind = field->charsetnr == BINARY_CHARSET ? VALUE_BLOB : VALUE_TEXT;
        value.text = (Str){text, length};
        return value;
    default: break;
    }
    return value_text((Str){text, length});
}

// ---- statements ----------------------------------------------------------------------------------

static bool give_rows(Database *database, MYSQL_RES *result, DatabaseRow *row, void *context) {
    Connection *my = connection_of(database);
    unsigned columns = my->call_num_fields(result);
    const MYSQL_FIELD *fields = my->call_fetch_fields(result);
    Value *values = memory_alloc_zeroed((size_t)columns + 1, sizeof *values);
    bool wanted = row != NULL;
    // To the end, also when nobody wants them: the connection is only free then.
    for (MYSQL_ROW texts; (texts = my->call_fetch_row(result)) != NULL;) {
        const unsigned long *lengths = my->call_fetch_lengths(result);
        for (unsigned i = 0; wanted && i < columns; i++)
            values[i] = read_value(&fields[i], texts[i], lengths[i]);
        wanted = wanted && row(context, values, columns);
    }
    free(values);
    bool good = my->call_errno(my->link) == 0 || fail(database);
    my->call_free_result(result);
    return good;
}

static bool read_results(Database *database, DatabaseRow *row, void *context) {
    Connection *my = connection_of(database);
    int more;
    do {
        MYSQL_RES *result = my->call_use_result(my->link);
        if (result != NULL && !give_rows(database, result, row, context)) return false;
        if (result == NULL) {
            if (my->call_errno(my->link) != 0) return fail(database);
            database->changed += (int64_t)my->call_affected_rows(my->link);
        }
    } while ((more = my->call_next_result(my->link)) == 0);
    return more < 0 || fail(database);
}

static bool run_statements(Database *database, Str sql, const Value *values, uint32_t count,
                           DatabaseRow *row, void *context) {
    Connection *my = connection_of(database);
    StrBuf text = {0};
    add_with_values(&text, sql, values, count);
    database->changed = 0;
    bool good = my->call_real_query(my->link, text.data ? text.data : "", text.length) == 0 ||
                fail(database);
    strbuf_release(&text);
    return good && read_results(database, row, context);
}

// Both kinds of locks that a statement may wait for: of rows, and of the definition of a table.
static bool set_timeout(Database *database, uint32_t milliseconds) {
    char sql[NUMBER_BYTES * 2];
    unsigned seconds = milliseconds < 1000 ? 1 : milliseconds / 1000;
    snprintf(sql, sizeof sql, "SET SESSION innodb_lock_wait_timeout = %u, lock_wait_timeout = %u",
             seconds, seconds);
    return run_statements(database, str_from(sql), NULL, 0, NULL, NULL);
}

const Driver driver_mariadb = {
    .begin = "START TRANSACTION",
    .open = open_server,
    .close = close_server,
    .run = run_statements,
    .set_lock_timeout = set_timeout,
};
