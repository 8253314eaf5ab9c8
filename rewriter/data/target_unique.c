// What becomes of unique indexes: each gains the columns that the table gets, in front, so that every owner may
// have what another one has. Optional ones cannot be among them: NULL differs from NULL in a unique index.
#include "data/target_internal.h"

static bool same_columns(const Schema *schema, const StrItems *a, const StrItems *b) {
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!schema_has_name(schema, b, a->items[i])) return false;
    return true;
}

static const DataUnique *find_exception(const TargetMaker *maker, const TargetTable *table,
                                        const StrItems *columns) {
    for (uint32_t i = 0; table->rule != NULL && i < table->rule->unique.count; i++)
        if (same_columns(maker->target->schema, &table->rule->unique.items[i].to, columns))
            return &table->rule->unique.items[i];
    return NULL;
}

static void find_gained(const TargetMaker *maker, const TargetTable *table, const StrItems *old,
                        const DataUnique *exception, StrItems *gained) {
    for (uint32_t i = 0; i < table->keys.count; i++) {
        const TargetKey *key = &table->keys.items[i];
        bool wanted = exception != NULL ? schema_has_name(&(Schema){.engine = ENGINE_POSTGRESQL},
                                                          &exception->add, key->dimension->name)
                                        : key->is_new && !key->optional;
        if (wanted && !schema_has_name(maker->target->schema, old, key->column))
            list_add(&maker->target->arena, gained, key->column);
    }
}

static void refuse(TargetMaker *maker, const TargetTable *table, const SchemaIndex *index,
                   const char *why) {
    diagnostic_add(maker->diagnostics, DIAGNOSTIC_E626, table->rule ? table->rule->span : SPAN_NONE,
                   "the unique index '%.*s' of '%.*s' %s", STR_ARG(index->name),
                   STR_ARG(table->table->name), why);
    diagnostic_help(maker->diagnostics,
                    "make one with the keys by hand, and say `unique: [{ to: [...], add: [] }]`");
}

static void read_index(TargetMaker *maker, TargetTable *table, const SchemaIndex *index) {
    Arena *arena = &maker->target->arena;
    TargetUnique unique = {.old = index};
    const DataUnique *exception = find_exception(maker, table, &index->columns);
    if (!index->unique || index->is_primary || str_starts_with(index->name, STR("weft_"))) return;
    find_gained(maker, table, &index->columns, exception, &unique.gained);
    if (unique.gained.count == 0) return;
    if (index->is_partial || index->has_expressions) {
        refuse(maker, table, index,
               index->is_partial ? "is about some rows only" : "has expressions");
        return;
    }
    for (uint32_t i = 0; i < unique.gained.count; i++)
        list_add(arena, &unique.columns, unique.gained.items[i]);
    for (uint32_t i = 0; i < index->columns.count; i++)
        list_add(arena, &unique.columns, index->columns.items[i]);
    list_add(arena, &table->uniques, unique);
}

// A number that the database counts up says nothing of a tenant; a key that is a name would keep a second
// tenant from having the same.
static void check_primary_key(TargetMaker *maker, TargetTable *table) {
    const Schema *schema = maker->target->schema;
    const SchemaTable *row = table->table;
    if (row->primary_key.count == 0 || find_exception(maker, table, &row->primary_key) != NULL)
        return;
    for (uint32_t i = 0; i < row->primary_key.count; i++) {
        const SchemaColumn *column = schema_column(schema, row, row->primary_key.items[i]);
        if (column == NULL || column->type == TYPE_INTEGER || column->type == TYPE_UUID) return;
        for (uint32_t k = 0; k < table->keys.count; k++)
            if (!table->keys.items[k].is_new &&
                schema_same_name(schema, table->keys.items[k].column, column->name) &&
                row->primary_key.count > 1)
                return;
    }
    if (!target_has_values(table) && table->keys.count == 0) return;
    diagnostic_add(maker->diagnostics, DIAGNOSTIC_E626, table->rule ? table->rule->span : SPAN_NONE,
                   "the primary key of '%.*s' is a name that a second tenant could not have",
                   STR_ARG(row->name));
    diagnostic_help(maker->diagnostics,
                    "if names never meet, say `unique: [{ to: [%.*s], add: [] }]`",
                    STR_ARG(row->primary_key.items[0]));
}

void target_find_uniques(TargetMaker *maker, TargetTable *table) {
    for (uint32_t i = 0; i < table->table->indexes.count; i++)
        read_index(maker, table, &table->table->indexes.items[i]);
    check_primary_key(maker, table);
}
