// All three have one rule: what the database shall keep unique must contain the column that rows are spread by, since
// no machine or partition looks into another. Tables that all share are copied everywhere.
#include "data/distribute.h"

#include "base/message.h"
#include "data/dialect.h"

static const char *const names[DISTRIBUTE_COUNT] = {[DISTRIBUTE_CITUS] = "citus",
                                                    [DISTRIBUTE_PARTITION] = "partition",
                                                    [DISTRIBUTE_VITESS] = "vitess"};

const char *distribute_name(DistributeTarget kind) { return names[kind]; }

// The column that rows of TABLE are spread by; NULL: it has none.
static const TargetKey *spread_key(const Target *target, const TargetTable *table) {
    if (table->is_shared || target->rules->dimensions.count == 0) return NULL;
    return target_key(table, target->rules->dimensions.items[0].name);
}

// ---- what does not fit ---------------------------------------------------------------------------

typedef struct Check {
    const Target *target;
    const char *kind;
    Diagnostics *diagnostics;
    uint32_t count;
} Check;

static void does_not_fit(Check *check, const TargetTable *table, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void does_not_fit(Check *check, const TargetTable *table, const char *format, ...) {
    StrBuf text = {0};
    va_list arguments;
    va_start(arguments, format);
    message_addv(&text, format, arguments);
    va_end(arguments);
    diagnostic_add(
        check->diagnostics, DIAGNOSTIC_W630, table->rule ? table->rule->span : table->table->place,
        "'%.*s' does not fit %s: %s", STR_ARG(table->table->name), check->kind, text.data);
    strbuf_release(&text);
    check->count++;
}

static bool has_name(const Check *check, const StrItems *columns, Str name) {
    return schema_has_name(check->target->schema, columns, name);
}

static const StrItems *widened(const TargetTable *table, const SchemaIndex *index) {
    for (uint32_t i = 0; i < table->uniques.count; i++)
        if (table->uniques.items[i].old == index) return &table->uniques.items[i].columns;
    return &index->columns;
}

static void check_uniques(Check *check, const TargetTable *table, Str column) {
    const SchemaTable *row = table->table;
    if (row->primary_key.count > 0 && !has_name(check, &row->primary_key, column))
        does_not_fit(check, table, "its primary key (%.*s) lacks %.*s",
                     STR_ARG(row->primary_key.items[0]), STR_ARG(column));
    for (uint32_t i = 0; i < row->indexes.count; i++) {
        const SchemaIndex *index = &row->indexes.items[i];
        if (index->unique && !index->is_primary && !has_name(check, widened(table, index), column))
            does_not_fit(check, table, "the unique index on (%.*s) lacks %.*s",
                         STR_ARG(index->columns.count > 0 ? index->columns.items[0] : index->name),
                         STR_ARG(column));
    }
}

static void check_references(Check *check, const TargetTable *table, Str column) {
    for (uint32_t i = 0; i < table->table->foreign_keys.count; i++) {
        const SchemaForeignKey *key = &table->table->foreign_keys.items[i];
        const TargetTable *other = target_table(check->target, key->table);
        if (other == NULL) continue;
        bool other_is_spread = spread_key(check->target, other) != NULL;
        if (column.length == 0 && other_is_spread)
            does_not_fit(check, table,
                         "all share it, and it refers to '%.*s', whose rows are spread",
                         STR_ARG(key->table));
        if (column.length > 0 && other_is_spread && !has_name(check, &key->columns, column))
            does_not_fit(check, table, "its foreign key to '%.*s' lacks %.*s", STR_ARG(key->table),
                         STR_ARG(column));
    }
}

uint32_t distribute_check(const Target *target, DistributeTarget kind, Diagnostics *diagnostics) {
    Check check = {target, names[kind], diagnostics, 0};
    for (uint32_t i = 0; i < target->tables.count; i++) {
        const TargetTable *table = &target->tables.items[i];
        const TargetKey *key = spread_key(target, table);
        if (key == NULL && !table->is_shared)
            does_not_fit(&check, table, "it has no key to be spread by");
        if (key != NULL && key->optional) does_not_fit(&check, table, "the key may be NULL");
        if (key != NULL) check_uniques(&check, table, key->column);
        check_references(&check, table, key != NULL ? key->column : STR_NONE);
    }
    return check.count;
}

// ---- what would do it ----------------------------------------------------------------------------

static void add_primary_key(const Target *target, const TargetTable *table, Str column,
                            StrBuf *out) {
    const Dialect *dialect = dialect_of(ENGINE_POSTGRESQL);
    const SchemaTable *row = table->table;
    if (row->primary_key.count == 0 || schema_has_name(target->schema, &row->primary_key, column))
        return;
    StrBuf constraint = {0};
    strbuf_addf(&constraint, "%.*s_pkey", STR_ARG(row->name));
    strbuf_add_text(out, "ALTER TABLE ");
    dialect_name(dialect, row->name, out);
    strbuf_add_text(out, " DROP CONSTRAINT ");
    dialect_name(dialect, strbuf_str(&constraint), out);
    strbuf_add_text(out, ", ADD PRIMARY KEY (");
    dialect_name(dialect, column, out);
    strbuf_add_text(out, ", ");
    dialect_names(dialect, &row->primary_key, out);
    strbuf_add_text(out, ");\n");
    strbuf_release(&constraint);
}

// A name inside of a text, "public"."messages" as Citus reads it.
static void add_quoted_name(Str name, StrBuf *out) {
    const Dialect *dialect = dialect_of(ENGINE_POSTGRESQL);
    StrBuf quoted = {0};
    dialect_name(dialect, name, &quoted);
    dialect_text(dialect, strbuf_str(&quoted), out);
    strbuf_release(&quoted);
}

// Shared tables first: others may refer to them.
static void emit_citus(const Target *target, StrBuf *out) {
    for (uint32_t i = 0; i < target->tables.count; i++) {
        if (!target->tables.items[i].is_shared) continue;
        strbuf_add_text(out, "SELECT create_reference_table(");
        add_quoted_name(target->tables.items[i].table->name, out);
        strbuf_add_text(out, ");\n");
    }
    for (uint32_t i = 0; i < target->ordered.count; i++) {
        const TargetTable *table = target->ordered.items[i];
        const TargetKey *key = spread_key(target, table);
        if (key == NULL) continue;
        add_primary_key(target, table, key->column, out);
        strbuf_add_text(out, "SELECT create_distributed_table(");
        add_quoted_name(table->table->name, out);
        strbuf_add_text(out, ", ");
        dialect_text(dialect_of(ENGINE_POSTGRESQL), key->column, out);
        strbuf_add_text(out, ");\n");
    }
}

// A table cannot become a partitioned one: a new one takes its definition, the old one becomes the default partition.
static void emit_partition(const Target *target, StrBuf *out) {
    const Dialect *dialect = dialect_of(ENGINE_POSTGRESQL);
    for (uint32_t i = 0; i < target->ordered.count; i++) {
        const TargetTable *table = target->ordered.items[i];
        const TargetKey *key = spread_key(target, table);
        if (key == NULL) continue;
        Arena arena = {0};
        Str rest = arena_format(&arena, "%.*s_rest", STR_ARG(table->table->name));
        strbuf_add_text(out, "BEGIN;\n");
        add_primary_key(target, table, key->column, out);
        strbuf_add_text(out, "ALTER TABLE ");
        dialect_name(dialect, table->table->name, out);
        strbuf_add_text(out, " RENAME TO ");
        dialect_name(dialect, rest, out);
        strbuf_add_text(out, ";\nCREATE TABLE ");
        dialect_name(dialect, table->table->name, out);
        strbuf_add_text(out, " (LIKE ");
        dialect_name(dialect, rest, out);
        strbuf_add_text(out, " INCLUDING ALL) PARTITION BY LIST (");
        dialect_name(dialect, key->column, out);
        strbuf_add_text(out, ");\nALTER TABLE ");
        dialect_name(dialect, table->table->name, out);
        strbuf_add_text(out, " ATTACH PARTITION ");
        dialect_name(dialect, rest, out);
        strbuf_add_text(out, " DEFAULT;\nCOMMIT;\n");
        arena_release(&arena);
    }
}

// A JSON text; names are UTF-8.
static void add_json(Str text, StrBuf *out) {
    strbuf_add_char(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\')
            strbuf_addf(out, "\\%c", c);
        else if (c < 0x20)
            strbuf_addf(out, "\\u%04x", c);
        else
            strbuf_add_char(out, (char)c);
    }
    strbuf_add_char(out, '"');
}

// Numbers that MySQL counts up would meet over several machines: sequences of an unsharded keyspace count instead.
static void add_vitess_table(const TargetTable *table, const TargetKey *key, StrBuf *out) {
    const SchemaTable *row = table->table;
    strbuf_add_text(out, "    ");
    add_json(row->name, out);
    if (key == NULL) {
        strbuf_add_text(out, ": {\"type\": \"reference\"}");
        return;
    }
    strbuf_add_text(out, ": {\"column_vindexes\": [{\"column\": ");
    add_json(key->column, out);
    strbuf_add_text(out, ", \"name\": \"tenant\"}]");
    for (uint32_t i = 0; i < row->columns.count; i++) {
        if (!row->columns.items[i].identity) continue;
        Arena arena = {0};
        strbuf_add_text(out, ", \"auto_increment\": {\"column\": ");
        add_json(row->columns.items[i].name, out);
        strbuf_add_text(out, ", \"sequence\": ");
        add_json(arena_format(&arena, "%.*s_seq", STR_ARG(row->name)), out);
        strbuf_add_text(out, "}");
        arena_release(&arena);
        break;
    }
    strbuf_add_char(out, '}');
}

static void emit_vitess(const Target *target, StrBuf *out) {
    strbuf_add_text(
        out, "{\n  \"sharded\": true,\n  \"vindexes\": {\"tenant\": {\"type\": \"xxhash\"}},\n"
             "  \"tables\": {\n");
    for (uint32_t i = 0; i < target->tables.count; i++) {
        const TargetTable *table = &target->tables.items[i];
        if (i > 0) strbuf_add_text(out, ",\n");
        add_vitess_table(table, spread_key(target, table), out);
    }
    strbuf_add_text(out, "\n  }\n}\n");
}

void distribute_emit(const Target *target, DistributeTarget kind, StrBuf *out) {
    switch (kind) {
    case DISTRIBUTE_CITUS: emit_citus(target, out); break;
    case DISTRIBUTE_PARTITION: emit_partition(target, out); break;
    case DISTRIBUTE_VITESS: emit_vitess(target, out); break;
    case DISTRIBUTE_COUNT: break;
    }
}
