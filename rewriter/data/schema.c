// Schemas: order, names, digests, and what types stand for.
#include "data/schema.h"

#include <stdlib.h>
#include <strings.h>

static const char *const type_names[TYPE_CLASS_COUNT] = {
    [TYPE_ANY] = "any",           [TYPE_BOOLEAN] = "boolean", [TYPE_INTEGER] = "integer",
    [TYPE_REAL] = "real",         [TYPE_DECIMAL] = "decimal", [TYPE_TEXT] = "text",
    [TYPE_BLOB] = "blob",         [TYPE_DATE] = "date",       [TYPE_TIME] = "time",
    [TYPE_DATETIME] = "datetime", [TYPE_JSON] = "json",       [TYPE_UUID] = "uuid",
};

const char *type_class_name(TypeClass type) { return type_names[type]; }

bool type_class_find(Str name, TypeClass *type) {
    for (int i = 0; i < TYPE_CLASS_COUNT; i++) {
        if (!str_is(name, type_names[i])) continue;
        *type = (TypeClass)i;
        return true;
    }
    return false;
}

// A word that a declared type may contain, and its class; the first that it contains decides.
typedef struct TypeWord {
    const char *word;
    TypeClass type;
} TypeWord;

static const TypeWord type_words[] = {
    {"json", TYPE_JSON},          {"uuid", TYPE_UUID},         {"bool", TYPE_BOOLEAN},
    {"tinyint(1)", TYPE_BOOLEAN}, {"datetime", TYPE_DATETIME}, {"timestamp", TYPE_DATETIME},
    {"interval", TYPE_ANY},       {"point", TYPE_ANY},         {"date", TYPE_DATE},
    {"time", TYPE_TIME},          {"int", TYPE_INTEGER},       {"serial", TYPE_INTEGER},
    {"char", TYPE_TEXT},          {"text", TYPE_TEXT},         {"clob", TYPE_TEXT},
    {"enum", TYPE_TEXT},          {"blob", TYPE_BLOB},         {"binary", TYPE_BLOB},
    {"bytea", TYPE_BLOB},         {"real", TYPE_REAL},         {"float", TYPE_REAL},
    {"double", TYPE_REAL},        {"decimal", TYPE_DECIMAL},   {"numeric", TYPE_DECIMAL},
};

static bool contains_word(Str text, const char *word) {
    size_t length = str_from(word).length;
    for (size_t at = 0; at + length <= text.length; at++)
        if (strncasecmp(text.data + at, word, length) == 0) return true;
    return false;
}

TypeClass type_class_of(Str declared) {
    for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++)
        if (contains_word(declared, type_words[i].word)) return type_words[i].type;
    return TYPE_ANY;
}

// ---- order and names -----------------------------------------------------------------------------

static int compare_tables(const void *left, const void *right) {
    const SchemaTable *a = left, *b = right;
    int order = str_compare(a->schema, b->schema);
    return order != 0 ? order : str_compare(a->name, b->name);
}

static int compare_items(const StrItems *a, const StrItems *b) {
    for (uint32_t i = 0; i < a->count && i < b->count; i++) {
        int order = str_compare(a->items[i], b->items[i]);
        if (order != 0) return order;
    }
    return a->count < b->count ? -1 : a->count > b->count;
}

// Indexes and foreign keys of the code may have no name: their columns decide then.
static int compare_indexes(const void *left, const void *right) {
    const SchemaIndex *a = left, *b = right;
    int order = str_compare(a->name, b->name);
    return order != 0 ? order : compare_items(&a->columns, &b->columns);
}

static int compare_foreign_keys(const void *left, const void *right) {
    const SchemaForeignKey *a = left, *b = right;
    int order = str_compare(a->name, b->name);
    return order != 0 ? order : compare_items(&a->columns, &b->columns);
}

static int compare_triggers(const void *left, const void *right) {
    return str_compare(((const SchemaTrigger *)left)->name, ((const SchemaTrigger *)right)->name);
}

static int compare_views(const void *left, const void *right) {
    return str_compare(((const SchemaView *)left)->name, ((const SchemaView *)right)->name);
}

// qsort must not be given a NULL array.
#define SORT(list, compare)                                                                        \
    ((list)->count > 1 ? qsort((list)->items, (list)->count, sizeof *(list)->items, (compare))     \
                       : (void)0)

