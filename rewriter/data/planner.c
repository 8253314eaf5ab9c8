// Walks the tables of a target, phase by phase. A table that another one asks comes first.
#include "data/planner.h"

#include <ctype.h>

#include "data/planner_internal.h"

// ---- steps ---------------------------------------------------------------------------------------

static Str step_id(Planner *planner, Phase phase, Str table, const char *what) {
    StrBuf id = {0};
    strbuf_addf(&id, "%s-", phase_name(phase));
    for (size_t i = 0; i < table.length && i < 80; i++) {
        char c = (char)tolower((unsigned char)table.data[i]);
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        strbuf_add_char(&id, good ? c : '-');
    }
    strbuf_addf(&id, "-%s", what);
    Str made = strbuf_str(&id);
    for (unsigned number = 2; intern_find(planner->ids, made).index != 0; number++)
        made = arena_format(planner->arena, "%.*s-%u", STR_ARG(strbuf_str(&id)), number);
    intern(planner->ids, made);
    made = arena_copy(planner->arena, made);
    strbuf_release(&id);
    return made;
}

Step *planner_step(Planner *planner, Phase phase, StepKind kind, Str table, const char *what,
                   const char *title, ...) {
    StrBuf text = {0};
    va_list arguments;
    va_start(arguments, title);
    strbuf_addv(&text, title, arguments);
    va_end(arguments);
    Step *step = list_push(planner->arena, &planner->plan->steps);
    *step = (Step){.id = step_id(planner, phase, table, what),
                   .phase = phase,
                   .kind = kind,
                   .table = arena_copy(planner->arena, table),
                   .title = planner_take(planner, &text),
                   .estimate = {-1, -1, -1}};
    return step;
}

Str planner_take(Planner *planner, StrBuf *text) {
    Str kept = arena_copy(planner->arena, strbuf_str(text));
    strbuf_release(text);
    return kept;
}

// ---- what is there -------------------------------------------------------------------------------

StrItems planner_new_columns(Planner *planner, const TargetTable *table, bool optional) {
    StrItems columns = {0};
    for (uint32_t i = 0; i < table->keys.count; i++) {
        const TargetKey *key = &table->keys.items[i];
        if (key->is_new && (optional || !key->optional))
            list_add(planner->arena, &columns, key->column);
    }
    return columns;
}

StrItems planner_missing(Planner *planner, const TargetTable *table) {
    StrItems columns = {0};
    for (uint32_t i = 0; i < table->keys.count; i++) {
        const TargetKey *key = &table->keys.items[i];
        if (key->is_new && !key->is_there) list_add(planner->arena, &columns, key->column);
    }
    return columns;
}

const SchemaIndex *planner_index(const Planner *planner, const TargetTable *table, Str name) {
    for (uint32_t i = 0; i < table->table->indexes.count; i++)
        if (schema_same_name(planner->schema, table->table->indexes.items[i].name, name) &&
            table->table->indexes.items[i].is_valid)
            return &table->table->indexes.items[i];
    return NULL;
}

bool planner_has_trigger(const TargetTable *table, Str name) {
    for (uint32_t i = 0; i < table->table->triggers.count; i++)
        if (str_equal(table->table->triggers.items[i].name, name)) return true;
    return false;
}

// A millisecond's work of a machine of today, as tests/bench/data.py measures it (locks): to go to the next row, to come by a
// byte of it, and to put a key in its place.
enum { LOCK_BEGINS = 5, ROWS_SEEN = 8000, BYTES_PASSED = 1500000, KEYS_SORTED = 600 };

int64_t planner_scan_lock(const SchemaTable *table) {
    if (table->rows < 0) return -1;
    int64_t passed = table->width > 0 && table->rows > INT64_MAX / table->width ? INT64_MAX : table->rows * table->width;
    return LOCK_BEGINS + table->rows / ROWS_SEEN + passed / BYTES_PASSED;
}

int64_t planner_index_lock(const SchemaTable *table) {
    return table->rows < 0 ? -1 : planner_scan_lock(table) + table->rows / KEYS_SORTED;
}

Str planner_keep_name(Planner *planner, const TargetTable *table) {
    return value_object_name(planner->arena, "weft_keep_", table->table->name, NULL);
}

Str planner_index_name(Planner *planner, const TargetTable *table) {
    StrItems columns = planner_new_columns(planner, table, true);
    return value_object_name(planner->arena, "weft_ix_", table->table->name, &columns);
}

