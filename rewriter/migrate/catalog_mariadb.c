// The catalog of MariaDB: information_schema, for the database that is connected to. As in catalog_postgresql.c each
// question is about all tables at once, in their order.
#include "migrate/catalog.h"

typedef struct Reading {
    Schema *schema;
    uint32_t at; // index of the table that came last
    SchemaIndex *index;
    SchemaForeignKey *key;
} Reading;

static Arena *arena_of(const Reading *reading) { return &reading->schema->arena; }

static SchemaTable *find(Reading *reading, const Value *values) {
    Arena scratch = {0};
    Str name = catalog_text(&scratch, values, 0);
    SchemaTable *found = NULL;
    for (uint32_t i = reading->at; found == NULL && i < reading->schema->tables.count; i++) {
        if (!str_equal(reading->schema->tables.items[i].name, name)) continue;
        if (i != reading->at) {
            reading->index = NULL;
            reading->key = NULL;
        }
        reading->at = i;
        found = &reading->schema->tables.items[i];
    }
    arena_release(&scratch);
    return found;
}

// name, rows, bytes, partitioned, without transactions
static bool add_table(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    Str name = catalog_text(arena, values, 0);
    if (catalog_is_own(name)) return true;
    SchemaTable *table = list_push(arena, &reading->schema->tables);
    table->name = name;
    table->rows = catalog_integer(values, 1);
    table->bytes = catalog_integer(values, 2);
    table->kind = catalog_integer(values, 3) != 0 ? TABLE_PARTITIONED : TABLE_ORDINARY;
    table->keeps_all = catalog_integer(values, 4) != 0;
    return true;
}

// table, name, type, nullable, default, generated, counted up, collation when it is not the table's
static bool add_column(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    SchemaTable *table = find(reading, values);
    if (table == NULL) return true;
    SchemaColumn *column = list_push(arena, &table->columns);
    column->name = catalog_text(arena, values, 1);
    column->declared = catalog_text(arena, values, 2);
    column->type = type_class_of(column->declared);
    column->nullable = catalog_integer(values, 3) != 0 ? KNOWN_YES : KNOWN_NO;
    column->default_text = catalog_text(arena, values, 4);
    column->has_default = column->default_text.length > 0 ? KNOWN_YES : KNOWN_NO;
    column->generated = catalog_integer(values, 5) != 0;
    column->identity = catalog_integer(values, 6) != 0;
    column->collation = catalog_text(arena, values, 7);
    return true;
}

// table, name, unique, column (NULL: an expression), definition
static bool add_index_column(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    SchemaTable *table = find(reading, values);
    if (table == NULL) return true;
    Str name = catalog_text(arena, values, 1);
    if (reading->index == NULL || !str_equal(reading->index->name, name)) {
        reading->index = list_push(arena, &table->indexes);
        reading->index->name = name;
        reading->index->unique = catalog_integer(values, 2) != 0;
        reading->index->is_primary = str_is(name, "PRIMARY");
        reading->index->is_valid = true;
    }
    if (values[3].kind == VALUE_NULL) {
        reading->index->has_expressions = true;
        return true;
    }
    Str column = catalog_text(arena, values, 3);
    list_add(arena, &reading->index->columns, column);
    if (reading->index->is_primary) list_add(arena, &table->primary_key, column);
    return true;
}

// table, name, other table, on delete, on update, column, target
static bool add_foreign_key(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    SchemaTable *table = find(reading, values);
    if (table == NULL) return true;
    Str name = catalog_text(arena, values, 1);
    if (reading->key == NULL || !str_equal(reading->key->name, name)) {
        reading->key = list_push(arena, &table->foreign_keys);
        reading->key->name = name;
        reading->key->table = catalog_text(arena, values, 2);
        reading->key->on_delete = catalog_text(arena, values, 3);
        reading->key->on_update = catalog_text(arena, values, 4);
    }
    list_add(arena, &reading->key->columns, catalog_text(arena, values, 5));
    list_add(arena, &reading->key->targets, catalog_text(arena, values, 6));
    return true;
}

static bool add_trigger(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    SchemaTable *table = find(reading, values);
    SchemaTrigger trigger = {catalog_text(arena, values, 1), catalog_text(arena, values, 2)};
    if (table != NULL && !catalog_is_own_trigger(trigger.name))
        list_add(arena, &table->triggers, trigger);
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

#define BY_TABLE " ORDER BY CAST(t.table_name AS BINARY)"

static const struct {
    const char *sql;
    DatabaseRow *row;
} QUESTIONS[] = {
    {"SELECT t.table_name, t.table_rows, t.data_length + t.index_length, t.create_options LIKE "
     "'%partitioned%', (SELECT e.transactions = 'NO' FROM information_schema.engines e WHERE e.engine = t.engine) FROM "
     "information_schema.tables t WHERE t.table_schema = database() AND t.table_type = 'BASE "
     "TABLE'" BY_TABLE,
     add_table},
    {"SELECT t.table_name, t.column_name, t.column_type, t.is_nullable = 'YES', t.column_default, "
     "t.is_generated <> "
     "'NEVER', t.extra LIKE '%auto_increment%', IF(t.collation_name = b.table_collation, NULL, "
     "t.collation_name) "
     "FROM information_schema.columns t JOIN information_schema.tables b ON b.table_schema = "
     "t.table_schema AND "
     "b.table_name = t.table_name WHERE t.table_schema = database()" BY_TABLE
     ", t.ordinal_position",
     add_column},
    {"SELECT t.table_name, t.index_name, t.non_unique = 0, t.column_name FROM "
     "information_schema.statistics t WHERE "
     "t.table_schema = database()" BY_TABLE ", CAST(t.index_name AS BINARY), t.seq_in_index",
     add_index_column},
    {"SELECT t.table_name, t.constraint_name, t.referenced_table_name, r.delete_rule, "
     "r.update_rule, t.column_name, "
     "t.referenced_column_name FROM information_schema.key_column_usage t JOIN "
     "information_schema.referential_constraints r ON r.constraint_schema = t.constraint_schema "
     "AND "
     "r.constraint_name = t.constraint_name AND r.table_name = t.table_name WHERE t.table_schema = "
     "database() AND "
     "t.referenced_table_name IS NOT NULL" BY_TABLE
     ", CAST(t.constraint_name AS BINARY), t.ordinal_position",
     add_foreign_key},
    {"SELECT t.event_object_table AS table_name, t.trigger_name, concat(t.action_timing, ' ', "
     "t.event_manipulation, "
     "' ', t.action_statement) FROM information_schema.triggers t WHERE t.trigger_schema = "
     "database() ORDER BY "
     "CAST(t.event_object_table AS BINARY), CAST(t.trigger_name AS BINARY)",
     add_trigger},
    {"SELECT t.table_name, t.view_definition FROM information_schema.views t WHERE t.table_schema "
     "= database()" BY_TABLE,
     add_view},
};

bool catalog_read_mariadb(Database *database, Schema *schema) {
    for (size_t i = 0; i < sizeof QUESTIONS / sizeof *QUESTIONS; i++) {
        Reading reading = {.schema = schema};
        if (!catalog_ask(database, QUESTIONS[i].sql, NULL, 0, QUESTIONS[i].row, &reading))
            return false;
    }
    return true;
}
