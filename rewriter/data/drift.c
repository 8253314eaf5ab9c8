// Models beside a live schema.
#include "data/drift.h"

#include "base/message.h"
#include "data/target.h"

typedef struct Drift {
    const Schema *live;
    const StrItems *dimensions;
    Diagnostics *diagnostics;
    uint32_t count;
} Drift;

static void differs(Drift *drift, Span place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void differs(Drift *drift, Span place, const char *format, ...) {
    StrBuf text = {0};
    va_list arguments;
    va_start(arguments, format);
    message_addv(&text, format, arguments);
    va_end(arguments);
    diagnostic_add(drift->diagnostics, DIAGNOSTIC_W623, place, "%s", text.data);
    strbuf_release(&text);
    drift->count++;
}

// SQLite stores truths as numbers and times as texts, so its declared types say less than the classes do.
static bool types_fit(const Schema *live, TypeClass model, TypeClass found) {
    static const struct {
        TypeClass a, b;
    } fitting[] = {{TYPE_BOOLEAN, TYPE_INTEGER}, {TYPE_DATETIME, TYPE_TEXT},
                   {TYPE_DATE, TYPE_TEXT},       {TYPE_TIME, TYPE_TEXT},
                   {TYPE_JSON, TYPE_TEXT},       {TYPE_UUID, TYPE_TEXT},
                   {TYPE_UUID, TYPE_BLOB},       {TYPE_REAL, TYPE_DECIMAL},
                   {TYPE_DECIMAL, TYPE_TEXT},    {TYPE_DATETIME, TYPE_DATE}};
    if (model == found || model == TYPE_ANY || found == TYPE_ANY) return true;
    if (live->engine == ENGINE_POSTGRESQL) return false;
    for (size_t i = 0; i < sizeof fitting / sizeof *fitting; i++)
        if ((fitting[i].a == model && fitting[i].b == found) ||
            (fitting[i].b == model && fitting[i].a == found))
            return true;
    return false;
}

static void compare_columns(Drift *drift, const SchemaTable *model, const SchemaTable *table) {
    for (uint32_t i = 0; i < model->columns.count; i++) {
        const SchemaColumn *wanted = &model->columns.items[i];
        const SchemaColumn *found = schema_column(drift->live, table, wanted->name);
        if (found == NULL)
            differs(drift, wanted->place, "the table '%.*s' has no column '%.*s'",
                    STR_ARG(table->name), STR_ARG(wanted->name));
        else if (!types_fit(drift->live, wanted->type, found->type))
            differs(drift, wanted->place, "'%.*s' of '%.*s' is %.*s, and the model says %s",
                    STR_ARG(found->name), STR_ARG(table->name), STR_ARG(found->declared),
                    type_class_name(wanted->type));
        else if (wanted->nullable != KNOWN_NOT && found->nullable != KNOWN_NOT &&
                 wanted->nullable != found->nullable &&
                 !schema_has_name(drift->live, &table->primary_key, found->name))
            differs(drift, wanted->place,
                    "'%.*s' of '%.*s' %s be NULL, and the model says otherwise",
                    STR_ARG(found->name), STR_ARG(table->name),
                    message_text(found->nullable == KNOWN_YES ? "may" : "may not"));
    }
    for (uint32_t i = 0; i < table->columns.count && !model->incomplete; i++) {
        const SchemaColumn *found = &table->columns.items[i];
        if (schema_column(drift->live, model, found->name) == NULL &&
            !schema_has_name(drift->live, drift->dimensions, found->name))
            differs(drift, model->place, "the model of '%.*s' has no column '%.*s'",
                    STR_ARG(table->name), STR_ARG(found->name));
    }
}

static bool same_columns(const Schema *schema, const StrItems *a, const StrItems *b) {
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!schema_has_name(schema, b, a->items[i])) return false;
    return true;
}

static bool has_unique(const Schema *schema, const SchemaTable *table, const StrItems *columns) {
    if (same_columns(schema, &table->primary_key, columns)) return true;
    for (uint32_t i = 0; i < table->indexes.count; i++)
        if (table->indexes.items[i].unique &&
            same_columns(schema, &table->indexes.items[i].columns, columns))
            return true;
    return false;
}

// Whether weft has made the unique index one with keys in front.
static bool has_widened(const Schema *schema, const SchemaTable *table, const StrItems *columns) {
    for (uint32_t i = 0; i < table->indexes.count; i++) {
        const SchemaIndex *index = &table->indexes.items[i];
        uint32_t found = 0;
        if (!index->unique || !str_starts_with(index->name, STR("weft_uq_"))) continue;
        for (uint32_t k = 0; k < columns->count; k++)
            found += schema_has_name(schema, &index->columns, columns->items[k]);
        if (found == columns->count) return true;
    }
    return false;
}

static void compare_uniques(Drift *drift, const SchemaTable *model, const SchemaTable *table) {
    for (uint32_t i = 0; i < model->indexes.count; i++) {
        const SchemaIndex *index = &model->indexes.items[i];
        if (index->unique && !index->is_partial &&
            !has_unique(drift->live, table, &index->columns) &&
            !has_widened(drift->live, table, &index->columns))
            differs(drift, index->place, "'%.*s' of '%.*s' is not unique in the database",
                    STR_ARG(index->columns.items[0]), STR_ARG(table->name));
    }
    for (uint32_t i = 0; i < table->indexes.count && !model->incomplete; i++) {
        const SchemaIndex *index = &table->indexes.items[i];
        if (index->unique && !index->is_primary && !str_starts_with(index->name, STR("weft_")) &&
            !has_unique(drift->live, model, &index->columns))
            differs(drift, model->place,
                    "the model of '%.*s' does not have the unique index '%.*s'",
                    STR_ARG(table->name), STR_ARG(index->name));
    }
}

uint32_t drift_find(const Schema *models, const Schema *live, const StrItems *dimensions,
                    Diagnostics *diagnostics) {
    Drift drift = {live, dimensions, diagnostics, 0};
    for (uint32_t i = 0; i < models->tables.count; i++) {
        const SchemaTable *model = &models->tables.items[i];
        const SchemaTable *table = schema_table(live, model->name);
        if (table == NULL) {
            differs(&drift, model->place, "the database has no table '%.*s'", STR_ARG(model->name));
            continue;
        }
        compare_columns(&drift, model, table);
        compare_uniques(&drift, model, table);
    }
    for (uint32_t i = 0; i < live->tables.count; i++) {
        const SchemaTable *table = &live->tables.items[i];
        if (!target_is_bookkeeping(table->name) && table->kind != TABLE_SHADOW &&
            schema_table(models, table->name) == NULL)
            differs(&drift, SPAN_NONE, "no model has the table '%.*s'", STR_ARG(table->name));
    }
    return drift.count;
}
