// Verification of a whole database. In: the plan's tables, the live schema. Out: that every row has exactly one owner, or is
// declared to be everybody's.
#include "migrate/verify.h"

#include <inttypes.h>

#include "migrate/survey.h"

// ---- references ----------------------------------------------------------------------------------

bool verify_note_references(Session *session, const Schema *schema) {
    int64_t lost;
    if (session->database.engine != ENGINE_SQLITE) return true;
    if (!survey_count_lost(&session->database, schema, &lost)) return session_fail(session, "check the references between tables");
    Str text = arena_format(&session->arena, "%" PRId64, lost);
    return record_add(&session->site, &session->record, session->diagnostics, "references",
                      text.data, NULL);
}

static bool check_references(Session *session, int64_t lost) {
    const RecordLine *line = record_find(&session->record, "references", NULL);
    Value noted =
        value_text(line != NULL && line->arguments.count > 0 ? line->arguments.items[0] : STR("0"));
    int64_t before = 0;
    (void)value_as_integer(&noted, &before);
    if (lost <= before) return true;
    diagnostic_add(session->diagnostics, DIAGNOSTIC_E667, SPAN_NONE,
                   "%" PRId64 " references lead nowhere, and %" PRId64 " did before", lost, before);
    diagnostic_help(session->diagnostics, "`PRAGMA foreign_key_check` lists them");
    return false;
}

// ---- owners --------------------------------------------------------------------------------------

static const PlannedTable *planned_of(const Session *session, const Schema *schema, const SchemaTable *table) {
    for (uint32_t i = 0; i < session->migration.tables.count; i++)
        if (schema_same_name(schema, session->migration.tables.items[i].name, table->name))
            return &session->migration.tables.items[i];
    return NULL;
}

static bool check_owners(Session *session, const PlannedTable *table, const Survey *survey) {
    for (uint32_t i = 0; i < table->required.count; i++) {
        if (survey->missing[i] == 0) continue;
        diagnostic_add(session->diagnostics, DIAGNOSTIC_E667, SPAN_NONE,
                       "%" PRId64 " rows of '%.*s' have no '%.*s'", survey->missing[i], STR_ARG(table->name),
                       STR_ARG(table->required.items[i]));
        diagnostic_help(session->diagnostics,
                        "see the rules of the table; then `weft data rollback` and plan anew");
        return false;
    }
    return true;
}

// Adds the table's references that lead nowhere to *LOST.
static bool check_table(Session *session, MigrationRun *run, const SchemaTable *table, int64_t *lost) {
    const Schema *schema = surveys_schema(run);
    const PlannedTable *planned = planned_of(session, schema, table);
    bool owned = planned != NULL && planned->ownership == OWNED && planned->required.count > 0;
    bool refers = session->database.engine == ENGINE_SQLITE && table->foreign_keys.count > 0;
    if (!owned && !refers) return true;
    const Survey *survey = survey_of(run, table->name, NULL);
    if (survey == NULL) return false;
    *lost += survey->lost;
    return !owned || check_owners(session, planned, survey);
}

// A table that came since the plan was made has rows that belong to nobody.
static bool check_planned(Session *session, const Schema *schema) {
    for (uint32_t i = 0; i < schema->tables.count; i++) {
        const SchemaTable *table = &schema->tables.items[i];
        if (table->kind != TABLE_ORDINARY || planned_of(session, schema, table) != NULL) continue;
        diagnostic_add(session->diagnostics, DIAGNOSTIC_E667, SPAN_NONE,
                       "the plan does not say whose the rows of '%.*s' are", STR_ARG(table->name));
        diagnostic_help(session->diagnostics,
                        "`weft data rollback`, name the table in the rules, and plan anew");
        return false;
    }
    return true;
}

bool verify_rows(Session *session, MigrationRun *run) {
    const Schema *schema = surveys_schema(run);
    int64_t lost = 0;
    if (schema == NULL || !check_planned(session, schema)) return false;
    for (uint32_t i = 0; i < schema->tables.count; i++)
        if (!check_table(session, run, &schema->tables.items[i], &lost)) return false;
    return session->database.engine != ENGINE_SQLITE || check_references(session, lost);
}
