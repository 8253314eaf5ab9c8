// The catalog of PostgreSQL: pg_catalog, for the schemas that a name without one is looked up in. Each question is
// about all tables at once and answers in the order of the tables, so that a row finds its table without a search.
#include "migrate/catalog.h"

typedef struct Reading {
    Schema *schema;
    uint32_t at; // index of the table that came last
    SchemaIndex *index;
    SchemaForeignKey *key;
} Reading;

static Arena *arena_of(const Reading *reading) { return &reading->schema->arena; }

// The table of a row, whose first value is its name; NULL for one that is left out.
static SchemaTable *find(Reading *reading, const Value *values) {
    Str name = values[0].kind == VALUE_TEXT ? values[0].text : STR_NONE;
    for (uint32_t i = reading->at; i < reading->schema->tables.count; i++) {
        if (!str_equal(reading->schema->tables.items[i].name, name)) continue;
        if (i != reading->at) {
            reading->index = NULL;
            reading->key = NULL;
        }
        reading->at = i;
        return &reading->schema->tables.items[i];
    }
    return NULL;
}

static TableKind kind_of(Str relkind) {
    if (str_is(relkind, "p")) return TABLE_PARTITIONED;
    return str_is(relkind, "f") ? TABLE_FOREIGN : TABLE_ORDINARY;
}

// name, schema (empty: the first), kind, rows, bytes
static bool add_table(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    Str name = catalog_text(arena, values, 0);
    if (catalog_is_own(name)) return true;
    SchemaTable *table = list_push(arena, &reading->schema->tables);
    table->name = name;
    table->schema = catalog_text(arena, values, 1);
    table->kind = kind_of(catalog_text(arena, values, 2));
    table->rows = catalog_integer(values, 3);
    table->bytes = catalog_integer(values, 4);
    return true;
}

// table, name, type, not null, default, generated, identity, collation
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
    column->nullable = catalog_integer(values, 3) != 0 ? KNOWN_NO : KNOWN_YES;
    column->generated = catalog_integer(values, 5) != 0;
    column->default_text = column->generated ? STR_NONE : catalog_text(arena, values, 4);
    column->has_default = column->default_text.length > 0 ? KNOWN_YES : KNOWN_NO;
    column->identity =
        catalog_integer(values, 6) != 0 || str_starts_with(column->default_text, STR("nextval("));
    column->collation = catalog_text(arena, values, 7);
    return true;
}

// table, name, unique, primary, constraint, partial, valid, sql, column (NULL: an expression)
static bool add_index_column(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    SchemaTable *table = find(reading, values);
    if (table == NULL) return true;
    if (reading->index == NULL || !str_equal(reading->index->name, values[1].text)) {
        reading->index = list_push(arena, &table->indexes);
        reading->index->name = catalog_text(arena, values, 1);
        reading->index->unique = catalog_integer(values, 2) != 0;
        reading->index->is_primary = catalog_integer(values, 3) != 0;
        reading->index->is_constraint =
            catalog_integer(values, 4) != 0 && !reading->index->is_primary;
        reading->index->is_partial = catalog_integer(values, 5) != 0;
        reading->index->is_valid = catalog_integer(values, 6) != 0;
        bool by_itself = !reading->index->is_constraint && !reading->index->is_primary;
        reading->index->sql = by_itself ? catalog_text(arena, values, 7) : STR_NONE;
    }
    if (values[8].kind == VALUE_NULL) {
        reading->index->has_expressions = true;
        return true;
    }
    Str name = catalog_text(arena, values, 8);
    list_add(arena, &reading->index->columns, name);
    if (reading->index->is_primary) list_add(arena, &table->primary_key, name);
    return true;
}

static Str action_of(Str letter) {
    if (str_is(letter, "c")) return STR("CASCADE");
    if (str_is(letter, "n")) return STR("SET NULL");
    if (str_is(letter, "d")) return STR("SET DEFAULT");
    return str_is(letter, "r") ? STR("RESTRICT") : STR("NO ACTION");
}

