// SQL by engine: names, literals, batches.
#include "data/dialect.h"

#define WORDS(literal)                                                                             \
    { "" literal, sizeof(literal) - 1 }

static const Dialect dialects[ENGINE_COUNT] = {
    [ENGINE_SQLITE] = {.engine = ENGINE_SQLITE,
                       .quote = '"',
                       .ddl_in_transaction = true,
                       .text_key_type = WORDS("TEXT")},
    [ENGINE_POSTGRESQL] = {.engine = ENGINE_POSTGRESQL,
                           .quote = '"',
                           .ddl_in_transaction = true,
                           .numbered = true,
                           .text_key_type = WORDS("TEXT")},
    // 191 characters of four bytes are what the oldest row formats take into a key; names that differ in case
    // or accents are different.
    [ENGINE_MARIADB] = {.engine = ENGINE_MARIADB,
                        .quote = '`',
                        .text_key_type =
                            WORDS("VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"),
                        // Whatever the server's defaults are: an engine without transactions keeps rows of a ledger
                        // whose batch was taken back.
                        .table_options = WORDS(" ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"),
                        .lock_rows = WORDS(" FOR UPDATE")},
};

const Dialect *dialect_of(DataEngine engine) { return &dialects[engine]; }

static void add_quoted(StrBuf *sql, Str text, char quote, bool backslash) {
    strbuf_add_char(sql, quote);
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == quote || (backslash && text.data[i] == '\\'))
            strbuf_add_char(sql, text.data[i]);
        strbuf_add_char(sql, text.data[i]);
    }
    strbuf_add_char(sql, quote);
}

void dialect_name(const Dialect *dialect, Str name, StrBuf *sql) {
    add_quoted(sql, name, dialect->quote, false);
}

void dialect_names(const Dialect *dialect, const StrItems *names, StrBuf *sql) {
    for (uint32_t i = 0; i < names->count; i++) {
        if (i > 0) strbuf_add_text(sql, ", ");
        dialect_name(dialect, names->items[i], sql);
    }
}

// MariaDB reads a backslash as an escape unless sql_mode says otherwise, and PostgreSQL since 9.1 does not.
void dialect_text(const Dialect *dialect, Str text, StrBuf *sql) {
    add_quoted(sql, text, '\'', dialect->engine == ENGINE_MARIADB);
}

void dialect_parameter(const Dialect *dialect, unsigned index, StrBuf *sql) {
    if (dialect->engine == ENGINE_MARIADB)
        strbuf_add_char(sql, '?');
    else
        strbuf_addf(sql, "%c%u", dialect->numbered ? '$' : '?', index);
}

// ---- batches -------------------------------------------------------------------------------------

static void add_update(const Dialect *dialect, const Batch *batch, Str table, StrBuf *sql) {
    strbuf_add_text(sql, "UPDATE ");
    dialect_name(dialect, table, sql);
    for (uint32_t i = 0; i < batch->set.count; i++) {
        strbuf_add_text(sql, i == 0 ? " SET " : ", ");
        dialect_name(dialect, batch->set.items[i].column, sql);
        strbuf_add_text(sql, " = ");
        strbuf_add(sql, batch->set.items[i].value);
    }
}

static void add_key(const Dialect *dialect, const StrItems *key, StrBuf *sql) {
    if (key->count > 1) strbuf_add_char(sql, '(');
    dialect_names(dialect, key, sql);
    if (key->count > 1) strbuf_add_char(sql, ')');
}

// key OPERATOR (?from, ...); a key of several columns is compared as a row.
static void add_bound(const Dialect *dialect, const StrItems *key, const char *operator_,
                      unsigned from, StrBuf *sql) {
    add_key(dialect, key, sql);
    strbuf_addf(sql, " %s ", operator_);
    if (key->count > 1) strbuf_add_char(sql, '(');
    for (unsigned i = 0; i < key->count; i++) {
        if (i > 0) strbuf_add_text(sql, ", ");
        dialect_parameter(dialect, from + i, sql);
    }
    if (key->count > 1) strbuf_add_char(sql, ')');
}

void dialect_batch_range(const Dialect *dialect, const StrItems *key, bool first, StrBuf *sql) {
    if (!first) {
        add_bound(dialect, key, ">", 1, sql);
        strbuf_add_text(sql, " AND ");
    }
    add_bound(dialect, key, "<=", first ? 1 : 1 + key->count, sql);
}

void dialect_batch(const Dialect *dialect, const Batch *batch, Str table, bool first, StrBuf *sql) {
    add_update(dialect, batch, table, sql);
    strbuf_add_text(sql, " WHERE ");
    dialect_batch_range(dialect, &batch->key, first, sql);
    // As it stands no engine looks rows up by it: an index of the new columns would name all rows that are still to do,
    // in each batch anew.
    strbuf_addf(sql, " AND ((%.*s) IS TRUE)", STR_ARG(batch->pending));
}

void dialect_batch_whole(const Dialect *dialect, const Batch *batch, Str table, StrBuf *sql) {
    add_update(dialect, batch, table, sql);
    strbuf_addf(sql, " WHERE %.*s", STR_ARG(batch->pending));
}

static void add_order(const Dialect *dialect, const StrItems *key, const char *direction,
                      StrBuf *sql) {
    strbuf_add_text(sql, " ORDER BY ");
    for (uint32_t i = 0; i < key->count; i++) {
        if (i > 0) strbuf_add_text(sql, ", ");
        dialect_name(dialect, key->items[i], sql);
        strbuf_add_text(sql, direction);
    }
}

// The last of the first LIMIT keys: an OFFSET would answer nothing where fewer are left.
void dialect_batch_end(const Dialect *dialect, const Batch *batch, Str table, bool first,
                       uint64_t limit, StrBuf *sql) {
    strbuf_add_text(sql, "SELECT * FROM (SELECT ");
    dialect_names(dialect, &batch->key, sql);
    strbuf_add_text(sql, " FROM ");
    dialect_name(dialect, table, sql);
    if (!first) {
        strbuf_add_text(sql, " WHERE ");
        add_bound(dialect, &batch->key, ">", 1, sql);
    }
    add_order(dialect, &batch->key, "", sql);
    strbuf_addf(sql, " LIMIT %llu) AS weft_slice", (unsigned long long)limit);
    add_order(dialect, &batch->key, " DESC", sql);
    strbuf_add_text(sql, " LIMIT 1");
}
