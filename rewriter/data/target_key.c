// Where the keys of a table come from: a column that is there, a constant, an expression, another table, or a
// file of owners.
#include "data/target_internal.h"

// E624 when TABLE has no column NAME, which the rule says at SPAN.
static const SchemaColumn *demand_column(TargetMaker *maker, const SchemaTable *table, Str name,
                                         Span span) {
    const SchemaColumn *column = schema_column(maker->target->schema, table, name);
    if (column == NULL && !table->incomplete)
        diagnostic_add(maker->diagnostics, DIAGNOSTIC_E624, span,
                       "the table '%.*s' has no column '%.*s'", STR_ARG(table->name),
                       STR_ARG(name));
    return column;
}

// ---- look-ups ------------------------------------------------------------------------------------

// Whether at most one row of TABLE has a value of COLUMN, as far as the engine guards it.
static bool is_unique(const Schema *schema, const SchemaTable *table, Str column) {
    if (table->primary_key.count == 1 &&
        schema_same_name(schema, table->primary_key.items[0], column))
        return true;
    for (uint32_t i = 0; i < table->indexes.count; i++) {
        const SchemaIndex *index = &table->indexes.items[i];
        if (index->unique && !index->is_partial && !index->has_expressions &&
            index->columns.count == 1 && schema_same_name(schema, index->columns.items[0], column))
            return true;
    }
    return false;
}

// When the old unique index went in `contract`, the new one has the column behind the keys.
static bool was_unique(const Schema *schema, const SchemaTable *table, Str column) {
    for (uint32_t i = 0; i < table->indexes.count; i++) {
        const SchemaIndex *index = &table->indexes.items[i];
        if (index->unique && str_starts_with(index->name, STR("weft_uq_")) &&
            index->columns.count > 0 &&
            schema_same_name(schema, index->columns.items[index->columns.count - 1], column))
            return true;
    }
    return false;
}

void target_find_asked(TargetMaker *maker, TargetTable *table) {
    const Schema *schema = maker->target->schema;
    const DataLookup *from = table->rule ? &table->rule->from : NULL;
    if (from == NULL || from->table.length == 0) return;
    const TargetTable *asked = target_table(maker->target, from->table);
    if (asked == NULL) {
        diagnostic_add(maker->diagnostics, DIAGNOSTIC_E624, from->span,
                       "the database has no table '%.*s' to ask", STR_ARG(from->table));
        return;
    }
    demand_column(maker, table->table, from->own, from->span);
    const SchemaColumn *other = demand_column(maker, asked->table, from->other, from->span);
    if (other != NULL && !is_unique(schema, asked->table, from->other) &&
        !was_unique(schema, asked->table, from->other)) {
        diagnostic_add(maker->diagnostics, DIAGNOSTIC_E627, from->span,
                       "several rows of '%.*s' may have the same '%.*s'", STR_ARG(from->table),
                       STR_ARG(from->other));
        diagnostic_note(
            maker->diagnostics,
            "no unique index is on that column alone, so that a row could find two owners");
    }
    table->asked = asked;
}

// ---- one key -------------------------------------------------------------------------------------

static bool takes(const DataTableRule *rule, Str dimension) {
    for (uint32_t i = 0; rule != NULL && i < rule->from.take.count; i++)
        if (str_equal(rule->from.take.items[i], dimension)) return true;
    return false;
}

static const DataSetting *find_setting(const TargetMaker *maker, const DataTableRule *rule,
                                       Str dimension) {
    for (uint32_t i = 0; i < rule->set.count; i++)
        if (str_equal(maker->target->rules->dimensions.items[rule->set.items[i].dimension].name,
                      dimension))
            return &rule->set.items[i];
    return NULL;
}

// Columns of expressions are of the table or of the one that it asks.
static void check_columns(TargetMaker *maker, const TargetTable *table,
                          const DataExpression *value) {
    if (value->kind == EXPRESSION_COLUMN && value->table.length == 0)
        demand_column(maker, table->table, value->text, value->span);
    if (value->kind == EXPRESSION_COLUMN && value->table.length > 0) {
        if (table->asked != NULL &&
            schema_same_name(maker->target->schema, table->asked->table->name, value->table))
            demand_column(maker, table->asked->table, value->text, value->span);
        else
            diagnostic_add(maker->diagnostics, DIAGNOSTIC_E627, value->span,
                           "'%.*s' is not the table of 'from'", STR_ARG(value->table));
    }
    for (const DataExpression *child = value->first; child != NULL; child = child->next)
        check_columns(maker, table, child);
}

static bool has_owners(const TargetTable *table, Str dimension) {
    for (uint32_t i = 1; i < table->owners.columns.count; i++)
        if (str_equal(table->owners.columns.items[i], dimension)) return true;
    return false;
}

static void set_constant(TargetKey *key, Str text) {
    key->is_constant = !key->has_owners;
    key->constant = text;
}

