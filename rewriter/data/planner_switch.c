// Switch and contract: the new indexes are made beside the old ones, and the old ones go last, when the old
// program does. Until then two owners cannot have the same: the old unique index stands.
#include "data/planner_internal.h"
#include "data/table_text.h"

// PostgreSQL builds an index while others write, but for one of a partitioned table.
static bool builds_beside(const Planner *planner, const TargetTable *table) {
    return planner->dialect->engine == ENGINE_POSTGRESQL && table->table->kind != TABLE_PARTITIONED;
}

static Str create_index(Planner *planner, const TargetTable *table, bool unique, Str name,
                        const StrItems *columns) {
    DataEngine engine = planner->dialect->engine;
    StrBuf sql = {0};
    strbuf_addf(&sql, "CREATE %sINDEX %s%s", unique ? "UNIQUE " : "",
                builds_beside(planner, table) ? "CONCURRENTLY " : "",
                engine == ENGINE_MARIADB ? "IF NOT EXISTS " : "");
    dialect_name(planner->dialect, name, &sql);
    strbuf_add_text(&sql, " ON ");
    dialect_name(planner->dialect, table->table->name, &sql);
    strbuf_add_text(&sql, " (");
    dialect_names(planner->dialect, columns, &sql);
    strbuf_add_char(&sql, ')');
    return planner_take(planner, &sql);
}

static Str drop_index(Planner *planner, const TargetTable *table, Str name) {
    DataEngine engine = planner->dialect->engine;
    StrBuf sql = {0};
    strbuf_addf(&sql, "DROP INDEX %s", engine == ENGINE_SQLITE ? "" : "IF EXISTS ");
    dialect_name(planner->dialect, name, &sql);
    if (engine == ENGINE_MARIADB) {
        strbuf_add_text(&sql, " ON ");
        dialect_name(planner->dialect, table->table->name, &sql);
    }
    return planner_take(planner, &sql);
}

// PostgreSQL leaves an invalid index of that name where a concurrent build failed or was killed, and IF NOT EXISTS
// would take it for done: it goes first.
static void add_index(Planner *planner, const TargetTable *table, bool unique, Str name,
                      const StrItems *columns, StrItems *sql) {
    if (planner->dialect->engine == ENGINE_POSTGRESQL)
        list_add(planner->arena, sql, drop_index(planner, table, name));
    list_add(planner->arena, sql, create_index(planner, table, unique, name, columns));
}

static Str ask_index(Planner *planner, const TargetTable *table, Str name) {
    StrBuf sql = {0};
    dialect_has_index(planner->dialect, table->table->name, name, &sql);
    return planner_take(planner, &sql);
}

// An index cannot be built in slices: it holds the lock for as long as it takes, but for PostgreSQL's.
static Estimate index_estimate(Planner *planner, const TargetTable *table, uint32_t columns) {
    int64_t rows = table->table->rows;
    bool holds = !builds_beside(planner, table);
    return (Estimate){rows, rows < 0 ? -1 : rows * 24 * columns,
                      holds ? planner_index_lock(table->table) : 5};
}

static void switch_index(Planner *planner, const TargetTable *table) {
    StrItems columns = planner_new_columns(planner, table, true);
    Str name = planner_index_name(planner, table);
    if (planner->dialect->engine == ENGINE_SQLITE || !planner_needs_index(planner, table)) return;
    Step *step = planner_step(planner, PHASE_SWITCH, STEP_STATEMENTS, table->table->name, "index",
                              "finds rows of '%.*s' by their owner", STR_ARG(table->table->name));
    add_index(planner, table, false, name, &columns, &step->sql);
    list_add(planner->arena, &step->undo, drop_index(planner, table, name));
    step->alone = true;
    step->done = ask_index(planner, table, name);
    step->estimate = index_estimate(planner, table, columns.count);
}

