// In: the tables of a plan, and their rows. Out: where JSON repeats what the keys are read from. Each column is one query
// that reads the table once: engines differ in their functions for JSON, and all have LIKE.
#include "migrate/json_ids.h"

#include <inttypes.h>

#include "data/dialect.h"

typedef struct Finder {
    Database *database;
    const Dialect *dialect;
    Arena arena;
    StrItems names;
    Diagnostics *diagnostics;
} Finder;

// ---- what ids are called -------------------------------------------------------------------------
static void add_name(Finder *finder, Str name) {
    if (name.length == 0) return;
    for (uint32_t i = 0; i < finder->names.count; i++)
        if (str_equal(finder->names.items[i], name)) return;
    list_add(&finder->arena, &finder->names, name);
}

static void add_columns(Finder *finder, const DataExpression *expression) {
    for (; expression != NULL; expression = expression->next) {
        if (expression->kind == EXPRESSION_COLUMN) add_name(finder, expression->text);
        add_columns(finder, expression->first);
    }
}

static void find_names(Finder *finder, const Target *target) {
    for (uint32_t i = 0; i < target->rules->dimensions.count; i++)
        add_name(finder, target->rules->dimensions.items[i].name);
    for (uint32_t i = 0; i < target->tables.count; i++) {
        const TargetTable *table = &target->tables.items[i];
        for (uint32_t k = 0; k < table->keys.count; k++) {
            add_name(finder, table->keys.items[k].column);
            if (table->keys.items[k].value != NULL) add_columns(finder, table->keys.items[k].value);
        }
    }
}

// ---- one column ----------------------------------------------------------------------------------

static void add_as_text(const Finder *finder, Str column, StrBuf *sql) {
    strbuf_add_text(sql, "CAST(");
    dialect_name(finder->dialect, column, sql);
    strbuf_add_text(sql, finder->database->engine == ENGINE_MARIADB ? " AS CHAR)" : " AS TEXT)");
}

// `col LIKE '%"tenant_id"%' OR ...`, of a text that looks like JSON.
static void add_condition(const Finder *finder, const SchemaColumn *column, StrBuf *sql) {
    Arena scratch = {0};
    strbuf_add_text(sql, " WHERE (");
    for (uint32_t i = 0; i < finder->names.count; i++) {
        if (i > 0) strbuf_add_text(sql, " OR ");
        add_as_text(finder, column->name, sql);
        strbuf_add_text(sql, " LIKE ");
        dialect_text(finder->dialect, arena_format(&scratch, "%%\"%.*s\"%%", STR_ARG(finder->names.items[i])), sql);
    }
    strbuf_add_char(sql, ')');
    if (column->type != TYPE_JSON) {
        strbuf_add_text(sql, " AND (");
        add_as_text(finder, column->name, sql);
        strbuf_add_text(sql, " LIKE '{%' OR ");
        add_as_text(finder, column->name, sql);
        strbuf_add_text(sql, " LIKE '[%')");
    }
    arena_release(&scratch);
}

static void report(const Finder *finder, const TargetTable *table, const SchemaColumn *column, const Value *answer) {
    Str key = answer[1].kind == VALUE_TEXT ? answer[1].text : STR_NONE;
    diagnostic_add(finder->diagnostics, DIAGNOSTIC_W631, SPAN_NONE,
                   "JSON in the column '%.*s' of the table '%.*s' holds ids: %" PRId64 " row%s", STR_ARG(column->name),
                   STR_ARG(table->table->name), answer[0].integer, answer[0].integer == 1 ? "" : "s");
    if (key.length > 0)
        diagnostic_note(finder->diagnostics, "one of them: %.*s = %.*s", STR_ARG(table->row_key.items[0]), STR_ARG(key));
    diagnostic_help(finder->diagnostics, "it stays as it is; whoever reads it must know that rows have owners now");
}

static bool look_at(Finder *finder, const TargetTable *table, const SchemaColumn *column) {
    StrBuf sql = {0};
    Value answer[2] = {value_null(), value_null()};
    bool found;
    strbuf_add_text(&sql, "SELECT count(*), ");
    if (table->row_key.count > 0) {
        StrBuf smallest = {0};
        strbuf_add_text(&smallest, "min(");
        dialect_name(finder->dialect, table->row_key.items[0], &smallest);
        strbuf_addf(&sql, "CAST(%s) AS %s)", strbuf_str(&smallest).data, finder->database->engine == ENGINE_MARIADB ? "CHAR" : "TEXT");
        strbuf_release(&smallest);
    } else {
        strbuf_add_text(&sql, "NULL");
    }
    strbuf_add_text(&sql, " FROM ");
    dialect_name(finder->dialect, table->table->name, &sql);
    add_condition(finder, column, &sql);
    bool good = database_first(finder->database, &finder->arena, strbuf_str(&sql), NULL, 0, answer, 2, &found);
    if (good && found && answer[0].kind == VALUE_INTEGER && answer[0].integer > 0)
        report(finder, table, column, answer);
    if (!good) database_explain(finder->database, "look for ids in JSON", finder->diagnostics);
    strbuf_release(&sql);
    return good;
}

bool json_ids_find(Database *database, const Target *target, Diagnostics *diagnostics) {
    Finder finder = {.database = database, .dialect = dialect_of(database->engine), .diagnostics = diagnostics};
    bool good = true;
    find_names(&finder, target);
    for (uint32_t i = 0; good && i < target->tables.count; i++) {
        const TargetTable *table = &target->tables.items[i];
        if (table->keys.count == 0 || table->table->kind != TABLE_ORDINARY) continue;
        for (uint32_t k = 0; good && k < table->table->columns.count; k++) {
            const SchemaColumn *column = &table->table->columns.items[k];
            if (column->type == TYPE_JSON || column->type == TYPE_TEXT) good = look_at(&finder, table, column);
        }
    }
    arena_release(&finder.arena);
    return good;
}
