// Expand: columns, something that names them, and triggers that fill them for rows of the old program.
//
// A column is NOT NULL from its first moment, with a constant default, so that adding it touches no row and no
// unique index meets a NULL: the default of the dimension where all rows have that, else '', which stands for
// "not yet". In SQLite an index that names the columns comes in the same transaction, because programs that
// drop columns their models do not know cannot drop one that an index names; it has a condition that no row
// meets, so it costs a scan and no space.
#include "data/planner_internal.h"

// ---- owners --------------------------------------------------------------------------------------

enum { ROWS_A_STATEMENT = 200 };

static Str create_owners(Planner *planner, const TargetTable *table, Str name) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "CREATE TABLE ");
    dialect_name(planner->dialect, name, &sql);
    for (uint32_t i = 0; i < table->owners.columns.count; i++) {
        strbuf_add_text(&sql, i == 0 ? " (" : ", ");
        dialect_name(planner->dialect, table->owners.columns.items[i], &sql);
        strbuf_addf(&sql, " %.*s%s", STR_ARG(planner->dialect->text_key_type),
                    i == 0 ? " NOT NULL PRIMARY KEY" : "");
    }
    strbuf_add_char(&sql, ')');
    return planner_take(planner, &sql);
}

static Str insert_owners(Planner *planner, const TargetTable *table, Str name, uint32_t first,
                         uint32_t end) {
    const Owners *owners = &table->owners;
    StrBuf sql = {0};
    strbuf_add_text(&sql, "INSERT INTO ");
    dialect_name(planner->dialect, name, &sql);
    strbuf_add_text(&sql, " (");
    dialect_names(planner->dialect, &owners->columns, &sql);
    strbuf_add_text(&sql, ") VALUES ");
    for (uint32_t i = first; i < end; i++) {
        uint32_t column = i % owners->columns.count;
        strbuf_add_text(&sql, column > 0 ? ", " : i > first ? "), (" : "(");
        dialect_text(planner->dialect, owners->cells.items[i], &sql);
    }
    strbuf_add_char(&sql, ')');
    return planner_take(planner, &sql);
}

Str planner_drop_owners(Planner *planner, Str name) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "DROP TABLE IF EXISTS ");
    dialect_name(planner->dialect, name, &sql);
    return planner_take(planner, &sql);
}

static Str rename_owners(Planner *planner, Str from, Str to) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "RENAME TABLE ");
    dialect_name(planner->dialect, from, &sql);
    strbuf_add_text(&sql, " TO ");
    dialect_name(planner->dialect, to, &sql);
    return planner_take(planner, &sql);
}

// A table with some of the owners would give rows to the wrong ones. Where a step is no transaction (MariaDB) the
// table has another name until it is whole.
void planner_owners(Planner *planner, const TargetTable *table) {
    Str name = value_owners_table(planner->arena, table->table->name);
    const Owners *owners = &table->owners;
    // The trigger comes behind this table, and goes with it.
    if (owners->columns.count == 0 ||
        planner_has_trigger(table, planner_trigger_name(planner, table)))
        return;
    Step *step = planner_step(planner, PHASE_EXPAND, STEP_STATEMENTS, table->table->name, "owners",
                              "keeps the owners of '%.*s' that the file names, until contract",
                              STR_ARG(table->table->name));
    bool at_once = planner->dialect->ddl_in_transaction;
    Str filled =
        at_once ? name : value_object_name(planner->arena, "weft_part_", table->table->name, NULL);
    StrBuf done = {0};
    if (!at_once) list_add(planner->arena, &step->sql, planner_drop_owners(planner, filled));
    list_add(planner->arena, &step->sql, create_owners(planner, table, filled));
    uint32_t slice = ROWS_A_STATEMENT * owners->columns.count;
    for (uint32_t i = 0; i < owners->cells.count; i += slice) {
        uint32_t end = owners->cells.count - i < slice ? owners->cells.count : i + slice;
        list_add(planner->arena, &step->sql, insert_owners(planner, table, filled, i, end));
    }
    if (!at_once) {
        list_add(planner->arena, &step->sql, rename_owners(planner, filled, name));
        list_add(planner->arena, &step->undo, planner_drop_owners(planner, filled));
    }
    list_add(planner->arena, &step->undo, planner_drop_owners(planner, name));
    dialect_has_table(planner->dialect, name, &done);
    step->done = planner_take(planner, &done);
    step->estimate = (Estimate){owners->cells.count / owners->columns.count, -1, 5};
}

// ---- columns -------------------------------------------------------------------------------------