Str planner_unique_name(Planner *planner, const TargetTable *table, const TargetUnique *unique) {
    return value_object_name(planner->arena, "weft_uq_", table->table->name, &unique->old->columns);
}

Str planner_plain_name(Planner *planner, const TargetTable *table, const TargetUnique *unique) {
    return value_object_name(planner->arena, "weft_ix_", table->table->name, &unique->old->columns);
}

Str planner_trigger_name(Planner *planner, const TargetTable *table) {
    return value_object_name(planner->arena, "weft_fill_", table->table->name, NULL);
}

// Whether INDEX begins with COLUMNS.
static bool leads(const Planner *planner, const StrItems *index, const StrItems *columns) {
    if (index->count < columns->count) return false;
    for (uint32_t i = 0; i < columns->count; i++)
        if (!schema_same_name(planner->schema, index->items[i], columns->items[i])) return false;
    return true;
}

bool planner_needs_index(Planner *planner, const TargetTable *table) {
    StrItems columns = planner_new_columns(planner, table, true);
    for (uint32_t i = 0; i < table->uniques.count; i++)
        if (leads(planner, &table->uniques.items[i].columns, &columns)) return false;
    for (uint32_t i = 0; i < table->table->indexes.count; i++) {
        const SchemaIndex *index = &table->table->indexes.items[i];
        if (index->is_valid && !index->is_partial && leads(planner, &index->columns, &columns))
            return false;
    }
    return true;
}

bool planner_is_finished(Planner *planner, const TargetTable *table) {
    return planner_missing(planner, table).count == 0 && table->uniques.count == 0 &&
           !planner_needs_index(planner, table) &&
           planner_index(planner, table, planner_keep_name(planner, table)) == NULL &&
           !planner_has_trigger(table, planner_trigger_name(planner, table));
}

// ---- the plan ------------------------------------------------------------------------------------

static void add_dimensions(Planner *planner) {
    const DataRule *rules = planner->target->rules;
    for (uint32_t i = 0; i < rules->dimensions.count; i++) {
        const DataDimension *dimension = &rules->dimensions.items[i];
        list_add(planner->arena, &planner->plan->dimensions,
                 ((Dimension){arena_copy(planner->arena, dimension->name), TYPE_TEXT,
                              dimension->has_default,
                              arena_copy(planner->arena, dimension->default_text)}));
    }
}

static void add_table(Planner *planner, const TargetTable *table) {
    PlannedTable *planned = list_push(planner->arena, &planner->plan->tables);
    *planned = (PlannedTable){
        .name = arena_copy(planner->arena, table->table->name),
        .model = arena_copy(planner->arena,
                            table->rule && table->rule->is_model ? table->rule->name : STR_NONE),
        .ownership = table->is_shared ? SHARED : OWNED,
        .rows = table->table->rows};
    for (uint32_t i = 0; i < table->keys.count; i++) {
        const TargetKey *key = &table->keys.items[i];
        Str column = arena_copy(planner->arena, key->column);
        list_add(planner->arena, &planned->keys, column);
        if (key->is_new) list_add(planner->arena, &planned->added, column);
        if (!key->optional) list_add(planner->arena, &planned->required, column);
    }
}

static bool is_work(Planner *planner, const TargetTable *table) {
    return !table->is_shared && planner_new_columns(planner, table, true).count > 0 &&
           !planner_is_finished(planner, table);
}

void planner_make(const Target *target, Str weft, Migration *plan, Diagnostics *diagnostics) {
    static void (*const phases[])(Planner *, const TargetTable *) = {
        planner_owners, planner_expand, planner_backfill,
        planner_verify, planner_switch, planner_contract};
    Planner planner = {target,        target->schema, dialect_of(target->schema->engine),
                       plan,          &plan->arena,   diagnostics,
                       interner_new()};
    plan->engine = target->schema->engine;
    plan->weft = arena_copy(planner.arena, weft);
    plan->server = arena_copy(planner.arena, target->schema->version);
    add_dimensions(&planner);
    for (uint32_t i = 0; i < target->tables.count; i++)
        add_table(&planner, &target->tables.items[i]);
    for (size_t phase = 0; phase < sizeof phases / sizeof *phases; phase++)
        for (uint32_t i = 0; i < target->ordered.count; i++)
            if (is_work(&planner, target->ordered.items[i]))
                phases[phase](&planner, target->ordered.items[i]);
    interner_free(planner.ids);
}