void schema_sort(Schema *schema) {
    SORT(&schema->tables, compare_tables);
    SORT(&schema->views, compare_views);
    for (uint32_t i = 0; i < schema->tables.count; i++) {
        SchemaTable *table = &schema->tables.items[i];
        SORT(&table->indexes, compare_indexes);
        SORT(&table->foreign_keys, compare_foreign_keys);
        SORT(&table->triggers, compare_triggers);
    }
}

bool schema_same_name(const Schema *schema, Str a, Str b) {
    if (schema->engine == ENGINE_POSTGRESQL) return str_equal(a, b);
    return a.length == b.length && (a.length == 0 || strncasecmp(a.data, b.data, a.length) == 0);
}

const SchemaTable *schema_table(const Schema *schema, Str name) {
    for (uint32_t i = 0; i < schema->tables.count; i++)
        if (schema_same_name(schema, schema->tables.items[i].name, name))
            return &schema->tables.items[i];
    return NULL;
}

const SchemaColumn *schema_column(const Schema *schema, const SchemaTable *table, Str name) {
    for (uint32_t i = 0; i < table->columns.count; i++)
        if (schema_same_name(schema, table->columns.items[i].name, name))
            return &table->columns.items[i];
    return NULL;
}

bool schema_has_name(const Schema *schema, const StrItems *items, Str name) {
    for (uint32_t i = 0; i < items->count; i++)
        if (schema_same_name(schema, items->items[i], name)) return true;
    return false;
}

void schema_release(Schema *schema) { arena_release(&schema->arena); }

// ---- the digest ----------------------------------------------------------------------------------
// Each text goes in with its length, so that no two schemas give the same bytes.

static void add_text(StrBuf *out, Str text) {
    strbuf_addf(out, "%zu:", text.length);
    strbuf_add(out, text);
}

static void add_items(StrBuf *out, const StrItems *items) {
    strbuf_addf(out, "[%u]", items->count);
    for (uint32_t i = 0; i < items->count; i++) add_text(out, items->items[i]);
}

static void add_column(StrBuf *out, const SchemaColumn *column) {
    add_text(out, column->name);
    add_text(out, column->declared);
    strbuf_addf(out, "%d%d%d%d%d", (int)column->type, (int)column->nullable,
                (int)column->has_default, column->generated, column->identity);
    add_text(out, column->default_text);
    add_text(out, column->collation);
}

static void add_index(StrBuf *out, const SchemaIndex *index) {
    add_text(out, index->name);
    strbuf_addf(out, "%d%d%d%d%d%d", index->unique, index->is_constraint, index->is_primary,
                index->is_partial, index->has_expressions, index->is_valid);
    add_items(out, &index->columns);
    add_text(out, index->sql);
}

static void add_foreign_key(StrBuf *out, const SchemaForeignKey *key) {
    add_text(out, key->name);
    add_items(out, &key->columns);
    add_text(out, key->table);
    add_items(out, &key->targets);
    add_text(out, key->on_delete);
    add_text(out, key->on_update);
}

static void add_table(StrBuf *out, const SchemaTable *table) {
    add_text(out, table->schema);
    add_text(out, table->name);
    strbuf_addf(out, "%d%d%d[%u]", (int)table->kind, table->without_rowid, table->strict,
                table->columns.count);
    for (uint32_t i = 0; i < table->columns.count; i++) add_column(out, &table->columns.items[i]);
    add_items(out, &table->primary_key);
    strbuf_addf(out, "[%u]", table->indexes.count);
    for (uint32_t i = 0; i < table->indexes.count; i++) add_index(out, &table->indexes.items[i]);
    strbuf_addf(out, "[%u]", table->foreign_keys.count);
    for (uint32_t i = 0; i < table->foreign_keys.count; i++)
        add_foreign_key(out, &table->foreign_keys.items[i]);
    strbuf_addf(out, "[%u]", table->triggers.count);
    for (uint32_t i = 0; i < table->triggers.count; i++) {
        add_text(out, table->triggers.items[i].name);
        add_text(out, table->triggers.items[i].sql);
    }
    add_text(out, table->sql);
}

Digest schema_digest(const Schema *schema) {
    StrBuf out = {0};
    strbuf_addf(&out, "%d[%u]", (int)schema->engine, schema->tables.count);
    for (uint32_t i = 0; i < schema->tables.count; i++) add_table(&out, &schema->tables.items[i]);
    strbuf_addf(&out, "[%u]", schema->views.count);
    for (uint32_t i = 0; i < schema->views.count; i++) {
        add_text(&out, schema->views.items[i].name);
        add_text(&out, schema->views.items[i].sql);
    }
    Digest digest = digest_of(strbuf_str(&out));
    strbuf_release(&out);
    return digest;
}
