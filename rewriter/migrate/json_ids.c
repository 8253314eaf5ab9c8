// In: the tables of a plan, and their rows. Out: where JSON repeats what the keys are read from. Each table is one query
// that reads it once: engines differ in their functions for JSON, and all have LIKE.
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

// ---- one table -----------------------------------------------------------------------------------

static void add_as_text(const Finder *finder, Str column, StrBuf *sql) {
    strbuf_add_text(sql, "CAST(");
    dialect_name(finder->dialect, column, sql);
    strbuf_add_text(sql, finder->database->engine == ENGINE_MARIADB ? " AS CHAR)" : " AS TEXT)");
}

// A text that looks like JSON and has one of the names in quotes: `col LIKE '{%' AND col LIKE '%"tenant_id"%'`.
static void add_condition(const Finder *finder, const SchemaColumn *column, StrBuf *sql) {
    Arena scratch = {0};
    if (column->type != TYPE_JSON) {
        strbuf_add_char(sql, '(');
        add_as_text(finder, column->name, sql);
        strbuf_add_text(sql, " LIKE '{%' OR ");
        add_as_text(finder, column->name, sql);
        strbuf_add_text(sql, " LIKE '[%') AND ");
    }
    strbuf_add_char(sql, '(');
    for (uint32_t i = 0; i < finder->names.count; i++) {
        if (i > 0) strbuf_add_text(sql, " OR ");
        add_as_text(finder, column->name, sql);
        strbuf_add_text(sql, " LIKE ");
        dialect_text(finder->dialect, arena_format(&scratch, "%%\"%.*s\"%%", STR_ARG(finder->names.items[i])), sql);
    }
    strbuf_add_char(sql, ')');
    arena_release(&scratch);
}

static bool may_hold_json(const SchemaColumn *column) { return column->type == TYPE_JSON || column->type == TYPE_TEXT; }

// For each such column how many rows hold ids, and the smallest key of them: all columns by one look at each row.
static uint32_t add_query(const Finder *finder, const TargetTable *table, StrBuf *sql) {
    const char *text = finder->database->engine == ENGINE_MARIADB ? "CHAR" : "TEXT";
    uint32_t count = 0;
    StrBuf inner = {0};
    for (uint32_t i = 0; i < table->table->columns.count; i++) {
        const SchemaColumn *column = &table->table->columns.items[i];
        if (!may_hold_json(column)) continue;
        strbuf_addf(sql, "%scount(c%u), CAST(min(c%u) AS %s)", count > 0 ? ", " : "SELECT ", count, count, text);
        strbuf_add_text(&inner, count > 0 ? ", CASE WHEN " : "SELECT CASE WHEN ");
        add_condition(finder, column, &inner);
        strbuf_add_text(&inner, " THEN ");
        if (table->row_key.count > 0)
            dialect_name(finder->dialect, table->row_key.items[0], &inner);
        else
            strbuf_add_char(&inner, '1');
        strbuf_addf(&inner, " END AS c%u", count++);
    }
    strbuf_addf(sql, " FROM (%.*s FROM ", (int)inner.length, inner.data ? inner.data : "");
    dialect_name(finder->dialect, table->table->name, sql);
    strbuf_add_text(sql, ") AS looked_at");
    strbuf_release(&inner);
    return count;
}

static void report(const Finder *finder, const TargetTable *table, const SchemaColumn *column, const Value *answer) {
    int64_t rows = 0;
    if (!value_as_integer(&answer[0], &rows) || rows == 0) return;
    diagnostic_add(finder->diagnostics, DIAGNOSTIC_W631, SPAN_NONE,
                   "JSON in the column '%.*s' of the table '%.*s' holds ids: %" PRId64 " row%s", STR_ARG(column->name),
                   STR_ARG(table->table->name), rows, rows == 1 ? "" : "s");
    if (table->row_key.count > 0 && answer[1].kind == VALUE_TEXT)
        diagnostic_note(finder->diagnostics, "one of them: %.*s = %.*s", STR_ARG(table->row_key.items[0]),
                        STR_ARG(answer[1].text));
    diagnostic_help(finder->diagnostics, "it stays as it is; whoever reads it must know that rows have owners now");
}

static bool look_at(Finder *finder, const TargetTable *table) {
    StrBuf sql = {0};
    bool found, good = true;
    uint32_t count = add_query(finder, table, &sql), at = 0;
    Value *answers = arena_array(&finder->arena, Value, 2 * count + 1);
    if (count > 0)
        good = database_first(finder->database, &finder->arena, strbuf_str(&sql), NULL, 0, answers, 2 * count, &found);
    for (uint32_t i = 0; good && count > 0 && i < table->table->columns.count; i++)
        if (may_hold_json(&table->table->columns.items[i])) report(finder, table, &table->table->columns.items[i], &answers[2 * at++]);
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
        good = look_at(&finder, table);
    }
    arena_release(&finder.arena);
    return good;
}
