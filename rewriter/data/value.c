// Rules as SQL. What a rule reads of a column is its text, in all engines, so that a number compares with 'one'
// in the same way everywhere.
#include "data/value.h"

#include <inttypes.h>

enum { NAME_MAX_LENGTH = 60 }; // PostgreSQL takes 63 bytes, MariaDB 64

Str value_object_name(Arena *arena, const char *prefix, Str table, const StrItems *columns) {
    StrBuf name = {0};
    strbuf_addf(&name, "%s%.*s", prefix, STR_ARG(table));
    for (uint32_t i = 0; columns != NULL && i < columns->count; i++)
        strbuf_addf(&name, "_%.*s", STR_ARG(columns->items[i]));
    Str whole = strbuf_str(&name), made;
    size_t cut = NAME_MAX_LENGTH - 9;
    if (whole.length <= NAME_MAX_LENGTH) {
        made = arena_copy(arena, whole);
    } else {
        while (cut > 0 && ((unsigned char)whole.data[cut] & 0xC0) == 0x80)
            cut--; // no half characters
        made =
            arena_format(arena, "%.*s_%08" PRIx32, (int)cut, whole.data, (uint32_t)str_hash(whole));
    }
    strbuf_release(&name);
    return made;
}

Str value_owners_table(Arena *arena, Str table) {
    return value_object_name(arena, "weft_owners_", table, NULL);
}

// ---- columns -------------------------------------------------------------------------------------

// A column of the row that is filled.
static void add_own(const ValueContext *context, Str column, StrBuf *sql) {
    if (context->is_new_row)
        strbuf_add_text(sql, "NEW");
    else
        dialect_name(context->dialect, context->table->table->name, sql);
    strbuf_add_char(sql, '.');
    dialect_name(context->dialect, column, sql);
}

static bool is_text(const ValueContext *context, const SchemaTable *table, Str column) {
    const SchemaColumn *row = schema_column(context->schema, table, column);
    return row == NULL || row->type == TYPE_TEXT;
}

// Opens and closes a cast around a column that is no text.
static void open_cast(bool needed, StrBuf *sql) { strbuf_add_text(sql, needed ? "CAST(" : ""); }

static void close_cast(const ValueContext *context, bool needed, StrBuf *sql) {
    if (needed)
        strbuf_addf(sql, " AS %s)", context->dialect->engine == ENGINE_MARIADB ? "CHAR" : "TEXT");
}

// A column of the row of ASKED that the look-up finds.
static void add_asked(const ValueContext *context, Str column, StrBuf *sql) {
    const DataLookup *from = &context->table->rule->from;
    bool cast = !is_text(context, context->table->asked->table, column);
    strbuf_add_text(sql, "(SELECT ");
    open_cast(cast, sql);
    dialect_name(context->dialect, STR("weft_asked"), sql);
    strbuf_add_char(sql, '.');
    dialect_name(context->dialect, column, sql);
    close_cast(context, cast, sql);
    strbuf_add_text(sql, " FROM ");
    dialect_name(context->dialect, context->table->asked->table->name, sql);
    strbuf_add_text(sql, " AS ");
    dialect_name(context->dialect, STR("weft_asked"), sql);
    strbuf_add_text(sql, " WHERE ");
    dialect_name(context->dialect, STR("weft_asked"), sql);
    strbuf_add_char(sql, '.');
    dialect_name(context->dialect, from->other, sql);
    strbuf_add_text(sql, " = ");
    add_own(context, from->own, sql);
    strbuf_add_char(sql, ')');
}

// ---- expressions ---------------------------------------------------------------------------------

static void add_value(const ValueContext *context, const DataExpression *value, StrBuf *sql);

static void add_column(const ValueContext *context, const DataExpression *column, StrBuf *sql) {
    if (column->table.length > 0) {
        add_asked(context, column->text, sql);
        return;
    }
    bool cast = !is_text(context, context->table->table, column->text);
    open_cast(cast, sql);
    add_own(context, column->text, sql);
    close_cast(context, cast, sql);
}

static void add_children(const ValueContext *context, const DataExpression *value,
                         const char *between, StrBuf *sql) {
    for (const DataExpression *child = value->first; child != NULL; child = child->next) {
        if (child != value->first) strbuf_add_text(sql, between);
        add_value(context, child, sql);
    }
}

// Conditions and values in turn, and the value of the rest.
static void add_case(const ValueContext *context, const DataExpression *value, StrBuf *sql) {
    strbuf_add_text(sql, "CASE");
    const DataExpression *child = value->first;
    for (; child->next != NULL; child = child->next->next) {
        strbuf_add_text(sql, " WHEN ");
        add_value(context, child, sql);
        strbuf_add_text(sql, " THEN ");
        add_value(context, child->next, sql);
    }
    strbuf_add_text(sql, " ELSE ");
    add_value(context, child, sql);
    strbuf_add_text(sql, " END");
}

static void add_wrapped(const ValueContext *context, const DataExpression *value,
                        const char *before, const char *between, const char *after, StrBuf *sql) {
    strbuf_add_text(sql, before);
    add_children(context, value, between, sql);
    strbuf_add_text(sql, after);
}

