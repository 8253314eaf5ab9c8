// In: a schema. Out: SQL that counts. Each row asks the index of the table that it refers to.
#include "migrate/references.h"

static const StrItems *targets_of(const SchemaForeignKey *key, const SchemaTable *parent) {
    return key->targets.count > 0 ? &key->targets : &parent->primary_key;
}

static bool are_the_same(const Schema *schema, const StrItems *a, const StrItems *b) {
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!schema_has_name(schema, b, a->items[i])) return false;
    return true;
}

static bool is_unique(const Schema *schema, const SchemaTable *table, const StrItems *columns) {
    if (are_the_same(schema, &table->primary_key, columns)) return true;
    for (uint32_t i = 0; i < table->indexes.count; i++) {
        const SchemaIndex *index = &table->indexes.items[i];
        if (index->unique && !index->is_partial && !index->has_expressions && are_the_same(schema, &index->columns, columns))
            return true;
    }
    return false;
}

// NOT EXISTS (SELECT 1 FROM "chats" AS weft_target WHERE weft_target."id" = "messages"."chat"): on the left is what says
// how the two are compared.
static void add_search(const Dialect *dialect, const SchemaTable *table, const SchemaForeignKey *key, const SchemaTable *parent,
                       const StrItems *targets, StrBuf *sql) {
    strbuf_add_text(sql, " AND NOT EXISTS (SELECT 1 FROM ");
    dialect_name(dialect, parent->name, sql);
    strbuf_add_text(sql, " AS weft_target WHERE ");
    for (uint32_t i = 0; i < targets->count; i++) {
        strbuf_add_text(sql, i > 0 ? " AND weft_target." : "weft_target.");
        dialect_name(dialect, targets->items[i], sql);
        strbuf_add_text(sql, " = ");
        dialect_name(dialect, table->name, sql);
        strbuf_add_char(sql, '.');
        dialect_name(dialect, key->columns.items[i], sql);
    }
    strbuf_add_char(sql, ')');
}

static bool add_key(const Dialect *dialect, const Schema *schema, const SchemaTable *table, const SchemaForeignKey *key,
                    const char *before, StrBuf *sql) {
    const SchemaTable *parent = schema_table(schema, key->table);
    const StrItems *targets = parent != NULL ? targets_of(key, parent) : NULL;
    if (key->columns.count == 0) return false;
    if (parent != NULL && (targets->count != key->columns.count || !is_unique(schema, parent, targets))) return false;
    strbuf_addf(sql, "%s(", before);
    for (uint32_t i = 0; i < key->columns.count; i++) { // a key with a NULL refers to nothing
        strbuf_add_text(sql, i > 0 ? " AND " : "");
        dialect_name(dialect, table->name, sql);
        strbuf_add_char(sql, '.');
        dialect_name(dialect, key->columns.items[i], sql);
        strbuf_add_text(sql, " IS NOT NULL");
    }
    if (parent != NULL) add_search(dialect, table, key, parent, targets, sql); // else it leads nowhere
    strbuf_add_char(sql, ')');
    return true;
}

bool references_add_lost(const Dialect *dialect, const Schema *schema, const SchemaTable *table, StrBuf *sql) {
    bool any = false;
    for (uint32_t i = 0; i < table->foreign_keys.count; i++)
        any |= add_key(dialect, schema, table, &table->foreign_keys.items[i], any ? " + " : "coalesce(sum(", sql);
    if (any) strbuf_add_text(sql, "), 0)");
    return any;
}