// table, name, other table, on delete, on update, column, target
static bool add_foreign_key(void *context, const Value *values, uint32_t count) {
    Reading *reading = context;
    (void)count;
    Arena *arena = arena_of(reading);
    SchemaTable *table = find(reading, values);
    if (table == NULL) return true;
    if (reading->key == NULL || !str_equal(reading->key->name, values[1].text)) {
        reading->key = list_push(arena, &table->foreign_keys);
        reading->key->name = catalog_text(arena, values, 1);
        reading->key->table = catalog_text(arena, values, 2);
        reading->key->on_delete = action_of(catalog_text(arena, values, 3));
        reading->key->on_update = action_of(catalog_text(arena, values, 4));
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

#define OF_SCHEMAS                                                                                 \
    " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY "                        \
    "(current_schemas(false)) "
// A table that another one of its name hides is not what a name without a schema means.
#define OF_TABLES OF_SCHEMAS "AND c.relkind IN ('r', 'p', 'f') AND pg_table_is_visible(c.oid) "
#define BY_TABLE " ORDER BY c.relname COLLATE \"C\", c.oid"

static const struct {
    const char *sql;
    DatabaseRow *row;
} QUESTIONS[] = {
    {"SELECT c.relname::text, CASE WHEN n.nspname = current_schema() THEN '' ELSE n.nspname::text "
     "END, "
     "c.relkind::text, c.reltuples::bigint, CASE WHEN c.relkind = 'r' THEN "
     "pg_total_relation_size(c.oid) ELSE -1 END "
     "FROM pg_class c" OF_TABLES BY_TABLE,
     add_table},
    {"SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
     "pg_get_expr(d.adbin, d.adrelid), a.attgenerated <> '', a.attidentity <> '', "
     "CASE WHEN a.attcollation <> t.typcollation THEN l.collname::text END FROM pg_class c JOIN "
     "pg_attribute a ON "
     "a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type t ON t.oid = "
     "a.atttypid LEFT JOIN "
     "pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation l ON l.oid = "
     "a.attcollation" OF_TABLES BY_TABLE ", a.attnum",
     add_column},
    {"SELECT c.relname::text, x.relname::text, i.indisunique, i.indisprimary, EXISTS (SELECT 1 "
     "FROM pg_constraint k "
     "WHERE k.conindid = i.indexrelid AND k.contype IN ('u', 'x')), i.indpred IS NOT NULL, "
     "i.indisvalid, "
     "pg_get_indexdef(i.indexrelid), a.attname::text FROM pg_class c JOIN pg_index i ON i.indrelid "
     "= c.oid JOIN "
     "pg_class x ON x.oid = i.indexrelid CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH "
     "ORDINALITY AS k(number, place) "
     "LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number AND k.number > "
     "0" OF_TABLES "AND k.place <= i.indnkeyatts" BY_TABLE ", x.relname COLLATE \"C\", k.place",
     add_index_column},
    {"SELECT c.relname::text, k.conname::text, r.relname::text, k.confdeltype::text, "
     "k.confupdtype::text, "
     "a.attname::text, b.attname::text FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid "
     "AND k.contype = 'f' "
     "JOIN pg_class r ON r.oid = k.confrelid CROSS JOIN LATERAL unnest(k.conkey, k.confkey) WITH "
     "ORDINALITY AS "
     "p(own, other, place) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.own JOIN "
     "pg_attribute b ON "
     "b.attrelid = r.oid AND b.attnum = p.other" OF_TABLES BY_TABLE
     ", k.conname COLLATE \"C\", p.place",
     add_foreign_key},
    {"SELECT c.relname::text, t.tgname::text, pg_get_triggerdef(t.oid) FROM pg_class c JOIN "
     "pg_trigger t ON t.tgrelid "
     "= c.oid AND NOT t.tgisinternal" OF_TABLES BY_TABLE ", t.tgname COLLATE \"C\"",
     add_trigger},
    {"SELECT c.relname::text, pg_get_viewdef(c.oid) FROM pg_class c" OF_SCHEMAS
     "AND c.relkind IN ('v', 'm')" BY_TABLE,
     add_view},
};

bool catalog_read_postgresql(Database *database, Schema *schema) {
    for (size_t i = 0; i < sizeof QUESTIONS / sizeof *QUESTIONS; i++) {
        Reading reading = {.schema = schema};
        if (!catalog_ask(database, QUESTIONS[i].sql, NULL, 0, QUESTIONS[i].row, &reading))
            return false;
    }
    return true;
}
