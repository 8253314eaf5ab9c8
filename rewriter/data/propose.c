// Proposed rules for rows. In: the models of a program. Out: YAML. What only likelihood speaks for (a column that may
// name the tenant) is a comment.
#include "data/propose.h"

#include "data/model.h"
#include "data/propose_database.h"
#include "program/name.h"
#include "report/guess.h"
#include "report/text.h"

typedef struct Proposer {
    const Program *program;
    Schema schema;
    StrBuf *out;
    const SchemaForeignKey *
        *asked; // by table: the reference that says whose a row is; NULL: nothing does
} Proposer;

static const char *const DIMENSIONS[] = {"tenant_id", "agent_id", "platform", "chat_stream_id"};
enum { DIMENSION_COUNT = sizeof DIMENSIONS / sizeof *DIMENSIONS };

// What owners are called where a program has them already.
static const char *const OWNERS[] = {
    "tenant",     "org_id",   "organization_id", "organisation_id", "workspace_id", "workspace",
    "account_id", "guild_id", "guild",           "server_id",       "team_id"};

// Names that YAML and the expressions of rules take as they are.
static bool is_plain(Str name) {
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && c >= '0' && c <= '9')) return false;
    }
    return name.length > 0;
}

// The program has the table, and rules can name its model.
static bool is_proposed(const Proposer *proposer, const SchemaTable *table) {
    return guess_is_of_program(program_imported_name(proposer->program, table->model));
}

// ---- whose a row is ------------------------------------------------------------------------------

static const SchemaTable *target_of(const Proposer *proposer, const SchemaForeignKey *key) {
    return schema_table(&proposer->schema, key->table);
}

// The column that the reference leads to; empty when it is not just one.
static Str target_column(const Proposer *proposer, const SchemaForeignKey *key) {
    const SchemaTable *target = target_of(proposer, key);
    const StrItems *columns = key->targets.count > 0 ? &key->targets : &target->primary_key;
    return columns->count == 1 ? columns->items[0] : STR_NONE;
}

// Whether asking by KEY leads back to TABLE.
static bool goes_round(const Proposer *proposer, const SchemaTable *table,
                       const SchemaForeignKey *key) {
    const SchemaTable *tables = proposer->schema.tables.items;
    while (key != NULL) {
        const SchemaTable *target = target_of(proposer, key);
        if (target == table) return true;
        key = proposer->asked[target - tables];
    }
    return false;
}

static bool can_ask(const Proposer *proposer, const SchemaTable *table,
                    const SchemaForeignKey *key) {
    const SchemaTable *target = target_of(proposer, key);
    if (target == NULL || key->columns.count != 1 || !is_proposed(proposer, target) ||
        goes_round(proposer, table, key))
        return false;
    return is_plain(target->name) && is_plain(key->columns.items[0]) &&
           is_plain(target_column(proposer, key));
}

static bool may_be_null(const Proposer *proposer, const SchemaTable *table,
                        const SchemaForeignKey *key) {
    const SchemaColumn *column = schema_column(&proposer->schema, table, key->columns.items[0]);
    return column == NULL || column->nullable != KNOWN_NO;
}

// The first reference that each row has, else the first one that rows may have.
static void choose_references(Proposer *proposer) {
    for (uint32_t i = 0; i < proposer->schema.tables.count; i++) {
        const SchemaTable *table = &proposer->schema.tables.items[i];
        const SchemaForeignKey *chosen = NULL;
        for (uint32_t k = 0; k < table->foreign_keys.count; k++) {
            const SchemaForeignKey *key = &table->foreign_keys.items[k];
            if (!can_ask(proposer, table, key)) continue;
            bool better = chosen == NULL || (may_be_null(proposer, table, chosen) &&
                                             !may_be_null(proposer, table, key));
            if (better) chosen = key;
        }
        proposer->asked[i] = chosen;
    }
}

// ---- writing -------------------------------------------------------------------------------------

static void add_place(Proposer *proposer, const SchemaTable *table) {
    const SourceFile *file = source_file(proposer->program->facts->sources, table->place.file);
    text_add_shown(proposer->out, file->path);
    strbuf_addf(proposer->out, ":%u", source_line_column(file, table->place.start).line);
}

static const SchemaColumn *text_column(const Proposer *proposer, const SchemaTable *table,
                                       const char *name) {
    const SchemaColumn *column = schema_column(&proposer->schema, table, str_from(name));
    return column != NULL && column->type == TYPE_TEXT ? column : NULL;
}

