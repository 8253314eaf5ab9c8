// Checksums by the engine. In: columns. Out: an expression of the engine's own. Must not depend on settings of a
// session or on the order of rows, and must not overflow: 2,000,000 hashes of 64 bits have no room in 64.
#include "migrate/checksum.h"

#include <inttypes.h>
#include <stdlib.h>

enum { HASH_ARGUMENTS = 60, NUMBER_BYTES = 48 }; // SQLite lets a function have 100

static void add_slice(const Dialect *dialect, const StrItems *columns, uint32_t from, uint32_t to,
                      StrBuf *sql) {
    StrItems slice = {columns->items + from, to - from, to - from};
    dialect_names(dialect, &slice, sql);
}

// weft's own function; a table with more columns than it takes is hashed by groups of them.
static void add_sqlite(const Dialect *dialect, const StrItems *columns, StrBuf *sql) {
    strbuf_add_text(sql, "weft_checksum(");
    for (uint32_t from = 0; columns->count > HASH_ARGUMENTS && from < columns->count;
         from += HASH_ARGUMENTS) {
        uint32_t to = from + HASH_ARGUMENTS;
        strbuf_add_text(sql, from > 0 ? ",weft_hash(" : "weft_hash(");
        add_slice(dialect, columns, from, to < columns->count ? to : columns->count, sql);
        strbuf_add_char(sql, ')');
    }
    if (columns->count <= HASH_ARGUMENTS) add_slice(dialect, columns, 0, columns->count, sql);
    strbuf_add_char(sql, ')');
}

// A row as text is unambiguous: NULL is nothing, '' is "", and what needs quotes has them.
static void add_postgresql(const Dialect *dialect, const StrItems *columns, StrBuf *sql) {
    strbuf_add_text(sql, "coalesce(mod(sum(hashtextextended(ROW(");
    add_slice(dialect, columns, 0, columns->count, sql);
    strbuf_add_text(sql, ")::text, 0)::numeric), 18446744073709551616), 0)::text");
}

// md5(concat_ws(',', coalesce(FUNCTION(column), 'n'), ..)): NULL is no digest and no digits.
static void add_row_digest(const Dialect *dialect, const StrItems *columns, const char *function, const char *end,
                           StrBuf *sql) {
    strbuf_add_text(sql, "md5(concat_ws(','");
    for (uint32_t i = 0; i < columns->count; i++) {
        strbuf_addf(sql, ", coalesce(%s(", function);
        dialect_name(dialect, columns->items[i], sql);
        strbuf_addf(sql, ")%s, 'n')", end);
    }
    strbuf_add_text(sql, "))");
}

// Of the bytes of texts: hex() of a number would be the digits of a whole one, so each is made a text first. A row that
// is longer than the server lets a value be (max_allowed_packet) is NULL that way; then digests stand for its columns.
static void add_mariadb(const Dialect *dialect, const StrItems *columns, StrBuf *sql) {
    strbuf_add_text(sql, "cast(coalesce(sum(cast(conv(left(coalesce(");
    add_row_digest(dialect, columns, "hex(concat", ")", sql);
    strbuf_add_text(sql, ", ");
    add_row_digest(dialect, columns, "md5", "", sql);
    strbuf_add_text(sql, "), 16), 16, 10) AS UNSIGNED)), 0) % 18446744073709551616 AS CHAR)");
}

void checksum_add_query_of(const Dialect *dialect, const StrItems *columns, Str source,
                           StrBuf *sql) {
    strbuf_add_text(sql, "SELECT count(*), ");
    switch (columns->count == 0 ? ENGINE_COUNT : dialect->engine) {
    case ENGINE_SQLITE: add_sqlite(dialect, columns, sql); break;
    case ENGINE_POSTGRESQL: add_postgresql(dialect, columns, sql); break;
    case ENGINE_MARIADB: add_mariadb(dialect, columns, sql); break;
    case ENGINE_COUNT: strbuf_add_char(sql, '0'); break;
    }
    strbuf_addf(sql, " FROM %.*s", STR_ARG(source));
}

void checksum_add_query(const Dialect *dialect, const StrItems *columns, Str table, StrBuf *sql) {
    StrBuf name = {0};
    dialect_name(dialect, table, &name);
    checksum_add_query_of(dialect, columns, strbuf_str(&name), sql);
    strbuf_release(&name);
}

// Sums of hashes with a sign are negative at times; both signs mean the same modulo 2^64.
uint64_t checksum_parse(Str text) {
    char digits[NUMBER_BYTES];
    size_t length = text.length < sizeof digits - 1 ? text.length : sizeof digits - 1;
    for (size_t i = 0; i < length; i++) digits[i] = text.data[i];
    digits[length] = '\0';
    return strtoull(digits, NULL, 10); // a '-' negates modulo 2^64
}

Str checksum_text(Arena *arena, uint64_t sum) { return arena_format(arena, "%" PRIu64, sum); }

bool checksum_equal(const Checksum *a, const Checksum *b) {
    return a->rows == b->rows && a->sum == b->sum;
}

bool checksum_run(Database *database, Str sql, const Value *values, uint32_t count, Checksum *sum) {
    Arena scratch = {0};
    Value row[2] = {value_null(), value_null()};
    bool found, good = database_first(database, &scratch, sql, values, count, row, 2, &found);
    *sum = (Checksum){0};
    (void)value_as_integer(&row[0], &sum->rows);
    if (row[1].kind == VALUE_INTEGER) sum->sum = (uint64_t)row[1].integer;
    if (row[1].kind == VALUE_TEXT) sum->sum = checksum_parse(row[1].text);
    arena_release(&scratch);
    return good;
}

bool checksum_of_table(Database *database, const StrItems *columns, Str table, Checksum *sum) {
    StrBuf sql = {0};
    checksum_add_query(dialect_of(database->engine), columns, table, &sql);
    bool good = checksum_run(database, strbuf_str(&sql), NULL, 0, sum);
    strbuf_release(&sql);
    return good;
}
