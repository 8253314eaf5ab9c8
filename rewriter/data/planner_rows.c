// Backfill and verify: rows get their owners in slices, and questions that must have the right answers before any
// unique index is made.
#include <strings.h>

#include "data/planner_internal.h"

// ---- backfill ------------------------------------------------------------------------------------

// A value that is there stays: two columns may become pending at different times.
static Str fill_value(Planner *planner, const ValueContext *context, const TargetKey *key,
                      bool only) {
    StrBuf sql = {0};
    if (only)
        value_write(context, key, &sql);
    else
        value_write_filled(context, key, &sql);
    return planner_take(planner, &sql);
}

static uint32_t count_filled(const TargetTable *table) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < table->keys.count; i++)
        count += target_key_is_filled(&table->keys.items[i]);
    return count;
}

static void add_batch(Planner *planner, const TargetTable *table, Batch *batch) {
    ValueContext context = {planner->dialect, planner->schema, table, false};
    StrBuf pending = {0};
    StrItems added = planner_new_columns(planner, table, true);
    for (uint32_t i = 0; i < table->row_key.count; i++)
        list_add(planner->arena, &batch->key, arena_copy(planner->arena, table->row_key.items[i]));
    for (uint32_t i = 0; i < table->keys.count; i++) {
        const TargetKey *key = &table->keys.items[i];
        if (!target_key_is_filled(key)) continue;
        list_add(planner->arena, &batch->set,
                 ((Assignment){arena_copy(planner->arena, key->column),
                               fill_value(planner, &context, key, count_filled(table) == 1)}));
    }
    for (uint32_t i = 0; i < table->table->columns.count; i++) {
        const SchemaColumn *column = &table->table->columns.items[i];
        if (!schema_has_name(planner->schema, &added, column->name))
            list_add(planner->arena, &batch->unchanged, arena_copy(planner->arena, column->name));
    }
    value_write_pending(&context, &pending);
    batch->pending = planner_take(planner, &pending);
}

// The user's own triggers run for each row that is filled.
static void warn_of_triggers(Planner *planner, const TargetTable *table) {
    for (uint32_t i = 0; i < table->table->triggers.count; i++) {
        const SchemaTrigger *trigger = &table->table->triggers.items[i];
        if (str_starts_with(trigger->name, STR("weft_"))) continue;
        if (str_find_word(trigger->sql, STR("UPDATE")) < 0 &&
            str_find_word(trigger->sql, STR("update")) < 0)
            continue;
        diagnostic_add(planner->diagnostics, DIAGNOSTIC_W623, SPAN_NONE,
                       "the trigger '%.*s' of '%.*s' may run for each row that is filled",
                       STR_ARG(trigger->name), STR_ARG(table->table->name));
    }
}

void planner_backfill(Planner *planner, const TargetTable *table) {
    if (!target_has_values(table)) return;
    warn_of_triggers(planner, table);
    Step *step = planner_step(planner, PHASE_BACKFILL, STEP_BATCHES, table->table->name, "rows",
                              "says whose the rows of '%.*s' are", STR_ARG(table->table->name));
    add_batch(planner, table, &step->batch);
    int64_t rows = table->table->rows;
    step->estimate = (Estimate){rows, rows < 0 ? -1 : rows * 48, 50};
}

// ---- verify --------------------------------------------------------------------------------------

static void add_empty(Planner *planner, const StrItems *columns, StrBuf *sql) {
    for (uint32_t i = 0; i < columns->count; i++) {
        if (i > 0) strbuf_add_text(sql, " OR ");
        dialect_name(planner->dialect, columns->items[i], sql);
        strbuf_add_text(sql, " IS NULL OR ");
        dialect_name(planner->dialect, columns->items[i], sql);
        strbuf_add_text(sql, " = ''");
    }
}

static void probe_owners(Planner *planner, const TargetTable *table) {
    StrItems columns = planner_new_columns(planner, table, false), shown = {0};
    StrBuf count = {0}, detail = {0};
    if (columns.count == 0) return;
    for (uint32_t i = 0; i < table->row_key.count; i++)
        list_add(planner->arena, &shown, table->row_key.items[i]);
    for (uint32_t i = 0; i < columns.count; i++) list_add(planner->arena, &shown, columns.items[i]);
    Step *step = planner_step(planner, PHASE_VERIFY, STEP_PROBE, table->table->name, "owners",
                              "every row of '%.*s' has an owner", STR_ARG(table->table->name));
    strbuf_add_text(&count, "SELECT COUNT(*) FROM ");
    dialect_name(planner->dialect, table->table->name, &count);
    strbuf_add_text(&count, " WHERE ");
    add_empty(planner, &columns, &count);
    strbuf_add_text(&detail, "SELECT ");
    dialect_names(planner->dialect, &shown, &detail);
    strbuf_add_text(&detail, " FROM ");
    dialect_name(planner->dialect, table->table->name, &detail);
    strbuf_add_text(&detail, " WHERE ");
    add_empty(planner, &columns, &detail);
    strbuf_add_text(&detail, " LIMIT 20");
    list_add(planner->arena, &step->sql, planner_take(planner, &count));
    step->expect = STR("0");
    for (uint32_t i = 0; i < columns.count; i++)
        list_add(planner->arena, &step->filled, arena_copy(planner->arena, columns.items[i]));
    step->detail = planner_take(planner, &detail);
    step->failure =
        arena_format(planner->arena, "rows of '%.*s' have no owner", STR_ARG(table->table->name));
    step->estimate = (Estimate){table->table->rows, 0, 0};
}

