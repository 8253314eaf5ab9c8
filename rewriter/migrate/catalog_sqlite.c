// The catalog of SQLite: its pragmas as tables, and sqlite_master for the texts of definitions, which alone have
// what no pragma tells (CHECK, collations, partial indexes).
#include "migrate/catalog.h"

#include <stdio.h>

#include "data/dialect.h"

typedef struct Reading {
    Database *database;
    Schema *schema;
    SchemaTable *table; // that is filled
    SchemaIndex *index;
    SchemaForeignKey *key;
    int64_t key_id;
} Reading;

static Arena *arena_of(const Reading *reading) { return &reading->schema->arena; }

static bool ask(Reading *reading, const char *sql, Str name, DatabaseRow *row) {
    return catalog_ask(reading->database, sql, &name, 1, row, reading);
}

// ---- tables --------------------------------------------------------------------------------------

static TableKind kind_of(Str word) {
    if (str_is(word, "virtual")) return TABLE_VIRTUAL;
    return str_is(word, "shadow") ? TABLE_SHADOW : TABLE_ORDINARY;
}

// name, type, without rowid, strict, sql
static bool add_table(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    Str name = catalog_text(arena, values, 0);
    if (catalog_is_own(name)) return true;
    SchemaTable *table = list_push(arena, &reading->schema->tables);
    table->name = name;
    table->kind = kind_of(catalog_text(arena, values, 1));
    table->without_rowid = catalog_integer(values, 2) != 0;
    table->strict = catalog_integer(values, 3) != 0;
    table->sql = catalog_text(arena, values, 4);
    table->rows = table->bytes = -1;
    return true;
}

static bool add_view(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    SchemaView view = {catalog_text(arena, values, 0), catalog_text(arena, values, 1)};
    if (!catalog_is_own(view.name)) list_add(arena, &reading->schema->views, view);
    return true;
}

// ---- columns -------------------------------------------------------------------------------------

// name, type, notnull, dflt_value, pk, hidden
static bool add_column(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    SchemaColumn *column = list_push(arena, &reading->table->columns);
    column->name = catalog_text(arena, values, 0);
    column->declared = catalog_text(arena, values, 1);
    column->type = type_class_of(column->declared);
    column->nullable = catalog_integer(values, 2) != 0 ? KNOWN_NO : KNOWN_YES;
    column->has_default = values[3].kind == VALUE_NULL ? KNOWN_NO : KNOWN_YES;
    column->default_text = catalog_text(arena, values, 3);
    column->generated = catalog_integer(values, 5) >= 2;
    return true;
}

static bool add_key_column(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    list_add(arena_of(reading), &reading->table->primary_key,
             catalog_text(arena_of(reading), values, 0));
    return true;
}

// An INTEGER PRIMARY KEY is the rowid, which is never NULL and counted up when it is left out.
static void mark_rowid(SchemaTable *table) {
    if (table->without_rowid || table->primary_key.count != 1) return;
    for (uint32_t i = 0; i < table->columns.count; i++) {
        SchemaColumn *column = &table->columns.items[i];
        bool is_integer =
            str_is(column->declared, "INTEGER") || str_is(column->declared, "integer");
        if (!is_integer || !str_equal(column->name, table->primary_key.items[0])) continue;
        column->identity = true;
        column->nullable = KNOWN_NO;
    }
}

// ---- indexes and keys ----------------------------------------------------------------------------

// name, unique, origin, partial, sql
static bool add_index(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    SchemaIndex *index = list_push(arena, &reading->table->indexes);
    Str origin = catalog_text(arena, values, 2);
    index->name = catalog_text(arena, values, 0);
    index->unique = catalog_integer(values, 1) != 0;
    index->is_constraint = str_is(origin, "u");
    index->is_primary = str_is(origin, "pk");
    index->is_partial = catalog_integer(values, 3) != 0;
    index->is_valid = true;
    index->sql = catalog_text(arena, values, 4);
    return true;
}

// cid, name
static bool add_index_column(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    if (values[1].kind == VALUE_NULL)
        reading->index->has_expressions = true;
    else
        list_add(arena, &reading->index->columns, catalog_text(arena, values, 1));
    return true;
}

// id, table, from, to, on_update, on_delete
static bool add_foreign_key(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    int64_t id = catalog_integer(values, 0);
    if (reading->key == NULL || id != reading->key_id) {
        reading->key = list_push(arena, &reading->table->foreign_keys);
        reading->key_id = id;
        reading->key->table = catalog_text(arena, values, 1);
        reading->key->on_update = catalog_text(arena, values, 4);
        reading->key->on_delete = catalog_text(arena, values, 5);
    }
    list_add(arena, &reading->key->columns, catalog_text(arena, values, 2));
    if (values[3].kind != VALUE_NULL)
        list_add(arena, &reading->key->targets, catalog_text(arena, values, 3));
    return true;
}

static bool add_trigger(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    SchemaTrigger trigger = {catalog_text(arena, values, 0), catalog_text(arena, values, 1)};
    if (!catalog_is_own_trigger(trigger.name)) list_add(arena, &reading->table->triggers, trigger);
    return true;
}