// What is found through a table whose key is constant is that constant, also for a row that finds nothing,
// when its default is the same.
static void take_key(TargetMaker *maker, TargetTable *table, TargetKey *key) {
    const TargetKey *asked = target_key(table->asked, key->dimension->name);
    if (asked == NULL) {
        diagnostic_add(maker->diagnostics, DIAGNOSTIC_E627, table->rule->from.span,
                       "'%.*s' has no key '%.*s' that could be taken",
                       STR_ARG(table->asked->table->name), STR_ARG(key->dimension->name));
        return;
    }
    key->is_taken = true;
    bool same = asked->is_constant && table->rule->orphans == ORPHANS_DEFAULT &&
                key->dimension->has_default &&
                str_equal(asked->constant, key->dimension->default_text) && !key->optional;
    if (same) set_constant(key, asked->constant);
}

static void find_source(TargetMaker *maker, TargetTable *table, TargetKey *key) {
    const DataDimension *dimension = key->dimension;
    const DataSetting *setting = find_setting(maker, table->rule, dimension->name);
    key->has_owners = has_owners(table, dimension->name);
    if (takes(table->rule, dimension->name)) {
        take_key(maker, table, key);
    } else if (setting != NULL) {
        check_columns(maker, table, setting->value);
        key->value = setting->value;
        if (setting->value->kind == EXPRESSION_TEXT) set_constant(key, setting->value->text);
    } else if (dimension->has_default) {
        set_constant(key, dimension->default_text);
    } else if (!key->has_owners) {
        diagnostic_add(maker->diagnostics, DIAGNOSTIC_E627, key->span,
                       "nothing says what '%.*s' is for the rows of '%.*s'",
                       STR_ARG(dimension->name), STR_ARG(table->table->name));
        diagnostic_help(maker->diagnostics,
                        "give the dimension a 'default', or the table a 'set' or 'from'");
    }
}

// A column of weft's is one that no model has, or that an index of weft's names: a column of somebody else
// with the same name may mean something else.
static bool is_ours(const TargetMaker *maker, const SchemaTable *table, Str column) {
    const Schema *schema = maker->target->schema;
    const SchemaTable *model = schema_table(maker->input->models, table->name);
    if (schema != maker->input->models &&
        (model == NULL || schema_column(schema, model, column) == NULL))
        return true;
    for (uint32_t i = 0; i < table->indexes.count; i++)
        if (str_starts_with(table->indexes.items[i].name, STR("weft_")) &&
            schema_has_name(schema, &table->indexes.items[i].columns, column))
            return true;
    return false;
}

// A column that says it already, of a version of the program that is not this one.
static bool is_of_other_version(TargetMaker *maker, const TargetTable *table, const DataKey *rule) {
    if (rule->column.length == 0 || target_is_of_project(maker, rule->span) ||
        schema_column(maker->target->schema, table->table, rule->column) != NULL)
        return false;
    diagnostic_add(maker->diagnostics, DIAGNOSTIC_W408, rule->span,
                   "the table '%.*s' has no column '%.*s'", STR_ARG(table->table->name),
                   STR_ARG(rule->column));
    return true;
}

static void add_key(TargetMaker *maker, TargetTable *table, const DataKey *rule) {
    TargetKey key = {.dimension = &maker->target->rules->dimensions.items[rule->dimension],
                     .rule = rule,
                     .is_new = rule->column.length == 0,
                     .optional = rule->optional,
                     .span = rule->span};
    if (is_of_other_version(maker, table, rule)) return;
    key.column = key.is_new ? key.dimension->name : rule->column;
    if (!key.is_new) {
        key.is_there = demand_column(maker, table->table, key.column, rule->span) != NULL;
    } else {
        key.is_there = schema_column(maker->target->schema, table->table, key.column) != NULL;
        if (key.is_there && !is_ours(maker, table->table, key.column)) {
            diagnostic_add(maker->diagnostics, DIAGNOSTIC_E627, rule->span,
                           "the table '%.*s' has a column '%.*s' already",
                           STR_ARG(table->table->name), STR_ARG(key.column));
            diagnostic_help(maker->diagnostics,
                            "if it says what the dimension means, write `{ %.*s: existing }`",
                            STR_ARG(key.column));
            return;
        }
        find_source(maker, table, &key);
    }
    list_add(&maker->target->arena, &table->keys, key);
}

// ---- batches -------------------------------------------------------------------------------------

static bool is_null_free(const Schema *schema, const SchemaTable *table, const StrItems *columns) {
    for (uint32_t i = 0; i < columns->count; i++) {
        const SchemaColumn *column = schema_column(schema, table, columns->items[i]);
        if (column == NULL || column->nullable != KNOWN_NO) return false;
    }
    return columns->count > 0;
}

