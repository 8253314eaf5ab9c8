// Reading the schema. In: an open database. Out: a sorted Schema.
#include "migrate/catalog.h"

#include "base/bug.h"
#include "source/utf8.h"

enum { MOST_TEXTS = 4 };

bool catalog_is_own(Str name) { return str_starts_with(name, STR("weft_")); }

bool catalog_is_own_trigger(Str name) {
    return catalog_is_own(name) && !str_starts_with(name, STR("weft_fill_"));
}

Str catalog_text(Arena *arena, const Value *values, uint32_t number) {
    const Value *value = &values[number];
    if (value->kind == VALUE_TEXT || value->kind == VALUE_BLOB)
        return arena_copy(arena, value->text);
    StrBuf text = {0};
    if (value->kind != VALUE_NULL) value_show(&text, value);
    Str copy = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return copy;
}

int64_t catalog_integer(const Value *values, uint32_t number) {
    int64_t integer = 0;
    (void)value_as_integer(&values[number], &integer);
    return integer;
}

bool catalog_ask(Database *database, const char *sql, const Str *texts, uint32_t count,
                 DatabaseRow *row, void *context) {
    Value values[MOST_TEXTS];
    BUG_UNLESS(count <= MOST_TEXTS);
    for (uint32_t i = 0; i < count; i++) values[i] = value_text(texts[i]);
    return database_query(database, str_from(sql), values, count, row, context);
}

// ---- names ---------------------------------------------------------------------------------------

// Plans are JSON, and a name that is changed on the way names nothing.
static bool is_utf8(Str text) { return utf8_valid_length(text) == text.length; }

static bool refuse_name(const SchemaTable *table, Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E661, SPAN_NONE,
                   "a name in the table '%.*s' is no UTF-8, so no plan can hold it",
                   STR_ARG(table->name));
    diagnostic_help(diagnostics, "rename it first");
    return false;
}

static bool check_names(const Schema *schema, Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < schema->tables.count; i++) {
        const SchemaTable *table = &schema->tables.items[i];
        bool good = is_utf8(table->name);
        for (uint32_t k = 0; k < table->columns.count; k++)
            good = good && is_utf8(table->columns.items[k].name);
        for (uint32_t k = 0; k < table->indexes.count; k++)
            good = good && is_utf8(table->indexes.items[k].name);
        if (!good) return refuse_name(table, diagnostics);
    }
    return true;
}

bool catalog_read(Database *database, Schema *schema, Diagnostics *diagnostics) {
    bool good = false;
    schema->engine = database->engine;
    schema->version = arena_copy(&schema->arena, database->version);
    switch (database->engine) {
    case ENGINE_SQLITE: good = catalog_read_sqlite(database, schema); break;
    case ENGINE_POSTGRESQL: good = catalog_read_postgresql(database, schema); break;
    case ENGINE_MARIADB: good = catalog_read_mariadb(database, schema); break;
    case ENGINE_COUNT: break;
    }
    if (!good) {
        database_explain(database, "read the schema of the database", diagnostics);
        return false;
    }
    schema_sort(schema);
    return check_names(schema, diagnostics);
}

bool catalog_read_counted(Database *database, Schema *schema, Diagnostics *diagnostics) {
    if (!catalog_read(database, schema, diagnostics)) return false;
    if (database->engine != ENGINE_SQLITE || catalog_count_sqlite(database, schema)) return true;
    database_explain(database, "read the schema of the database", diagnostics);
    return false;
}
