// Verification of a whole database. In: the plan's tables, the live schema. Out: that every row has exactly one owner, or is
// declared to be everybody's.
#include "migrate/verify.h"

#include <inttypes.h>

// ---- references ----------------------------------------------------------------------------------

typedef struct Count {
    int64_t rows;
} Count;

static bool count_row(void *context, const Value *values, uint32_t count) {
    Count *rows = context;
    (void)values;
    (void)count;
    rows->rows++;
    return true;
}

static bool count_lost_references(Session *session, int64_t *lost) {
    Count count = {0};
    bool good = database_query(&session->database, STR("PRAGMA foreign_key_check"), NULL, 0,
                               count_row, &count);
    *lost = count.rows;
    return good || session_fail(session, "check the references between tables");
}

bool verify_note_references(Session *session) {
    int64_t lost;
    if (session->database.engine != ENGINE_SQLITE) return true;
    if (!count_lost_references(session, &lost)) return false;
    Str text = arena_format(&session->arena, "%" PRId64, lost);
    return record_add(&session->site, &session->record, session->diagnostics, "references",
                      text.data, NULL);
}

static bool check_references(Session *session) {
    const RecordLine *line = record_find(&session->record, "references", NULL);
    Value noted =
        value_text(line != NULL && line->arguments.count > 0 ? line->arguments.items[0] : STR("0"));
    int64_t lost, before = 0;
    if (session->database.engine != ENGINE_SQLITE) return true;
    (void)value_as_integer(&noted, &before);
    if (!count_lost_references(session, &lost)) return false;
    if (lost <= before) return true;
    diagnostic_add(session->diagnostics, DIAGNOSTIC_E667, SPAN_NONE,
                   "%" PRId64 " references lead nowhere, and %" PRId64 " did before", lost, before);
    diagnostic_help(session->diagnostics, "`PRAGMA foreign_key_check` lists them");
    return false;
}

// ---- owners --------------------------------------------------------------------------------------

static bool count_unowned(Session *session, const PlannedTable *table, Str column, int64_t *rows) {
    const Dialect *dialect = dialect_of(session->database.engine);
    StrBuf sql = {0};
    strbuf_add_text(&sql, "SELECT count(*) FROM ");
    dialect_name(dialect, table->name, &sql);
    strbuf_add_text(&sql, " WHERE ");
    dialect_name(dialect, column, &sql);
    strbuf_add_text(&sql, " IS NULL");
    bool good = database_integer(&session->database, strbuf_str(&sql), NULL, 0, rows);
    strbuf_release(&sql);
    return good || session_fail(session, "look for rows without an owner");
}

static bool check_table(Session *session, const PlannedTable *table) {
    for (uint32_t i = 0; table->ownership == OWNED && i < table->required.count; i++) {
        int64_t rows;
        if (!count_unowned(session, table, table->required.items[i], &rows)) return false;
        if (rows == 0) continue;
        diagnostic_add(session->diagnostics, DIAGNOSTIC_E667, SPAN_NONE,
                       "%" PRId64 " rows of '%.*s' have no '%.*s'", rows, STR_ARG(table->name),
                       STR_ARG(table->required.items[i]));
        diagnostic_help(session->diagnostics,
                        "see the rules of the table; then `weft data rollback` and plan anew");
        return false;
    }
    return true;
}

// A table that came since the plan was made has rows that belong to nobody.
static bool check_planned(Session *session, const Schema *schema) {
    for (uint32_t i = 0; i < schema->tables.count; i++) {
        const SchemaTable *table = &schema->tables.items[i];
        bool planned = table->kind != TABLE_ORDINARY;
        for (uint32_t k = 0; !planned && k < session->migration.tables.count; k++)
            planned =
                schema_same_name(schema, session->migration.tables.items[k].name, table->name);
        if (planned) continue;
        diagnostic_add(session->diagnostics, DIAGNOSTIC_E667, SPAN_NONE,
                       "the plan does not say whose the rows of '%.*s' are", STR_ARG(table->name));
        diagnostic_help(session->diagnostics,
                        "`weft data rollback`, name the table in the rules, and plan anew");
        return false;
    }
    return true;
}

bool verify_rows(Session *session) {
    Schema schema = {0};
    bool good = catalog_read(&session->database, &schema, session->diagnostics) &&
                check_planned(session, &schema);
    for (uint32_t i = 0; good && i < session->migration.tables.count; i++)
        good = check_table(session, &session->migration.tables.items[i]);
    good = good && check_references(session);
    schema_release(&schema);
    return good;
}