// A primary key of SQLite, unlike that of others, does not keep NULL out: no range of keys has such a row.
static bool may_be_null(const Schema *schema, const SchemaTable *table, const StrItems *columns) {
    for (uint32_t i = 0; i < columns->count; i++) {
        const SchemaColumn *column = schema_column(schema, table, columns->items[i]);
        if (column != NULL && column->nullable == KNOWN_YES) return true;
    }
    return false;
}

// What the number of a row of SQLite is called: any of three names that no column has taken. Empty when all are taken.
static Str rowid_name(const Schema *schema, const SchemaTable *table) {
    static const char *const NAMES[] = {"rowid", "_rowid_", "oid"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        if (schema_column(schema, table, str_from(NAMES[i])) == NULL) return str_from(NAMES[i]);
    return STR_NONE;
}

// SQLite's rows have a number of their own unless the table says WITHOUT ROWID.
static void find_row_key(TargetMaker *maker, TargetTable *table) {
    const Schema *schema = maker->target->schema;
    const SchemaTable *row = table->table;
    const SchemaColumn *only =
        row->primary_key.count == 1 ? schema_column(schema, row, row->primary_key.items[0]) : NULL;
    bool is_sqlite = schema->engine == ENGINE_SQLITE && !row->without_rowid;
    Str number = is_sqlite ? rowid_name(schema, row) : STR_NONE;
    if (number.length > 0 && (only == NULL || only->type != TYPE_INTEGER || only->nullable == KNOWN_YES)) {
        list_add(&maker->target->arena, &table->row_key, number);
        return;
    }
    if (!may_be_null(schema, row, &row->primary_key)) table->row_key = row->primary_key;
    for (uint32_t i = 0; table->row_key.count == 0 && i < row->indexes.count; i++) {
        const SchemaIndex *index = &row->indexes.items[i];
        if (index->unique && !index->is_partial && !index->has_expressions &&
            is_null_free(schema, row, &index->columns))
            table->row_key = index->columns;
    }
    if (table->row_key.count == 0 && target_has_values(table)) {
        diagnostic_add(maker->diagnostics, DIAGNOSTIC_E626,
                       table->rule ? table->rule->span : SPAN_NONE,
                       "the table '%.*s' has no key, so its rows cannot be filled in slices",
                       STR_ARG(row->name));
        diagnostic_help(maker->diagnostics,
                        "give it a primary key, or a unique index on columns that are NOT NULL");
    }
}

static bool is_new_key(const TargetMaker *maker, const DataTableRule *rule, Str dimension) {
    for (uint32_t i = 0; i < rule->keys.count; i++)
        if (str_equal(maker->target->rules->dimensions.items[rule->keys.items[i].dimension].name,
                      dimension))
            return rule->keys.items[i].column.length == 0;
    return false;
}

// The file's columns must be the table's one and dimensions that it gets.
static void read_owners(TargetMaker *maker, TargetTable *table) {
    const DataOwners *rule = &table->rule->owners;
    demand_column(maker, table->table, rule->column, rule->span);
    if (!owners_read(maker->input->root, rule, &maker->target->arena, &table->owners,
                     maker->diagnostics))
        return;
    for (uint32_t i = 1; i < table->owners.columns.count; i++)
        if (!is_new_key(maker, table->rule, table->owners.columns.items[i]))
            diagnostic_add(maker->diagnostics, DIAGNOSTIC_E627, rule->span,
                           "column '%.*s' of '%.*s' is no dimension that the table gets",
                           STR_ARG(table->owners.columns.items[i]), STR_ARG(rule->file));
}

// A batch that goes wrong is taken back, and a crash takes it back: not here.
static void demand_transactions(TargetMaker *maker, const TargetTable *table) {
    if (!table->table->keeps_all || !target_has_values(table)) return;
    diagnostic_add(maker->diagnostics, DIAGNOSTIC_E626, table->rule ? table->rule->span : SPAN_NONE,
                   "the table '%.*s' has no transactions, so a batch that goes wrong could not be taken back",
                   STR_ARG(table->table->name));
    diagnostic_help(maker->diagnostics, "`ALTER TABLE .. ENGINE = InnoDB` first");
}

void target_resolve(TargetMaker *maker, TargetTable *table) {
    if (table->table->kind == TABLE_VIRTUAL || table->table->kind == TABLE_FOREIGN) {
        diagnostic_add(
            maker->diagnostics, DIAGNOSTIC_E626, table->rule ? table->rule->span : SPAN_NONE,
            "'%.*s' is no ordinary table: it can take no columns", STR_ARG(table->table->name));
        return;
    }
    if (table->rule != NULL && table->rule->owners.file.length > 0) read_owners(maker, table);
    for (uint32_t i = 0; table->rule != NULL && i < table->rule->keys.count; i++)
        add_key(maker, table, &table->rule->keys.items[i]);
    find_row_key(maker, table);
    demand_transactions(maker, table);
    target_find_uniques(maker, table);
}