static void switch_unique(Planner *planner, const TargetTable *table, const TargetUnique *unique) {
    Str name = planner_unique_name(planner, table, unique);
    if (planner_index(planner, table, name) != NULL) return;
    StrBuf columns = {0};
    dialect_names(planner->dialect, &unique->columns, &columns);
    Step *step =
        planner_step(planner, PHASE_SWITCH, STEP_STATEMENTS, table->table->name, "unique",
                     "makes (%s) of '%.*s' unique", columns.data, STR_ARG(table->table->name));
    strbuf_release(&columns);
    add_index(planner, table, true, name, &unique->columns, &step->sql);
    list_add(planner->arena, &step->undo, drop_index(planner, table, name));
    step->alone = planner->dialect->engine != ENGINE_SQLITE;
    step->done = ask_index(planner, table, name);
    step->estimate = index_estimate(planner, table, unique->columns.count);
}

void planner_switch(Planner *planner, const TargetTable *table) {
    for (uint32_t i = 0; i < table->uniques.count; i++)
        switch_unique(planner, table, &table->uniques.items[i]);
    switch_index(planner, table);
}

// ---- contract ------------------------------------------------------------------------------------

static Str drop_constraint(Planner *planner, const TargetTable *table, Str name) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "ALTER TABLE ");
    dialect_name(planner->dialect, table->table->name, &sql);
    strbuf_add_text(&sql, planner->dialect->engine == ENGINE_MARIADB
                              ? " DROP INDEX IF EXISTS "
                              : " DROP CONSTRAINT IF EXISTS ");
    dialect_name(planner->dialect, name, &sql);
    return planner_take(planner, &sql);
}

// The columns alone are still looked for: an ordinary index takes the place of the unique one.
static void contract_unique(Planner *planner, const TargetTable *table,
                            const TargetUnique *unique) {
    Str name = unique->old->name, plain = planner_plain_name(planner, table, unique);
    bool has_plain = planner_index(planner, table, plain) != NULL;
    StrBuf done = {0};
    Step *step =
        planner_step(planner, PHASE_CONTRACT, STEP_STATEMENTS, table->table->name, "unique",
                     "lets owners have the same in '%.*s': the old unique index goes",
                     STR_ARG(table->table->name));
    if (!has_plain) add_index(planner, table, false, plain, &unique->old->columns, &step->sql);
    if (name.length > 0) // else only a database could tell
        list_add(planner->arena, &step->sql,
                 unique->old->is_constraint && planner->dialect->engine != ENGINE_SQLITE
                     ? drop_constraint(planner, table, name)
                     : drop_index(planner, table, name));
    step->final = true;
    step->alone = planner->dialect->engine != ENGINE_SQLITE;
    dialect_not(ask_index(planner, table, name), &done);
    step->done = planner_take(planner, &done);
    step->precondition = ask_index(planner, table, planner_unique_name(planner, table, unique));
    step->estimate = index_estimate(planner, table, unique->old->columns.count);
}

// Indexes and triggers that the table has, or will have when its rebuild begins.
static void add_after(Planner *planner, const TargetTable *table, StrItems *after) {
    const SchemaTable *row = table->table;
    StrItems columns = planner_new_columns(planner, table, true);
    Str name = planner_index_name(planner, table);
    for (uint32_t i = 0; i < row->indexes.count; i++)
        if (row->indexes.items[i].sql.length > 0 &&
            !str_starts_with(row->indexes.items[i].name, STR("weft_")))
            list_add(planner->arena, after, arena_copy(planner->arena, row->indexes.items[i].sql));
    if (planner_needs_index(planner, table))
        list_add(planner->arena, after, create_index(planner, table, false, name, &columns));
    for (uint32_t i = 0; i < table->uniques.count; i++) {
        const TargetUnique *unique = &table->uniques.items[i];
        Str unique_name = planner_unique_name(planner, table, unique);
        list_add(planner->arena, after,
                 create_index(planner, table, true, unique_name, &unique->columns));
        if (unique->old->is_constraint)
            list_add(planner->arena, after,
                     create_index(planner, table, false, planner_plain_name(planner, table, unique),
                                  &unique->old->columns));
    }
    for (uint32_t i = 0; i < row->triggers.count; i++)
        if (!str_starts_with(row->triggers.items[i].name, STR("weft_")))
            list_add(planner->arena, after, arena_copy(planner->arena, row->triggers.items[i].sql));
}

