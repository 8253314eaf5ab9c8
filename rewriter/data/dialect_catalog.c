// Catalogs: sqlite_master and its pragmas, pg_catalog, information_schema.
#include "data/dialect_catalog.h"

// CASE, because a truth is 1 in one engine and t in another.
static void open_question(StrBuf *sql) { strbuf_add_text(sql, "SELECT CASE WHEN "); }
static void close_question(StrBuf *sql) { strbuf_add_text(sql, " THEN 1 ELSE 0 END"); }

static void add_texts(const Dialect *dialect, const StrItems *texts, StrBuf *sql) {
    for (uint32_t i = 0; i < texts->count; i++) {
        if (i > 0) strbuf_add_text(sql, ", ");
        dialect_text(dialect, texts->items[i], sql);
    }
}

static const char *here(const Dialect *dialect) {
    return dialect->engine == ENGINE_POSTGRESQL ? "current_schema()" : "DATABASE()";
}

void dialect_has_columns(const Dialect *dialect, Str table, const StrItems *columns, StrBuf *sql) {
    open_question(sql);
    if (dialect->engine == ENGINE_SQLITE) {
        strbuf_add_text(sql, "(SELECT COUNT(*) FROM pragma_table_info(");
        dialect_text(dialect, table, sql);
        strbuf_add_text(sql, ") WHERE name IN (");
    } else {
        strbuf_addf(sql,
                    "(SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = %s AND "
                    "table_name = ",
                    here(dialect));
        dialect_text(dialect, table, sql);
        strbuf_add_text(sql, " AND column_name IN (");
    }
    add_texts(dialect, columns, sql);
    strbuf_addf(sql, ")) = %u", columns->count);
    close_question(sql);
}

void dialect_has_index(const Dialect *dialect, Str table, Str name, StrBuf *sql) {
    open_question(sql);
    if (dialect->engine == ENGINE_SQLITE) {
        strbuf_add_text(sql,
                        "EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ");
        dialect_text(dialect, name, sql);
    } else if (dialect->engine == ENGINE_POSTGRESQL) {
        strbuf_add_text(sql, "EXISTS (SELECT 1 FROM pg_index JOIN pg_class ON pg_class.oid = "
                             "indexrelid WHERE indisvalid "
                             "AND relnamespace = current_schema()::regnamespace AND relname = ");
        dialect_text(dialect, name, sql);
    } else {
        strbuf_add_text(
            sql,
            "EXISTS (SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() "
            "AND table_name = ");
        dialect_text(dialect, table, sql);
        strbuf_add_text(sql, " AND index_name = ");
        dialect_text(dialect, name, sql);
    }
    strbuf_add_char(sql, ')');
    close_question(sql);
}

void dialect_has_trigger(const Dialect *dialect, Str table, Str name, StrBuf *sql) {
    open_question(sql);
    if (dialect->engine == ENGINE_SQLITE)
        strbuf_add_text(
            sql, "EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ");
    else
        strbuf_addf(
            sql,
            "EXISTS (SELECT 1 FROM information_schema.triggers WHERE trigger_schema = %s AND "
            "event_object_table = ",
            here(dialect));
    dialect_text(dialect, table, sql);
    strbuf_add_text(sql,
                    dialect->engine == ENGINE_SQLITE ? " AND name = " : " AND trigger_name = ");
    dialect_text(dialect, name, sql);
    strbuf_add_char(sql, ')');
    close_question(sql);
}

void dialect_has_table(const Dialect *dialect, Str name, StrBuf *sql) {
    open_question(sql);
    if (dialect->engine == ENGINE_SQLITE)
        strbuf_add_text(sql,
                        "EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ");
    else
        strbuf_addf(sql,
                    "EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = %s AND "
                    "table_name = ",
                    here(dialect));
    dialect_text(dialect, name, sql);
    strbuf_add_char(sql, ')');
    close_question(sql);
}

void dialect_not(Str question, StrBuf *sql) {
    strbuf_addf(sql, "SELECT 1 - (%.*s)", STR_ARG(question));
}
