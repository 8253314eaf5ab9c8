// A tenant moves in. In: its name, and whose rows it begins with. Out: copies of them. Must never make a row of one
// tenant refer to a row of another, nor take one over.
//
//     INSERT INTO agents (agent_id, title, tenant_id) SELECT agent_id, title, 'acme' FROM agents WHERE tenant_id = 'default'
#include "migrate/tenant_add.h"

#include <inttypes.h>

#include "base/message.h"
#include "migrate/tenants.h"

typedef struct Copier {
    Session *session;
    const Schema *schema;
    const TenantAdd *add;
    Str dimension;
} Copier;

static bool refuse(Copier *copier, const char *help, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool refuse(Copier *copier, const char *help, const char *format, ...) {
    StrBuf text = {0};
    va_list arguments;
    va_start(arguments, format);
    message_addv(&text, format, arguments);
    va_end(arguments);
    diagnostic_add(copier->session->diagnostics, DIAGNOSTIC_E670, SPAN_NONE, "%s", text.data);
    diagnostic_help(copier->session->diagnostics, "%s", help);
    strbuf_release(&text);
    return false;
}

// ---- may it? -------------------------------------------------------------------------------------

static bool is_over(Copier *copier) {
    if (record_find(&copier->session->record, "phase", phase_name(PHASE_CONTRACT)) != NULL)
        return true;
    return refuse(copier, "`weft data resume --contract` ends the migration first",
                  "a second tenant cannot move in yet: the old keys still stand");
}

static int64_t rows_of(const Tenants *tenants, Str name) {
    for (uint32_t i = 0; i < tenants->list.count; i++) {
        const Tenant *tenant = &tenants->list.items[i];
        if (tenant->name.kind == VALUE_TEXT && str_equal(tenant->name.text, name))
            return tenant->rows;
    }
    return 0;
}

static bool check_names(Copier *copier) {
    Tenants tenants = {0};
    const TenantAdd *add = copier->add;
    bool good = tenants_list(copier->session, copier->schema, &tenants);
    if (good && rows_of(&tenants, add->name) > 0)
        good = refuse(copier, "`weft data tenant list` names all tenants",
                      "the tenant '%.*s' is there already", STR_ARG(add->name));
    if (good && add->from.length > 0 && rows_of(&tenants, add->from) == 0)
        good = refuse(copier, "`weft data tenant list` names all tenants",
                      "the tenant '%.*s' has no rows to begin with", STR_ARG(add->from));
    tenants_release(&tenants);
    return good;
}

static const PlannedTable *planned_table(const Copier *copier, Str name) {
    const Migration *migration = &copier->session->migration;
    for (uint32_t i = 0; i < migration->tables.count; i++)
        if (schema_same_name(copier->schema, migration->tables.items[i].name, name) &&
            tenants_has(copier->session, copier->schema, &migration->tables.items[i]))
            return &migration->tables.items[i];
    return NULL;
}

static bool check_tables(Copier *copier) {
    const StrItems *tables = &copier->add->tables;
    for (uint32_t i = 0; i < tables->count; i++)
        if (planned_table(copier, tables->items[i]) == NULL)
            return refuse(copier, "the plan says which tables have owners",
                          "no table '%.*s' has rows of tenants", STR_ARG(tables->items[i]));
    return true;
}

static bool is_copied(const Copier *copier, const PlannedTable *table) {
    return tenants_has(copier->session, copier->schema, table) &&
           (copier->add->tables.count == 0 ||
            schema_has_name(copier->schema, &copier->add->tables, table->name));
}

// A key that the database counts up: the copy gets one of its own.
static bool is_counted(const SchemaTable *table, const SchemaColumn *column) {
    return column->identity && table->primary_key.count == 1;
}

// A reference by such a key would lead to the row that was copied, which is another tenant's.
static bool check_references(Copier *copier, const SchemaTable *table) {
    for (uint32_t i = 0; i < table->foreign_keys.count; i++) {
        const SchemaForeignKey *key = &table->foreign_keys.items[i];
        if (planned_table(copier, key->table) == NULL ||
            schema_has_name(copier->schema, &key->columns, copier->dimension))
            continue;
        return refuse(copier, "name the tables that can be copied with --table",
                      "rows of '%.*s' refer to rows of '%.*s', whose copies have other keys",
                      STR_ARG(table->name), STR_ARG(key->table));
    }
    return true;
}

// What is unique without the tenant can be there once only.
static bool check_uniques(Copier *copier, const SchemaTable *table) {
    for (uint32_t i = 0; i < table->indexes.count; i++) {
        const SchemaIndex *index = &table->indexes.items[i];
        bool counted = false;
        for (uint32_t k = 0; k < index->columns.count && !counted; k++) {
            const SchemaColumn *column =
                schema_column(copier->schema, table, index->columns.items[k]);
            counted = column != NULL && is_counted(table, column);
        }
        if (!index->unique || index->columns.count == 0 || counted || index->has_expressions ||
            schema_has_name(copier->schema, &index->columns, copier->dimension))
            continue;
        return refuse(copier, "name the tables that can be copied with --table",
                      "'%.*s' is unique in '%.*s' whoever the tenant is",
                      STR_ARG(index->columns.items[0]), STR_ARG(table->name));
    }
    return true;
}

static bool check_copies(Copier *copier) {
    const Migration *migration = &copier->session->migration;
    for (uint32_t i = 0; i < migration->tables.count; i++) {
        const PlannedTable *planned = &migration->tables.items[i];
        if (!is_copied(copier, planned)) continue;
        const SchemaTable *table = schema_table(copier->schema, planned->name);
        if (!check_references(copier, table) || !check_uniques(copier, table)) return false;
    }
    return true;
}

// ---- copying -------------------------------------------------------------------------------------

static StrItems columns_of(Arena *arena, const Copier *copier, const SchemaTable *table) {
    StrItems columns = {0};
    for (uint32_t i = 0; i < table->columns.count; i++) {
        const SchemaColumn *column = &table->columns.items[i];
        if (!column->generated && !is_counted(table, column) &&
            !schema_same_name(copier->schema, column->name, copier->dimension))
            list_add(arena, &columns, column->name);
    }
    return columns;
}

// With the name of the new tenant as the first parameter, and that of the other one as the second.
static void add_statement(const Copier *copier, const SchemaTable *table, const StrItems *columns,
                          StrBuf *sql) {
    const Dialect *dialect = dialect_of(copier->session->database.engine);
    const char *comma = columns->count > 0 ? ", " : "";
    strbuf_add_text(sql, "INSERT INTO ");
    dialect_name(dialect, table->name, sql);
    strbuf_add_text(sql, " (");
    dialect_name(dialect, copier->dimension, sql);
    strbuf_add_text(sql, comma);
    dialect_names(dialect, columns, sql);
    strbuf_add_text(sql, ") SELECT ");
    dialect_parameter(dialect, 1, sql);
    strbuf_add_text(sql, comma);
    dialect_names(dialect, columns, sql);
    strbuf_add_text(sql, " FROM ");
    dialect_name(dialect, table->name, sql);
    strbuf_add_text(sql, " WHERE ");
    dialect_name(dialect, copier->dimension, sql);
    strbuf_add_text(sql, " = ");
    dialect_parameter(dialect, 2, sql);
    if (table->primary_key.count == 0) return;
    strbuf_add_text(sql, " ORDER BY "); // the copies get their counted keys in the same order
    dialect_names(dialect, &table->primary_key, sql);
}

static bool copy_table(Copier *copier, const SchemaTable *table) {
    Arena scratch = {0};
    StrBuf sql = {0};
    StrItems columns = columns_of(&scratch, copier, table);
    Value values[] = {value_text(copier->add->name), value_text(copier->add->from)};
    add_statement(copier, table, &columns, &sql);
    bool good = database_execute(&copier->session->database, strbuf_str(&sql), values, 2);
    strbuf_release(&sql);
    arena_release(&scratch);
    return good;
}

static bool copy_rows(Copier *copier, int64_t *rows) {
    const Migration *migration = &copier->session->migration;
    for (uint32_t i = 0; i < migration->tables.count; i++) {
        const PlannedTable *planned = &migration->tables.items[i];
        if (!is_copied(copier, planned)) continue;
        if (!copy_table(copier, schema_table(copier->schema, planned->name))) return false;
        *rows += copier->session->database.changed;
    }
    return true;
}

static bool copy_all(Copier *copier, int64_t *rows) {
    Database *database = &copier->session->database;
    if (database_begin(database) && copy_rows(copier, rows) && database_commit(database))
        return true;
    database_rollback(database);
    database_explain(database, "copy the rows of a tenant", copier->session->diagnostics);
    return false;
}

bool tenant_add(Session *session, const Schema *schema, const TenantAdd *add, int64_t *rows) {
    Copier copier = {session, schema, add, tenants_dimension(session)};
    *rows = 0;
    if (!is_over(&copier) || !check_names(&copier) || !check_tables(&copier)) return false;
    if (add->from.length > 0 && (!check_copies(&copier) || !copy_all(&copier, rows))) return false;
    Arena scratch = {0};
    Str count = arena_format(&scratch, "%" PRId64, *rows);
    bool good = record_add(&session->site, &session->record, session->diagnostics, "tenant", "add",
                           arena_copy(&scratch, add->name).data, count.data, NULL);
    arena_release(&scratch);
    return good;
}