// SQLite keeps a constraint for as long as the table's definition has it: the table moves into one without.
static void contract_rebuild(Planner *planner, const TargetTable *table) {
    const SchemaTable *row = table->table;
    Str shadow = value_object_name(planner->arena, "weft_new_", row->name, NULL);
    StrItems added = planner_new_columns(planner, table, true);
    TableText text = {.name = shadow};
    for (uint32_t i = 0; i < table->uniques.count; i++)
        if (table->uniques.items[i].old->is_constraint)
            list_add(planner->arena, &text.without_unique, &table->uniques.items[i].old->columns);
    for (uint32_t i = 0; i < table->keys.count; i++)
        if (table->keys.items[i].is_new && !table->keys.items[i].is_there)
            list_add(planner->arena, &text.columns,
                     planner_column_definition(planner, &table->keys.items[i]));
    Str create = table_text_rewrite(planner->arena, row->sql, &text);
    if (table->row_key.count == 0) {
        diagnostic_add(
            planner->diagnostics, DIAGNOSTIC_E626, table->rule ? table->rule->span : SPAN_NONE,
            "the table '%.*s' has no key, so its rows cannot be filled in slices", STR_ARG(row->name));
        diagnostic_help(planner->diagnostics, "give it a primary key, or a unique index on columns that are NOT NULL");
        return;
    }
    if (create.length == 0) {
        diagnostic_add(
            planner->diagnostics, DIAGNOSTIC_E626, table->rule ? table->rule->span : SPAN_NONE,
            "the definition of '%.*s' is not understood, so its UNIQUE cannot be changed",
            STR_ARG(row->name));
        if (row->sql.length == 0)
            diagnostic_help(planner->diagnostics,
                            "the models do not say it: name the database with --database");
        return;
    }
    Step *step = planner_step(planner, PHASE_CONTRACT, STEP_REBUILD, row->name, "rebuild",
                              "moves '%.*s' into a definition whose UNIQUE has the keys",
                              STR_ARG(row->name));
    step->rebuild.shadow = shadow;
    step->rebuild.create = create;
    step->rebuild.key = table->row_key;
    for (uint32_t i = 0; i < row->columns.count; i++)
        if (!row->columns.items[i].generated)
            list_add(planner->arena, &step->rebuild.columns,
                     arena_copy(planner->arena, row->columns.items[i].name));
    for (uint32_t i = 0; i < added.count; i++)
        if (schema_column(planner->schema, row, added.items[i]) == NULL)
            list_add(planner->arena, &step->rebuild.columns, added.items[i]);
    add_after(planner, table, &step->rebuild.after);
    step->final = true;
    step->estimate = (Estimate){row->rows, row->bytes, 500};
}

static bool needs_rebuild(const Planner *planner, const TargetTable *table) {
    for (uint32_t i = 0; i < table->uniques.count; i++)
        if (table->uniques.items[i].old->is_constraint && planner->dialect->engine == ENGINE_SQLITE)
            return true;
    return false;
}

// SQLite takes an index with two columns that a query names for better than one with a single column, unless it
// knows how many rows have the same: without ANALYZE it would walk all rows of an owner to find one by its
// number. So this index comes last, and with its statistics.
static void contract_index(Planner *planner, const TargetTable *table, StrItems *sql) {
    StrItems columns = planner_new_columns(planner, table, true), names = {0};
    Str name = planner_index_name(planner, table);
    if (planner_needs_index(planner, table)) {
        list_add(planner->arena, sql, create_index(planner, table, false, name, &columns));
        list_add(planner->arena, &names, name);
    }
    for (uint32_t i = 0; i < table->uniques.count; i++)
        list_add(planner->arena, &names,
                 planner_unique_name(planner, table, &table->uniques.items[i]));
    for (uint32_t i = 0; i < names.count; i++) {
        StrBuf analyze = {0};
        strbuf_add_text(&analyze, "ANALYZE ");
        dialect_name(planner->dialect, names.items[i], &analyze);
        list_add(planner->arena, sql, planner_take(planner, &analyze));
    }
}

