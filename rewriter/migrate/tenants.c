// Tenants of a database. In: the tables of the plan, and who was there when the rows had got their owners. Out: lists,
// and files with the rows of new ones.
#include "migrate/tenants.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/message.h"
#include "migrate/export.h"
#include "migrate/survey.h"

enum { MOST_SHOWN = 10 };

void tenants_release(Tenants *tenants) {
    vec_release(&tenants->list);
    arena_release(&tenants->arena);
    *tenants = (Tenants){0};
}

Str tenants_dimension(const Session *session) {
    const Migration *migration = &session->migration;
    return migration->dimensions.count > 0 ? migration->dimensions.items[0].name : STR_NONE;
}

bool tenants_has(const Session *session, const Schema *schema, const PlannedTable *table) {
    Str dimension = tenants_dimension(session);
    const SchemaTable *live = schema_table(schema, table->name);
    return dimension.length > 0 && live != NULL && table->ownership == OWNED &&
           schema_has_name(schema, &table->keys, dimension) &&
           schema_column(schema, live, dimension) != NULL;
}

// ---- listing -------------------------------------------------------------------------------------

static int compare_values(const Value *a, const Value *b) {
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->kind == VALUE_INTEGER) return a->integer < b->integer ? -1 : a->integer > b->integer;
    if (a->kind == VALUE_TEXT || a->kind == VALUE_BLOB) return str_compare(a->text, b->text);
    return 0;
}

static bool add_tenant(void *context, const Value *values, uint32_t count) {
    Tenants *tenants = context;
    (void)count;
    Tenant *added = vec_push(&tenants->list);
    added->name = value_copy(&tenants->arena, &values[0]);
    (void)value_as_integer(&values[1], &added->rows);
    return true;
}

static int compare_tenants(const void *left, const void *right) {
    return compare_values(&((const Tenant *)left)->name, &((const Tenant *)right)->name);
}

// The same name from several tables becomes one.
static void merge(Tenants *tenants) {
    uint32_t kept = 0;
    if (tenants->list.count == 0) return;
    qsort(tenants->list.items, tenants->list.count, sizeof *tenants->list.items, compare_tenants);
    for (uint32_t i = 1; i < tenants->list.count; i++) {
        Tenant *last = &tenants->list.items[kept], *next = &tenants->list.items[i];
        if (compare_values(&last->name, &next->name) == 0)
            last->rows += next->rows;
        else
            tenants->list.items[++kept] = *next;
    }
    tenants->list.count = kept + 1;
}

bool tenants_list(Session *session, const Schema *schema, Tenants *tenants) {
    const Dialect *dialect = dialect_of(session->database.engine);
    Str dimension = tenants_dimension(session);
    bool good = true;
    for (uint32_t i = 0; good && i < session->migration.tables.count; i++) {
        const PlannedTable *table = &session->migration.tables.items[i];
        if (!tenants_has(session, schema, table)) continue;
        StrBuf sql = {0};
        strbuf_add_text(&sql, "SELECT ");
        dialect_name(dialect, dimension, &sql);
        strbuf_add_text(&sql, ", count(*) FROM ");
        dialect_name(dialect, table->name, &sql);
        strbuf_add_text(&sql, " GROUP BY 1");
        good = database_query(&session->database, strbuf_str(&sql), NULL, 0, add_tenant, tenants);
        strbuf_release(&sql);
    }
    if (!good) return session_fail(session, "list the tenants");
    merge(tenants);
    return true;
}

// ---- noting --------------------------------------------------------------------------------------

// Those of all tables, each once; how many rows they have is not asked.
static bool find_owners(Session *session, MigrationRun *run, Tenants *tenants) {
    const Schema *schema = surveys_schema(run);
    for (uint32_t i = 0; schema != NULL && i < session->migration.tables.count; i++) {
        const PlannedTable *table = &session->migration.tables.items[i];
        if (!tenants_has(session, schema, table)) continue;
        const Survey *survey = survey_of(run, table->name, NULL);
        if (survey == NULL) return false;
        for (uint32_t k = 0; k < survey->owners.count; k++)
            *vec_push(&tenants->list) = (Tenant){value_copy(&tenants->arena, &survey->owners.items[k]), 0};
    }
    merge(tenants);
    return schema != NULL;
}

