// Plans and schemas as text. Names come from a tree and a database that somebody else may have made, so the caller
// shows the text through what escapes control characters.
#include "data/view.h"
#include "base/message.h"
#include "data/dialect.h"

// ---- tables --------------------------------------------------------------------------------------

static void add_names(const StrItems *names, StrBuf *out) {
    for (uint32_t i = 0; i < names->count; i++)
        message_add(out, "%s%.*s", i > 0 ? ", " : "", STR_ARG(names->items[i]));
}

static const char *orphans_text(DataOrphans orphans) {
    switch (orphans) {
    case ORPHANS_DEFAULT: return "else the default";
    case ORPHANS_REFUSE: return "else the plan stops";
    case ORPHANS_QUARANTINE: return "else 'quarantine'";
    }
    return "";
}

static void add_key(const TargetTable *table, const TargetKey *key, StrBuf *out) {
    Str dimension = key->dimension->name;
    if (!key->is_new && str_equal(key->column, dimension)) {
        message_add(out, "    = %.*s\n", STR_ARG(dimension));
        return;
    }
    if (!key->is_new) {
        message_add(out, "    = %.*s is %.*s\n", STR_ARG(dimension), STR_ARG(key->column));
        return;
    }
    message_add(out, "    %c %.*s", key->is_there ? '=' : '+', STR_ARG(dimension));
    if (key->is_constant) message_add(out, ", '%.*s' for all rows", STR_ARG(key->constant));
    if (key->is_constant && key->is_taken)
        message_add(out, ", as for those of %.*s", STR_ARG(table->rule->from.table));
    if (key->has_owners) message_add(out, ", by %.*s", STR_ARG(table->rule->owners.file));
    if (key->is_taken && !key->is_constant)
        message_add(out, ", that of %.*s where %.*s = %.*s, %s", STR_ARG(table->rule->from.table),
                    STR_ARG(table->rule->from.other), STR_ARG(table->rule->from.own),
                    orphans_text(table->rule->orphans));
    if (key->value != NULL && !key->is_constant) message_add(out, ", by its rule");
    message_add(out, key->optional ? ", may be NULL\n" : "\n");
}

static void add_table(const TargetTable *table, StrBuf *out) {
    message_add(out, "  %.*s", STR_ARG(table->table->name));
    if (table->table->rows >= 0) message_add(out, " (%lld rows)", (long long)table->table->rows);
    message_add(out, table->is_shared ? ": shared by all\n" : "\n");
    for (uint32_t i = 0; i < table->keys.count; i++) add_key(table, &table->keys.items[i], out);
    for (uint32_t i = 0; i < table->uniques.count; i++) {
        message_add(out, "    ~ unique (");
        add_names(&table->uniques.items[i].old->columns, out);
        message_add(out, ") becomes (");
        add_names(&table->uniques.items[i].columns, out);
        strbuf_add_text(out, ")\n");
    }
}

// ---- phases --------------------------------------------------------------------------------------

static void add_phase(const Migration *plan, Phase phase, StrBuf *out) {
    uint32_t count = 0;
    int64_t lock = 0, rows = 0;
    for (uint32_t i = 0; i < plan->steps.count; i++) {
        const Step *step = &plan->steps.items[i];
        if (step->phase != phase) continue;
        count++;
        if (step->estimate.lock_ms > lock) lock = step->estimate.lock_ms;
        if (step->kind == STEP_BATCHES && step->estimate.rows > 0) rows += step->estimate.rows;
    }
    if (count == 0) return;
    message_add(out, "  %-8s  %3u step%s", phase_name(phase), count, count == 1 ? " " : "s");
    if (lock > 0) message_add(out, ", a writer waits %lld ms at most", (long long)lock);
    if (rows > 0) message_add(out, ", %lld rows in slices", (long long)rows);
    if (phase == PHASE_CONTRACT) message_add(out, "; no way back but the backup");
    strbuf_add_char(out, '\n');
}

static void add_steps(const Migration *plan, StrBuf *out) {
    for (uint32_t i = 0; i < plan->steps.count; i++) {
        const Step *step = &plan->steps.items[i];
        message_add(out, "    %-8s  %.*s\n", phase_name(step->phase), STR_ARG(step->title));
    }
}

static bool has_final(const Migration *plan) {
    for (uint32_t i = 0; i < plan->steps.count; i++)
        if (plan->steps.items[i].final) return true;
    return false;
}