// What only the old program, or the migration itself, needed.
static void add_cleanup(Planner *planner, const TargetTable *table, StrItems *sql) {
    if (target_has_values(table))
        list_add(planner->arena, sql, planner_drop_trigger(planner, table));
    if (target_has_values(table) && planner->dialect->engine == ENGINE_POSTGRESQL)
        list_add(planner->arena, sql, planner_drop_function(planner, table));
    if (planner->dialect->engine == ENGINE_SQLITE && !needs_rebuild(planner, table))
        list_add(planner->arena, sql, planner_drop_keep(planner, table));
    if (table->owners.columns.count == 0) return;
    Str owners = value_owners_table(planner->arena, table->table->name);
    list_add(planner->arena, sql, planner_drop_owners(planner, owners));
}

static void contract_cleanup(Planner *planner, const TargetTable *table) {
    bool keeps = planner->dialect->engine == ENGINE_SQLITE && !needs_rebuild(planner, table);
    StrItems sql = {0}, columns = planner_new_columns(planner, table, true);
    StrBuf done = {0}, begun = {0};
    if (planner->dialect->engine == ENGINE_SQLITE) contract_index(planner, table, &sql);
    add_cleanup(planner, table, &sql);
    if (sql.count == 0) return;
    Step *step =
        planner_step(planner, PHASE_CONTRACT, STEP_STATEMENTS, table->table->name, "cleanup",
                     "%sdrops what only the migration of '%.*s' needed",
                     keeps ? "finds rows by their owner, and " : "", STR_ARG(table->table->name));
    step->sql = sql;
    step->final = true;
    step->alone = !planner->dialect->ddl_in_transaction;
    // What goes last says that all is gone.
    if (keeps)
        dialect_has_index(planner->dialect, table->table->name, planner_keep_name(planner, table),
                          &done);
    else if (table->owners.columns.count > 0)
        dialect_has_table(planner->dialect, value_owners_table(planner->arena, table->table->name),
                          &done);
    else
        dialect_has_trigger(planner->dialect, table->table->name,
                            planner_trigger_name(planner, table), &done);
    Str question = planner_take(planner, &done);
    dialect_not(question, &done);
    step->done = planner_take(planner, &done);
    dialect_has_columns(planner->dialect, table->table->name, &columns, &begun);
    step->precondition = planner_take(planner, &begun);
    step->estimate = keeps ? index_estimate(planner, table, columns.count) : (Estimate){0, 0, 5};
}

// A default let the old program leave the column out; in SQLite it stays, since only a new definition ends it.
static void contract_defaults(Planner *planner, const TargetTable *table) {
    if (planner->dialect->engine == ENGINE_SQLITE) return;
    Step *step = planner_step(planner, PHASE_CONTRACT, STEP_STATEMENTS, table->table->name,
                              "defaults", "lets no row into '%.*s' that does not say whose it is",
                              STR_ARG(table->table->name));
    StrItems columns = planner_new_columns(planner, table, true);
    for (uint32_t i = 0; i < columns.count; i++) {
        StrBuf sql = {0};
        strbuf_add_text(&sql, "ALTER TABLE ");
        dialect_name(planner->dialect, table->table->name, &sql);
        strbuf_add_text(&sql, " ALTER COLUMN ");
        dialect_name(planner->dialect, columns.items[i], &sql);
        strbuf_add_text(&sql, " DROP DEFAULT");
        list_add(planner->arena, &step->sql, planner_take(planner, &sql));
    }
    step->final = true;
    step->alone = !planner->dialect->ddl_in_transaction;
    step->estimate = (Estimate){0, 0, 5};
}

void planner_contract(Planner *planner, const TargetTable *table) {
    bool rebuilds = needs_rebuild(planner, table);
    for (uint32_t i = 0; i < table->uniques.count; i++)
        if (!rebuilds || !table->uniques.items[i].old->is_constraint)
            contract_unique(planner, table, &table->uniques.items[i]);
    if (rebuilds) contract_rebuild(planner, table);
    contract_cleanup(planner, table);
    contract_defaults(planner, table);
}