bool tenants_note(Session *session, MigrationRun *run) {
    Tenants tenants = {0};
    StrBuf text = {0};
    strbuf_addf(&text, "%s\n", session->digest.digits);
    bool good = find_owners(session, run, &tenants);
    for (uint32_t i = 0; good && i < tenants.list.count; i++) {
        value_to_word(&text, &tenants.list.items[i].name);
        strbuf_add_char(&text, '\n');
    }
    good = good && site_write(&session->site, "tenants", strbuf_str(&text), session->diagnostics);
    strbuf_release(&text);
    tenants_release(&tenants);
    return good;
}

bool tenants_forget(Session *session) {
    return site_write(&session->site, "tenants", STR_NONE, session->diagnostics);
}

typedef struct Noted {
    Value *items;
    uint32_t count;
    bool exists; // for this plan
} Noted;

// '' and NULL stand for "nobody yet", so rows of theirs belong to no new tenant.
static bool read_noted(Session *session, Arena *arena, Noted *noted) {
    Str text, line;
    *noted = (Noted){0};
    if (!site_read(&session->site, arena, "tenants", &text, session->diagnostics)) return false;
    if (!str_split_next(&text, '\n', &line) || !str_is(line, session->digest.digits)) return true;
    noted->exists = true;
    noted->items = arena_array(arena, Value, text.length + 2);
    noted->items[noted->count++] = value_text(STR(""));
    while (str_split_next(&text, '\n', &line))
        if (value_from_word(arena, line, &noted->items[noted->count])) noted->count++;
    return true;
}

// ---- rows of new ones ----------------------------------------------------------------------------

// "tenant_id NOT IN (?1, ?2)"
static Str new_rows(const Session *session, Arena *arena, const Noted *noted) {
    const Dialect *dialect = dialect_of(session->database.engine);
    StrBuf sql = {0};
    dialect_name(dialect, tenants_dimension(session), &sql);
    strbuf_add_text(&sql, " NOT IN (");
    for (uint32_t i = 0; i < noted->count; i++) {
        if (i > 0) strbuf_add_text(&sql, ", ");
        dialect_parameter(dialect, i + 1, &sql);
    }
    strbuf_add_char(&sql, ')');
    Str text = arena_copy(arena, strbuf_str(&sql));
    strbuf_release(&sql);
    return text;
}

static bool is_noted(const Noted *noted, const Value *name) {
    for (uint32_t i = 0; i < noted->count; i++)
        if (compare_values(&noted->items[i], name) == 0) return true;
    return name->kind == VALUE_NULL;
}

static Str name_new(Arena *arena, const Tenants *tenants, const Noted *noted, int64_t *rows) {
    StrBuf text = {0};
    uint32_t shown = 0;
    *rows = 0;
    for (uint32_t i = 0; i < tenants->list.count; i++) {
        const Tenant *tenant = &tenants->list.items[i];
        if (is_noted(noted, &tenant->name)) continue;
        *rows += tenant->rows;
        if (++shown > MOST_SHOWN) continue;
        strbuf_add_text(&text, shown > 1 ? ", " : "");
        value_show(&text, &tenant->name);
        strbuf_addf(&text, " (%" PRId64 " rows)", tenant->rows);
    }
    if (shown > MOST_SHOWN) message_add(&text, " and %u more", shown - MOST_SHOWN);
    Str names = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return names;
}

// The rows of all tables for which WHERE holds.
static bool write_rows(Session *session, const Schema *schema, Str where, const Value *values,
                       uint32_t count, FILE *out, int64_t *rows) {
    *rows = 0;
    for (uint32_t i = 0; i < session->migration.tables.count; i++) {
        const PlannedTable *table = &session->migration.tables.items[i];
        int64_t written;
        if (!tenants_has(session, schema, table)) continue;
        if (!export_rows(&session->database, schema_table(schema, table->name), where, values,
                         count, out, &written))
            return session_fail(session, "export rows");
        *rows += written;
    }
    return true;
}

// A new file beside the record, named after the moment.
static FILE *open_file(Session *session, Arena *arena, Str *path) {
    FILE *out = NULL;
    for (unsigned number = 0; out == NULL; number++) {
        Str name = arena_format(arena, "new-tenants-%lld-%u.jsonl", (long long)time(NULL), number);
        *path = arena_copy(arena, site_path(&session->site, name.data));
        out = export_open(*path);
        if (out == NULL && errno != EEXIST) break;
    }
    return out;
}