static bool read_indexes(Reading *reading) {
    SchemaTable *table = reading->table;
    if (!ask(reading,
             "SELECT i.name, i.\"unique\", i.origin, i.partial, m.sql FROM pragma_index_list(?1) "
             "AS i LEFT JOIN "
             "sqlite_master AS m ON m.type = 'index' AND m.name = i.name ORDER BY i.name",
             table->name, add_index))
        return false;
    for (uint32_t i = 0; i < table->indexes.count; i++) {
        reading->index = &table->indexes.items[i];
        if (!ask(reading, "SELECT cid, name FROM pragma_index_info(?1) ORDER BY seqno",
                 reading->index->name, add_index_column))
            return false;
    }
    return true;
}

static bool read_table(Reading *reading) {
    Str name = reading->table->name;
    reading->key = NULL;
    if (!ask(reading,
             "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1) "
             "WHERE "
             "hidden <> 1 ORDER BY cid",
             name, add_column) ||
        !ask(reading, "SELECT name FROM pragma_table_xinfo(?1) WHERE pk > 0 ORDER BY pk", name,
             add_key_column))
        return false;
    mark_rowid(reading->table);
    return read_indexes(reading) &&
           ask(reading,
               "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete FROM "
               "pragma_foreign_key_list(?1) ORDER BY id, seq",
               name, add_foreign_key) &&
           ask(reading,
               "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?1 "
               "COLLATE NOCASE "
               "ORDER BY name",
               name, add_trigger);
}

bool catalog_read_sqlite(Database *database, Schema *schema) {
    Reading reading = {.database = database, .schema = schema};
    if (!catalog_ask(
            database,
            "SELECT l.name, l.type, l.wr, l.strict, m.sql FROM pragma_table_list AS l JOIN "
            "sqlite_master AS m ON m.name = l.name AND m.type = 'table' WHERE l.schema = 'main' "
            "AND "
            "l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY l.name",
            NULL, 0, add_table, &reading) ||
        !catalog_ask(database,
                     "SELECT name, sql FROM sqlite_master WHERE type = 'view' ORDER BY name", NULL,
                     0, add_view, &reading))
        return false;
    for (uint32_t i = 0; i < schema->tables.count; i++) {
        reading.table = &schema->tables.items[i];
        if (!read_table(&reading)) return false;
    }
    return true;
}

// ---- rows ----------------------------------------------------------------------------------------

enum { SAMPLES = 8, SAMPLE_ROWS = 100 };

// The bytes of a row: what its columns would be as texts.
static void add_length(const SchemaTable *table, StrBuf *sql) {
    strbuf_add_text(sql, "SELECT 2");
    for (uint32_t i = 0; i < table->columns.count; i++) {
        if (table->columns.items[i].generated) continue;
        strbuf_add_text(sql, " + 1 + coalesce(length(CAST(");
        dialect_name(dialect_of(ENGINE_SQLITE), table->columns.items[i].name, sql);
        strbuf_add_text(sql, " AS BLOB)), 0)");
    }
    strbuf_add_text(sql, " AS weft_length FROM ");
    dialect_name(dialect_of(ENGINE_SQLITE), table->name, sql);
}

// From the beginning on, or from places all over the table: a bot's newest messages may be longer than its first ones.
static void add_samples(const SchemaTable *table, StrBuf *sql) {
    strbuf_add_text(sql, "SELECT CAST(coalesce(avg(weft_length), 0) AS INTEGER) FROM (");
    for (int i = 0; i < (table->without_rowid ? 1 : SAMPLES); i++) {
        strbuf_add_text(sql, i > 0 ? " UNION ALL SELECT * FROM (" : "SELECT * FROM (");
        add_length(table, sql);
        if (!table->without_rowid) {
            strbuf_add_text(sql, " WHERE rowid >= (SELECT max(rowid) FROM ");
            dialect_name(dialect_of(ENGINE_SQLITE), table->name, sql);
            strbuf_addf(sql, ") / %d * %d", SAMPLES, i);
        }
        strbuf_addf(sql, " LIMIT %d)", SAMPLE_ROWS);
    }
    strbuf_add_char(sql, ')');
}

static bool count_table(Database *database, SchemaTable *table) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "SELECT count(*) FROM ");
    dialect_name(dialect_of(ENGINE_SQLITE), table->name, &sql);
    bool good = database_integer(database, strbuf_str(&sql), NULL, 0, &table->rows);
    strbuf_clear(&sql);
    add_samples(table, &sql);
    good = good && database_integer(database, strbuf_str(&sql), NULL, 0, &table->width);
    strbuf_release(&sql);
    return good;
}

bool catalog_count_sqlite(Database *database, Schema *schema) {
    bool good = true;
    for (uint32_t i = 0; good && i < schema->tables.count; i++)
        if (schema->tables.items[i].kind == TABLE_ORDINARY) good = count_table(database, &schema->tables.items[i]);
    return good;
}
