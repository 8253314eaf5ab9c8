// Rules onto a schema. In: rules, the models they name, and the schema that is changed. Out: a decision for
// each table, in an order in which a table comes after those that it asks.
#include "data/target.h"

#include "base/path.h"
#include "data/target_internal.h"
#include "program/name.h"

void target_release(Target *target) { arena_release(&target->arena); }

const TargetTable *target_table(const Target *target, Str name) {
    for (uint32_t i = 0; i < target->tables.count; i++)
        if (schema_same_name(target->schema, target->tables.items[i].table->name, name))
            return &target->tables.items[i];
    return NULL;
}

const TargetKey *target_key(const TargetTable *table, Str dimension) {
    for (uint32_t i = 0; i < table->keys.count; i++)
        if (str_equal(table->keys.items[i].dimension->name, dimension))
            return &table->keys.items[i];
    return NULL;
}

bool target_has_values(const TargetTable *table) {
    for (uint32_t i = 0; i < table->keys.count; i++)
        if (target_key_is_filled(&table->keys.items[i])) return true;
    return false;
}

bool target_is_bookkeeping(Str name) {
    static const char *const names[] = {"alembic_version", "django_migrations", "aerich",
                                        "_litestream_lock", "_litestream_seq"};
    if (str_starts_with(name, STR("weft_")) || str_starts_with(name, STR("sqlite_"))) return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i])) return true;
    return false;
}

// ---- which rule is about which table -------------------------------------------------------------

bool target_is_of_project(const TargetMaker *maker, Span place) {
    const SourceFile *file = source_file(maker->input->sources, place.file);
    return str_is(path_basename(file->path), "weft.yml");
}

// The model that RULE names; NULL when the tree has none.
static const SchemaTable *find_model(const TargetMaker *maker, const DataTableRule *rule) {
    const Schema *models = maker->input->models;
    for (uint32_t i = 0; i < models->tables.count; i++)
        if (program_is_named(maker->input->program, rule->name, models->tables.items[i].model))
            return &models->tables.items[i];
    return NULL;
}

static void report_absent(TargetMaker *maker, const DataTableRule *rule, Str table) {
    bool is_own = target_is_of_project(maker, rule->span);
    if (table.length > 0)
        diagnostic_add(maker->diagnostics, is_own ? DIAGNOSTIC_E624 : DIAGNOSTIC_W408, rule->span,
                       "the database has no table '%.*s'", STR_ARG(table));
    else
        diagnostic_add(maker->diagnostics, is_own ? DIAGNOSTIC_E624 : DIAGNOSTIC_W408, rule->span,
                       "the tree has no model '%.*s'", STR_ARG(rule->name));
}

// The decision that RULE is about; NULL when there is no such table.
static TargetTable *table_of_rule(TargetMaker *maker, const DataTableRule *rule) {
    const SchemaTable *model = rule->is_model ? find_model(maker, rule) : NULL;
    Str name = rule->is_model ? (model ? model->name : STR_NONE) : rule->name;
    TargetTable *table = name.length ? (TargetTable *)target_table(maker->target, name) : NULL;
    if (table == NULL) report_absent(maker, rule, name);
    return table;
}

static void assign_rules(TargetMaker *maker) {
    const DataRule *rules = maker->target->rules;
    for (uint32_t i = 0; i < rules->tables.count; i++) {
        const DataTableRule *rule = &rules->tables.items[i];
        TargetTable *table = table_of_rule(maker, rule);
        if (table == NULL) continue;
        if (table->rule != NULL) {
            diagnostic_add(maker->diagnostics, DIAGNOSTIC_E627, rule->span,
                           "another rule is about the table '%.*s'", STR_ARG(table->table->name));
            diagnostic_relate(maker->diagnostics, table->rule->span, "it is here");
            continue;
        }
        table->rule = rule;
        table->is_shared = rule->is_shared;
    }
}