static bool write_file(Session *session, const Schema *schema, const Noted *noted, Arena *arena,
                       Str *path) {
    int64_t rows;
    FILE *out = open_file(session, arena, path);
    bool good = out != NULL && write_rows(session, schema, new_rows(session, arena, noted),
                                          noted->items, noted->count, out, &rows);
    if (out != NULL && good) good = export_close(out);
    if (!good)
        diagnostic_add(session->diagnostics, DIAGNOSTIC_E672, SPAN_NONE, "cannot write '%.*s': %s",
                       STR_ARG(*path), strerror(errno));
    return good;
}

bool tenants_export_new(Session *session, const Schema *schema, Arena *arena, Str *path,
                        int64_t *count, Str *names) {
    Noted noted;
    Tenants tenants = {0};
    *path = *names = STR_NONE;
    *count = 0;
    bool good = read_noted(session, arena, &noted);
    if (good && noted.exists && (good = tenants_list(session, schema, &tenants)))
        *names = name_new(arena, &tenants, &noted, count);
    if (good && *count > 0) good = write_file(session, schema, &noted, arena, path);
    tenants_release(&tenants);
    return good;
}

// Deletes them, in the caller's transaction. Tables that others refer to come before them in a plan.
static bool delete_rows(Session *session, const Schema *schema, Str where, const Value *values,
                        uint32_t count, int64_t *rows) {
    const Dialect *dialect = dialect_of(session->database.engine);
    for (uint32_t i = session->migration.tables.count; i-- > 0;) {
        const PlannedTable *table = &session->migration.tables.items[i];
        if (!tenants_has(session, schema, table)) continue;
        StrBuf sql = {0};
        strbuf_add_text(&sql, "DELETE FROM ");
        dialect_name(dialect, table->name, &sql);
        strbuf_addf(&sql, " WHERE %.*s", STR_ARG(where));
        bool good = database_execute(&session->database, strbuf_str(&sql), values, count);
        strbuf_release(&sql);
        if (!good) return false;
        *rows += session->database.changed;
    }
    return true;
}

static bool delete_all(Session *session, const Schema *schema, Str where, const Value *values,
                       uint32_t count, int64_t *rows) {
    *rows = 0;
    if (database_begin(&session->database) &&
        delete_rows(session, schema, where, values, count, rows) &&
        database_commit(&session->database))
        return true;
    database_rollback(&session->database);
    return session_fail(session, "delete rows");
}

bool tenants_delete_new(Session *session, const Schema *schema) {
    Arena scratch = {0};
    Noted noted;
    int64_t rows;
    bool good = read_noted(session, &scratch, &noted);
    if (good && noted.exists)
        good = delete_all(session, schema, new_rows(session, &scratch, &noted), noted.items,
                          noted.count, &rows);
    arena_release(&scratch);
    return good;
}

// ---- one of them ---------------------------------------------------------------------------------

// "tenant_id = ?1"
static Str rows_of_one(const Session *session, Arena *arena) {
    const Dialect *dialect = dialect_of(session->database.engine);
    StrBuf sql = {0};
    dialect_name(dialect, tenants_dimension(session), &sql);
    strbuf_add_text(&sql, " = ");
    dialect_parameter(dialect, 1, &sql);
    Str text = arena_copy(arena, strbuf_str(&sql));
    strbuf_release(&sql);
    return text;
}

bool tenants_export(Session *session, const Schema *schema, Str name, FILE *out, int64_t *rows) {
    Arena scratch = {0};
    Value value = value_text(name);
    bool good = write_rows(session, schema, rows_of_one(session, &scratch), &value, 1, out, rows);
    arena_release(&scratch);
    return good;
}

bool tenants_delete(Session *session, const Schema *schema, Str name, int64_t *rows) {
    Arena scratch = {0};
    Value value = value_text(name);
    bool good = delete_all(session, schema, rows_of_one(session, &scratch), &value, 1, rows);
    Str count = arena_format(&scratch, "%" PRId64, *rows);
    good = good && record_add(&session->site, &session->record, session->diagnostics, "tenant",
                              "delete", arena_copy(&scratch, name).data, count.data, NULL);
    arena_release(&scratch);
    return good;
}