void view_plan(const Target *target, const Migration *plan, bool has_database, bool with_steps,
               StrBuf *out) {
    message_add(out, "%s%s%.*s, %u tables%s\n\n", engine_name(plan->engine),
                plan->server.length ? " " : "", STR_ARG(plan->server), target->tables.count,
                has_database ? "" : "; no database was asked: this is what the models say");
    for (uint32_t i = 0; i < target->tables.count; i++) add_table(&target->tables.items[i], out);
    strbuf_add_char(out, '\n');
    if (plan->steps.count == 0) {
        message_add(out, "Nothing to do.\n");
        return;
    }
    if (with_steps) {
        add_steps(plan, out);
        strbuf_add_char(out, '\n');
    }
    for (int phase = 0; phase < PHASE_COUNT; phase++) add_phase(plan, (Phase)phase, out);
    if (has_final(plan))
        message_add(
            out, "\nA second owner can have what the first one has after contract, not before: "
                 "the old unique indexes stand until then.\n");
}

// ---- schemas -------------------------------------------------------------------------------------

static const char *null_text(Known nullable) {
    switch (nullable) {
    case KNOWN_YES: return "";
    case KNOWN_NO: return " not null";
    case KNOWN_NOT: return " null?";
    }
    return "";
}

static void add_indexes(const SchemaTable *table, StrBuf *out) {
    for (uint32_t i = 0; i < table->indexes.count; i++) {
        const SchemaIndex *index = &table->indexes.items[i];
        strbuf_addf(out, "  %s%s (", index->unique ? "unique" : "index",
                    index->is_constraint ? " constraint" : "");
        add_names(&index->columns, out);
        strbuf_addf(out, ")%s%.*s\n", index->name.length ? " " : "", STR_ARG(index->name));
    }
    for (uint32_t i = 0; i < table->foreign_keys.count; i++) {
        const SchemaForeignKey *key = &table->foreign_keys.items[i];
        strbuf_add_text(out, "  foreign key (");
        add_names(&key->columns, out);
        strbuf_addf(out, ") of %.*s\n", STR_ARG(key->table));
    }
}

void view_schema(const Schema *schema, StrBuf *out) {
    for (uint32_t i = 0; i < schema->tables.count; i++) {
        const SchemaTable *table = &schema->tables.items[i];
        strbuf_addf(out, "%s%.*s%s%.*s%s\n", i > 0 ? "\n" : "", STR_ARG(table->name),
                    table->model.length ? "  " : "", STR_ARG(table->model),
                    table->incomplete ? "  (and what is computed)" : "");
        for (uint32_t k = 0; k < table->columns.count; k++) {
            const SchemaColumn *column = &table->columns.items[k];
            strbuf_addf(out, "  %.*s %s%s%s%s\n", STR_ARG(column->name),
                        type_class_name(column->type), null_text(column->nullable),
                        column->has_default == KNOWN_YES ? " default" : "",
                        column->identity ? " counted" : "");
        }
        if (table->primary_key.count > 0) {
            strbuf_add_text(out, "  primary key (");
            add_names(&table->primary_key, out);
            strbuf_add_text(out, ")\n");
        }
        add_indexes(table, out);
    }
}

// ---- scripts -------------------------------------------------------------------------------------

static void add_statement(Str sql, StrBuf *out) {
    strbuf_add(out, sql);
    strbuf_add_text(out, ";\n");
}

static void add_step(const Dialect *dialect, const Step *step, StrBuf *out) {
    bool transaction = step->kind == STEP_STATEMENTS && !step->alone && step->sql.count > 1;
    strbuf_addf(out, "\n-- %.*s: %.*s%s\n", STR_ARG(step->id), STR_ARG(step->title),
                step->final ? " (cannot be taken back)" : "");
    if (step->kind == STEP_PROBE) strbuf_addf(out, "-- must be %.*s\n", STR_ARG(step->expect));
    if (step->kind == STEP_REBUILD) {
        strbuf_add_text(out,
                        "-- weft fills the new table beside the old one and exchanges the two\n");
        add_statement(step->rebuild.create, out);
        for (uint32_t i = 0; i < step->rebuild.after.count; i++)
            add_statement(step->rebuild.after.items[i], out);
    }
    if (step->kind == STEP_BATCHES) {
        strbuf_add_text(out, "-- weft does this in slices by (");
        add_names(&step->batch.key, out);
        strbuf_add_text(out, ")\n");
        dialect_batch_whole(dialect, &step->batch, step->table, out);
        strbuf_add_text(out, ";\n");
    }
    if (transaction) strbuf_add_text(out, "BEGIN;\n");
    for (uint32_t i = 0; i < step->sql.count; i++) add_statement(step->sql.items[i], out);
    if (transaction) strbuf_add_text(out, "COMMIT;\n");
}

void view_script(const Migration *plan, StrBuf *out) {
    int phase = -1;
    strbuf_addf(
        out,
        "-- A plan of weft for %s, to read. `weft data apply` carries it out with its checks.\n",
        engine_name(plan->engine));
    for (uint32_t i = 0; i < plan->steps.count; i++) {
        const Step *step = &plan->steps.items[i];
        if ((int)step->phase != phase)
            strbuf_addf(out, "\n-- ==== %s ====\n", phase_name(step->phase));
        phase = (int)step->phase;
        add_step(dialect_of(plan->engine), step, out);
    }
}