// The tenant, and what the table says already by the very names of contexts.
static void add_keys(Proposer *proposer, const SchemaTable *table) {
    strbuf_add_text(proposer->out, "      keys: [");
    for (int i = 0; i < DIMENSION_COUNT; i++) {
        const SchemaColumn *there = text_column(proposer, table, DIMENSIONS[i]);
        if (i > 0 && there == NULL) continue;
        strbuf_addf(proposer->out, there == NULL ? "%s%s" : "%s{ %s: existing }", i > 0 ? ", " : "",
                    DIMENSIONS[i]);
    }
    strbuf_add_text(proposer->out, "]\n");
}

static void add_hint(Proposer *proposer, const SchemaTable *table) {
    for (size_t i = 0; i < sizeof OWNERS / sizeof *OWNERS; i++) {
        const SchemaColumn *column = schema_column(&proposer->schema, table, str_from(OWNERS[i]));
        if (column == NULL) continue;
        strbuf_addf(proposer->out,
                    "      # if %s is the tenant: { tenant_id: { column: %s } } as the first key, "
                    "and no `from`\n",
                    OWNERS[i], OWNERS[i]);
        return;
    }
}

static void add_reference(Proposer *proposer, const SchemaTable *table,
                          const SchemaForeignKey *key) {
    if (key == NULL || text_column(proposer, table, "tenant_id") != NULL) return;
    strbuf_addf(proposer->out, "      from: { table: %.*s, on: %.*s = %.*s, take: [tenant_id] }\n",
                STR_ARG(target_of(proposer, key)->name), STR_ARG(key->columns.items[0]),
                STR_ARG(target_column(proposer, key)));
}

static void add_table(Proposer *proposer, const SchemaTable *table, const SchemaForeignKey *key) {
    strbuf_add_text(proposer->out, "    # ");
    add_place(proposer, table);
    strbuf_addf(proposer->out, ", %u column%s%s\n    - model: ", table->columns.count,
                table->columns.count == 1 ? "" : "s",
                table->incomplete ? " that the source names" : "");
    text_add_shown(proposer->out, program_imported_name(proposer->program, table->model));
    strbuf_add_char(proposer->out, '\n');
    add_hint(proposer, table);
    add_keys(proposer, table);
    add_reference(proposer, table, key);
}

static void add_head(Proposer *proposer) {
    strbuf_add_text(
        proposer->out,
        "\n# Whose the rows are, for `weft data plan`: all that are there become those of "
        "the tenant 'default'.\n# `shared: true` in place of `keys` says that a table is "
        "everybody's, `owners: { file: .., column: .. }`\n# that its rows are of several "
        "tenants. Nothing is done before `weft data apply`.\ndata:\n");
    propose_database(proposer->program, proposer->out);
    strbuf_add_text(proposer->out, "  dimensions:\n    tenant_id: { default: default }\n");
    for (int d = 1; d < DIMENSION_COUNT; d++) {
        bool used = false;
        for (uint32_t i = 0; i < proposer->schema.tables.count && !used; i++)
            used = text_column(proposer, &proposer->schema.tables.items[i], DIMENSIONS[d]) != NULL;
        if (used) strbuf_addf(proposer->out, "    %s: {}\n", DIMENSIONS[d]);
    }
    strbuf_add_text(proposer->out, "  tables:\n");
}

uint32_t propose_data_rules(const Program *program, StrBuf *out) {
    Proposer proposer = {.program = program, .out = out};
    Diagnostics unheard = {0}; // `weft data plan` says the same again
    models_read(program, &proposer.schema, &unheard);
    uint32_t count = proposer.schema.tables.count, proposed = 0;
    for (uint32_t i = 0; i < count; i++) proposed += is_proposed(&proposer, &proposer.schema.tables.items[i]);
    proposer.asked = arena_array(&proposer.schema.arena, const SchemaForeignKey *, count + 1);
    if (proposed > 0) {
        choose_references(&proposer);
        add_head(&proposer);
    }
    for (uint32_t i = 0; i < count; i++)
        if (is_proposed(&proposer, &proposer.schema.tables.items[i]))
            add_table(&proposer, &proposer.schema.tables.items[i], proposer.asked[i]);
    diagnostics_release(&unheard);
    schema_release(&proposer.schema);
    return proposed;
}