static Str column_type(Planner *planner, const TargetKey *key) {
    if (planner->dialect->engine != ENGINE_MARIADB) return STR("TEXT");
    // Binary order: names that differ in case or accents are different owners.
    return arena_format(planner->arena, "VARCHAR(%lld) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                        (long long)key->dimension->length);
}

Str planner_column_definition(Planner *planner, const TargetKey *key) {
    StrBuf sql = {0};
    dialect_name(planner->dialect, key->column, &sql);
    strbuf_addf(&sql, " %.*s%s DEFAULT ", STR_ARG(column_type(planner, key)),
                key->optional ? "" : " NOT NULL");
    dialect_text(planner->dialect, key->is_constant ? key->constant : STR_NONE, &sql);
    return planner_take(planner, &sql);
}

static Str add_column(Planner *planner, const TargetTable *table, const TargetKey *key) {
    bool is_mariadb = planner->dialect->engine == ENGINE_MARIADB;
    StrBuf sql = {0};
    strbuf_add_text(&sql, "ALTER TABLE ");
    dialect_name(planner->dialect, table->table->name, &sql);
    strbuf_addf(&sql, " ADD COLUMN %s", is_mariadb ? "IF NOT EXISTS " : "");
    strbuf_add(&sql, planner_column_definition(planner, key));
    return planner_take(planner, &sql);
}

static Str drop_column(Planner *planner, const TargetTable *table, Str column) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "ALTER TABLE ");
    dialect_name(planner->dialect, table->table->name, &sql);
    strbuf_addf(&sql, " DROP COLUMN %s",
                planner->dialect->engine == ENGINE_MARIADB ? "IF EXISTS " : "");
    dialect_name(planner->dialect, column, &sql);
    return planner_take(planner, &sql);
}

// An index that names the columns and holds no row: they are NOT NULL, or '' is not below ''.
static Str create_keep(Planner *planner, const TargetTable *table) {
    StrItems columns = planner_new_columns(planner, table, true);
    StrBuf sql = {0};
    strbuf_add_text(&sql, "CREATE INDEX ");
    dialect_name(planner->dialect, planner_keep_name(planner, table), &sql);
    strbuf_add_text(&sql, " ON ");
    dialect_name(planner->dialect, table->table->name, &sql);
    strbuf_add_text(&sql, " (");
    dialect_names(planner->dialect, &columns, &sql);
    strbuf_add_text(&sql, ") WHERE ");
    dialect_name(planner->dialect, columns.items[0], &sql);
    strbuf_add_text(&sql, " < ''");
    return planner_take(planner, &sql);
}

Str planner_drop_keep(Planner *planner, const TargetTable *table) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "DROP INDEX ");
    dialect_name(planner->dialect, planner_keep_name(planner, table), &sql);
    return planner_take(planner, &sql);
}

// What is there of an earlier attempt is not made again, and the whole index names all columns.
static void expand_columns(Planner *planner, const TargetTable *table) {
    StrItems missing = planner_missing(planner, table),
             all = planner_new_columns(planner, table, true);
    bool keeps = planner->dialect->engine == ENGINE_SQLITE &&
                 (missing.count > 0 || planner_needs_index(planner, table));
    bool has_keep = planner_index(planner, table, planner_keep_name(planner, table)) != NULL;
    StrBuf done = {0};
    if (missing.count == 0 && (!keeps || has_keep)) return;
    Step *step =
        planner_step(planner, PHASE_EXPAND, STEP_STATEMENTS, table->table->name, "columns",
                     "gives '%.*s' the columns that say whose a row is%s",
                     STR_ARG(table->table->name), keeps ? ", and an index that keeps them" : "");
    if (keeps && has_keep) list_add(planner->arena, &step->sql, planner_drop_keep(planner, table));
    if (keeps) list_add(planner->arena, &step->undo, planner_drop_keep(planner, table));
    for (uint32_t i = 0; i < table->keys.count; i++) {
        const TargetKey *key = &table->keys.items[i];
        if (!key->is_new || key->is_there) continue;
        list_add(planner->arena, &step->sql, add_column(planner, table, key));
        list_add(planner->arena, &step->undo, drop_column(planner, table, key->column));
    }
    if (keeps) list_add(planner->arena, &step->sql, create_keep(planner, table));
    step->alone = !planner->dialect->ddl_in_transaction;
    dialect_has_columns(planner->dialect, table->table->name, &all, &done);
    step->done = planner_take(planner, &done);
    step->estimate = (Estimate){0, 0, keeps ? planner_scan_lock(table->table) : 5};
}

// ---- triggers ------------------------------------------------------------------------------------

// SQLite has no assignment to NEW: the row is changed behind its insertion.
static void sqlite_body(Planner *planner, const TargetTable *table, StrBuf *sql) {
    ValueContext context = {planner->dialect, planner->schema, table, false};
    const char *between = " SET ";
    strbuf_add_text(sql, "BEGIN UPDATE ");
    dialect_name(planner->dialect, table->table->name, sql);
    for (uint32_t i = 0; i < table->keys.count; i++) {
        const TargetKey *key = &table->keys.items[i];
        if (!target_key_is_filled(key)) continue;
        strbuf_add_text(sql, between);
        dialect_name(planner->dialect, key->column, sql);
        strbuf_add_text(sql, " = ");
        value_write_filled(&context, key, sql);
        between = ", ";
    }
    for (uint32_t i = 0; i < table->row_key.count; i++) {
        strbuf_add_text(sql, i == 0 ? " WHERE " : " AND ");
        dialect_name(planner->dialect, table->row_key.items[i], sql);
        strbuf_add_text(sql, " = NEW.");
        dialect_name(planner->dialect, table->row_key.items[i], sql);
    }
    strbuf_add_text(sql, "; END");
}