static void add_default_keys(TargetMaker *maker, TargetTable *table) {
    const DataRule *rules = maker->target->rules;
    for (uint32_t i = 0; i < rules->dimensions.count; i++) {
        const DataDimension *dimension = &rules->dimensions.items[i];
        if (!dimension->has_default) continue;
        list_add(&maker->target->arena, &table->keys,
                 ((TargetKey){.dimension = dimension,
                              .column = dimension->name,
                              .is_new = true,
                              .is_there = schema_column(maker->target->schema, table->table,
                                                        dimension->name) != NULL,
                              .is_constant = true,
                              .constant = dimension->default_text,
                              .span = dimension->span}));
    }
}

// Tables without a rule.
static void assign_others(TargetMaker *maker) {
    const DataRule *rules = maker->target->rules;
    for (uint32_t i = 0; i < maker->target->tables.count; i++) {
        TargetTable *table = &maker->target->tables.items[i];
        if (table->rule != NULL) continue;
        if (rules->others == OTHERS_DEFAULT && table->table->kind == TABLE_ORDINARY) {
            add_default_keys(maker, table);
            continue;
        }
        table->is_shared = true;
        if (rules->others == OTHERS_SHARED || table->table->kind == TABLE_SHADOW) continue;
        diagnostic_add(maker->diagnostics, DIAGNOSTIC_E625, table->table->place,
                       "no rule says whose the rows of '%.*s' are", STR_ARG(table->table->name));
        diagnostic_help(maker->diagnostics,
                        "add an entry to `data: tables:`, or say `others: shared`");
    }
}

// ---- order ---------------------------------------------------------------------------------------

enum { VISIT_OPEN = 1, VISIT_DONE = 2 };

// Each table asks at most one, so a chain is followed by a loop.
static void put_in_order(TargetMaker *maker, TargetTable *table) {
    TargetTable *chain[64];
    uint32_t length = 0;
    while (table != NULL && table->visited == 0 && length < 64) {
        table->visited = VISIT_OPEN;
        chain[length++] = table;
        table = (TargetTable *)table->asked;
    }
    if (table != NULL && table->visited == VISIT_OPEN)
        diagnostic_add(maker->diagnostics, DIAGNOSTIC_E627, table->rule->from.span,
                       "'%.*s' asks a table that asks it in turn", STR_ARG(table->table->name));
    else if (table != NULL && table->visited == 0)
        diagnostic_add(maker->diagnostics, DIAGNOSTIC_E627, table->rule->from.span,
                       "tables ask each other over more than 64 steps");
    while (length > 0) {
        TargetTable *next = chain[--length];
        next->visited = VISIT_DONE;
        list_add(&maker->target->arena, &maker->target->ordered, next);
    }
}

bool target_make(const TargetInput *input, Target *target, Diagnostics *diagnostics) {
    uint32_t errors = diagnostics->error_count;
    TargetMaker maker = {input, target, diagnostics};
    target->schema = input->schema;
    target->rules = &input->rules->data;
    for (uint32_t i = 0; i < input->schema->tables.count; i++) {
        const SchemaTable *table = &input->schema->tables.items[i];
        if (!target_is_bookkeeping(table->name))
            list_add(&target->arena, &target->tables, ((TargetTable){.table = table}));
    }
    assign_rules(&maker);
    assign_others(&maker);
    for (uint32_t i = 0; i < target->tables.count; i++)
        if (!target->tables.items[i].is_shared) target_find_asked(&maker, &target->tables.items[i]);
    if (diagnostics->error_count > errors) return false;
    for (uint32_t i = 0; i < target->tables.count; i++)
        put_in_order(&maker, &target->tables.items[i]);
    if (diagnostics->error_count > errors) return false;
    for (uint32_t i = 0; i < target->ordered.count; i++)
        if (!target->ordered.items[i]->is_shared) target_resolve(&maker, target->ordered.items[i]);
    return diagnostics->error_count == errors;
}