// " AND (old) IN (SELECT old .. GROUP BY old HAVING COUNT(*) > 1)": rows that are the same by the new key are the same by the
// old one, and which those are its index has in order. SQLite reads that then, and rows only where there are such.
static void add_candidates(Planner *planner, const TargetTable *table, const TargetUnique *unique, const char *between,
                           StrBuf *sql) {
    const StrItems *columns = &unique->old->columns;
    strbuf_addf(sql, "%s%s", between, columns->count > 1 ? "(" : "");
    dialect_names(planner->dialect, columns, sql);
    strbuf_addf(sql, "%s IN (SELECT ", columns->count > 1 ? ")" : "");
    dialect_names(planner->dialect, columns, sql);
    strbuf_add_text(sql, " FROM ");
    dialect_name(planner->dialect, table->table->name, sql);
    strbuf_add_text(sql, " GROUP BY ");
    dialect_names(planner->dialect, columns, sql);
    strbuf_add_text(sql, " HAVING COUNT(*) > 1)");
}

// SELECT columns, COUNT(*) ... GROUP BY columns HAVING COUNT(*) > 1. A unique index takes any number of NULLs, and
// so does the question.
static void add_duplicates(Planner *planner, const TargetTable *table, const TargetUnique *unique,
                           StrBuf *sql) {
    dialect_names(planner->dialect, &unique->columns, sql);
    strbuf_add_text(sql, ", COUNT(*) AS weft_count FROM ");
    dialect_name(planner->dialect, table->table->name, sql);
    const char *between = " WHERE ";
    for (uint32_t i = 0; i < unique->old->columns.count; i++) {
        const SchemaColumn *column =
            schema_column(planner->schema, table->table, unique->old->columns.items[i]);
        if (column != NULL && column->nullable == KNOWN_NO) continue;
        strbuf_add_text(sql, between);
        dialect_name(planner->dialect, unique->old->columns.items[i], sql);
        strbuf_add_text(sql, " IS NOT NULL");
        between = " AND ";
    }
    if (planner->dialect->engine == ENGINE_SQLITE) add_candidates(planner, table, unique, between, sql);
    strbuf_add_text(sql, " GROUP BY ");
    dialect_names(planner->dialect, &unique->columns, sql);
    strbuf_add_text(sql, " HAVING COUNT(*) > 1");
}

static bool has_collation(Str sql) {
    static const char word[] = "collate";
    for (size_t i = 0; i + sizeof word - 1 <= sql.length; i++)
        if (strncasecmp(sql.data + i, word, sizeof word - 1) == 0) return true;
    return false;
}

// Whether the old unique index, for as long as it stands, lets no two rows be the same by the new key, which has its columns
// and more. In SQLite an index may tell texts apart that the column, and so the new index, takes for the same.
static bool is_implied(const Planner *planner, const TargetTable *table, const TargetUnique *unique) {
    const SchemaIndex *old = unique->old;
    Str definition = old->sql.length > 0 ? old->sql : table->table->sql;
    if (old->name.length == 0 || !old->is_valid || table->table->kind != TABLE_ORDINARY) return false;
    return planner->dialect->engine != ENGINE_SQLITE ||
           (definition.length > 0 && !has_collation(definition));
}

// SELECT CASE WHEN (is the old index there) = 1 THEN 0 ELSE (how many) END: the index has the answer, and no row is read.
static void ask_old_index(Planner *planner, const TargetTable *table, const TargetUnique *unique, Str many, StrBuf *sql) {
    strbuf_add_text(sql, "SELECT CASE WHEN (");
    dialect_has_index(planner->dialect, table->table->name, unique->old->name, sql);
    strbuf_addf(sql, ") = 1 THEN 0 ELSE (%.*s) END", STR_ARG(many));
}

static void probe_duplicates(Planner *planner, const TargetTable *table,
                             const TargetUnique *unique) {
    StrBuf count = {0}, detail = {0};
    if (planner_index(planner, table, planner_unique_name(planner, table, unique)) != NULL) return;
    Step *step = planner_step(planner, PHASE_VERIFY, STEP_PROBE, table->table->name, "duplicates",
                              "no two rows of '%.*s' will be one by the new key",
                              STR_ARG(table->table->name));
    strbuf_add_text(&count, "SELECT COUNT(*) FROM (SELECT ");
    add_duplicates(planner, table, unique, &count);
    strbuf_add_text(&count, ") AS weft_duplicates");
    strbuf_add_text(&detail, "SELECT ");
    add_duplicates(planner, table, unique, &detail);
    strbuf_add_text(&detail, " LIMIT 20");
    Str many = planner_take(planner, &count);
    if (is_implied(planner, table, unique)) {
        ask_old_index(planner, table, unique, many, &count);
        many = planner_take(planner, &count);
    }
    list_add(planner->arena, &step->sql, many);
    step->expect = STR("0");
    step->detail = planner_take(planner, &detail);
    step->failure = arena_format(planner->arena, "rows of '%.*s' are the same by the new key",
                                 STR_ARG(table->table->name));
    step->estimate = (Estimate){table->table->rows, 0, 0};
}

void planner_verify(Planner *planner, const TargetTable *table) {
    probe_owners(planner, table);
    for (uint32_t i = 0; i < table->uniques.count; i++)
        probe_duplicates(planner, table, &table->uniques.items[i]);
}