// PostgreSQL and MariaDB: IF NEW.x = '' THEN [SET] NEW.x [:]= value; END IF;
static void new_row_body(Planner *planner, const TargetTable *table, StrBuf *sql) {
    ValueContext context = {planner->dialect, planner->schema, table, true};
    bool is_mariadb = planner->dialect->engine == ENGINE_MARIADB;
    strbuf_add_text(sql, "BEGIN ");
    for (uint32_t i = 0; i < table->keys.count; i++) {
        const TargetKey *key = &table->keys.items[i];
        if (!target_key_is_filled(key)) continue;
        strbuf_add_text(sql, "IF NEW.");
        dialect_name(planner->dialect, key->column, sql);
        strbuf_addf(sql, " = '' THEN %sNEW.", is_mariadb ? "SET " : "");
        dialect_name(planner->dialect, key->column, sql);
        strbuf_add_text(sql, is_mariadb ? " = " : " := ");
        value_write(&context, key, sql);
        strbuf_add_text(sql, "; END IF; ");
    }
    strbuf_addf(sql, "%sEND", is_mariadb ? "" : "RETURN NEW; ");
}

static Str create_function(Planner *planner, const TargetTable *table) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "CREATE OR REPLACE FUNCTION ");
    dialect_name(planner->dialect, planner_trigger_name(planner, table), &sql);
    strbuf_add_text(&sql, "() RETURNS trigger LANGUAGE plpgsql AS $weft$ ");
    new_row_body(planner, table, &sql);
    strbuf_add_text(&sql, " $weft$");
    return planner_take(planner, &sql);
}

static Str create_trigger(Planner *planner, const TargetTable *table) {
    ValueContext context = {planner->dialect, planner->schema, table, true};
    DataEngine engine = planner->dialect->engine;
    Str name = planner_trigger_name(planner, table);
    StrBuf sql = {0};
    strbuf_add_text(&sql, "CREATE TRIGGER ");
    dialect_name(planner->dialect, name, &sql);
    strbuf_add_text(&sql, engine == ENGINE_SQLITE ? " AFTER INSERT ON " : " BEFORE INSERT ON ");
    dialect_name(planner->dialect, table->table->name, &sql);
    strbuf_add_text(&sql, " FOR EACH ROW ");
    if (engine == ENGINE_SQLITE) {
        strbuf_add_text(&sql, "WHEN ");
        value_write_pending(&context, &sql);
        strbuf_add_char(&sql, ' ');
        sqlite_body(planner, table, &sql);
    } else if (engine == ENGINE_POSTGRESQL) {
        strbuf_add_text(&sql, "EXECUTE FUNCTION ");
        dialect_name(planner->dialect, name, &sql);
        strbuf_add_text(&sql, "()");
    } else {
        new_row_body(planner, table, &sql);
    }
    return planner_take(planner, &sql);
}

Str planner_drop_trigger(Planner *planner, const TargetTable *table) {
    bool is_postgresql = planner->dialect->engine == ENGINE_POSTGRESQL;
    StrBuf sql = {0};
    strbuf_add_text(&sql, "DROP TRIGGER IF EXISTS ");
    dialect_name(planner->dialect, planner_trigger_name(planner, table), &sql);
    if (is_postgresql) {
        strbuf_add_text(&sql, " ON ");
        dialect_name(planner->dialect, table->table->name, &sql);
    }
    return planner_take(planner, &sql);
}

Str planner_drop_function(Planner *planner, const TargetTable *table) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "DROP FUNCTION IF EXISTS ");
    dialect_name(planner->dialect, planner_trigger_name(planner, table), &sql);
    strbuf_add_text(&sql, "()");
    return planner_take(planner, &sql);
}

static void expand_trigger(Planner *planner, const TargetTable *table) {
    StrBuf done = {0};
    Str name = planner_trigger_name(planner, table);
    if (!target_has_values(table) || planner_has_trigger(table, name)) return;
    Step *step = planner_step(planner, PHASE_EXPAND, STEP_STATEMENTS, table->table->name, "trigger",
                              "fills them for rows that the old program adds to '%.*s'",
                              STR_ARG(table->table->name));
    bool is_postgresql = planner->dialect->engine == ENGINE_POSTGRESQL;
    if (is_postgresql) list_add(planner->arena, &step->sql, create_function(planner, table));
    list_add(planner->arena, &step->sql, create_trigger(planner, table));
    list_add(planner->arena, &step->undo, planner_drop_trigger(planner, table));
    if (is_postgresql) list_add(planner->arena, &step->undo, planner_drop_function(planner, table));
    step->alone = !planner->dialect->ddl_in_transaction;
    dialect_has_trigger(planner->dialect, table->table->name, name, &done);
    step->done = planner_take(planner, &done);
    step->estimate = (Estimate){0, 0, 5};
}

void planner_expand(Planner *planner, const TargetTable *table) {
    expand_columns(planner, table);
    expand_trigger(planner, table);
}