static void add_value(const ValueContext *context, const DataExpression *value, StrBuf *sql) {
    bool function = context->dialect->engine == ENGINE_MARIADB; // || is OR there
    switch (value->kind) {
    case EXPRESSION_COLUMN: add_column(context, value, sql); break;
    case EXPRESSION_TEXT: dialect_text(context->dialect, value->text, sql); break;
    case EXPRESSION_COALESCE: add_wrapped(context, value, "COALESCE(", ", ", ")", sql); break;
    case EXPRESSION_CONCAT:
        add_wrapped(context, value, function ? "CONCAT(" : "(", function ? ", " : " || ", ")", sql);
        break;
    case EXPRESSION_CASE: add_case(context, value, sql); break;
    case EXPRESSION_EQUAL: add_wrapped(context, value, "(", " = ", ")", sql); break;
    case EXPRESSION_DIFFERENT: add_wrapped(context, value, "(", " <> ", ")", sql); break;
    case EXPRESSION_AND: add_wrapped(context, value, "(", " AND ", ")", sql); break;
    case EXPRESSION_OR: add_wrapped(context, value, "(", " OR ", ")", sql); break;
    case EXPRESSION_NULL: add_wrapped(context, value, "(", "", " IS NULL)", sql); break;
    case EXPRESSION_NOT_NULL: add_wrapped(context, value, "(", "", " IS NOT NULL)", sql); break;
    case EXPRESSION_SQL:
        strbuf_addf(sql, "(%.*s)", STR_ARG(value->sql[context->dialect->engine]));
        break;
    }
}

// ---- keys ----------------------------------------------------------------------------------------

static void add_owner(const ValueContext *context, const TargetKey *key, StrBuf *sql) {
    Arena arena = {0};
    Str column = context->table->rule->owners.column;
    bool cast = !is_text(context, context->table->table, column);
    strbuf_add_text(sql, "NULLIF((SELECT ");
    dialect_name(context->dialect, STR("weft_owner"), sql);
    strbuf_add_char(sql, '.');
    dialect_name(context->dialect, key->dimension->name, sql);
    strbuf_add_text(sql, " FROM ");
    dialect_name(context->dialect, value_owners_table(&arena, context->table->table->name), sql);
    strbuf_add_text(sql, " AS ");
    dialect_name(context->dialect, STR("weft_owner"), sql);
    strbuf_add_text(sql, " WHERE ");
    dialect_name(context->dialect, STR("weft_owner"), sql);
    strbuf_add_text(sql, ".");
    dialect_name(context->dialect, column, sql);
    strbuf_add_text(sql, " = ");
    open_cast(cast, sql);
    add_own(context, column, sql);
    close_cast(context, cast, sql);
    strbuf_add_text(sql, "), '')");
    arena_release(&arena);
}

// What rows get for which nothing is found; NULL for optional keys.
static void add_fallback(const ValueContext *context, const TargetKey *key, StrBuf *sql) {
    DataOrphans orphans = context->table->rule->orphans;
    Str text = key->dimension->default_text;
    if (key->constant.length > 0) text = key->constant; // the rule's own
    if (orphans == ORPHANS_REFUSE && (key->is_taken || key->value != NULL)) text = STR_NONE;
    if (orphans == ORPHANS_QUARANTINE && (key->is_taken || key->value != NULL))
        text = STR("quarantine");
    dialect_text(context->dialect, text, sql);
}

// A row of the table that is asked may have no owner yet: then this one has none yet either, which is '', and only a
// row that is not there makes it an orphan.
static void add_source(const ValueContext *context, const TargetKey *key, StrBuf *sql) {
    const TargetKey *asked =
        key->is_taken ? target_key(context->table->asked, key->dimension->name) : NULL;
    bool waits = asked != NULL && asked->is_new;
    if (!waits) strbuf_add_text(sql, "NULLIF(");
    if (asked != NULL)
        add_asked(context, asked->column, sql);
    else
        add_value(context, key->value, sql);
    if (!waits) strbuf_add_text(sql, ", '')");
}

void value_write(const ValueContext *context, const TargetKey *key, StrBuf *sql) {
    strbuf_add_text(sql, "COALESCE(");
    if (key->has_owners) {
        add_owner(context, key, sql);
        strbuf_add_text(sql, ", ");
    }
    if (key->is_taken || key->value != NULL) {
        add_source(context, key, sql);
        strbuf_add_text(sql, ", ");
    }
    if (key->optional)
        strbuf_add_text(sql, "NULL");
    else
        add_fallback(context, key, sql);
    strbuf_add_char(sql, ')');
}

void value_write_filled(const ValueContext *context, const TargetKey *key, StrBuf *sql) {
    strbuf_add_text(sql, "CASE WHEN ");
    dialect_name(context->dialect, key->column, sql);
    strbuf_add_text(sql, " = '' THEN ");
    value_write(context, key, sql);
    strbuf_add_text(sql, " ELSE ");
    dialect_name(context->dialect, key->column, sql);
    strbuf_add_text(sql, " END");
}

void value_write_pending(const ValueContext *context, StrBuf *sql) {
    const char *between = "";
    for (uint32_t i = 0; i < context->table->keys.count; i++) {
        const TargetKey *key = &context->table->keys.items[i];
        if (!target_key_is_filled(key)) continue;
        strbuf_add_text(sql, between);
        if (context->is_new_row) strbuf_add_text(sql, "NEW.");
        dialect_name(context->dialect, key->column, sql);
        strbuf_add_text(sql, " = ''");
        between = " OR ";
    }
}
