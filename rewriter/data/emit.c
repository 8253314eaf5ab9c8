// Plans as Python of Alembic and Django. Statements are written as Python literals; a probe becomes a question that
// stops the migration, a batch one UPDATE.
#include "data/emit.h"

#include "data/dialect.h"

static const char *const tool_names[EMIT_TOOL_COUNT] = {
    [EMIT_ALEMBIC] = "alembic", [EMIT_DJANGO] = "django"};

const char *emit_tool_name(EmitTool tool) { return tool_names[tool]; }

// Bytes that are not ASCII stay: the file is UTF-8, and so are names and literals of a plan.
static void add_literal(Str text, StrBuf *out) {
    strbuf_add_char(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '"' || c == '\\')
            strbuf_addf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            strbuf_addf(out, "\\x%02x", c);
        else
            strbuf_add_char(out, (char)c);
    }
    strbuf_add_char(out, '"');
}

static void add_call(const char *function, Str sql, StrBuf *out) {
    strbuf_addf(out, "    %s(", function);
    add_literal(sql, out);
    strbuf_add_text(out, ")\n");
}

static void add_probe(const Step *step, StrBuf *out) {
    strbuf_add_text(out, "    _must_be(");
    add_literal(step->sql.items[0], out);
    strbuf_add_text(out, ", ");
    add_literal(step->expect, out);
    strbuf_add_text(out, ", ");
    add_literal(step->failure, out);
    strbuf_add_text(out, ")\n");
}

static void add_batch(const Dialect *dialect, const Step *step, StrBuf *out) {
    StrBuf sql = {0};
    dialect_batch_whole(dialect, &step->batch, step->table, &sql);
    add_call("_run", strbuf_str(&sql), out);
    strbuf_release(&sql);
}

static void add_step(const Dialect *dialect, const Step *step, StrBuf *out) {
    strbuf_addf(out, "    # %.*s\n", STR_ARG(step->id)); // titles hold names that may have any byte
    if (step->kind == STEP_PROBE) {
        add_probe(step, out);
    } else if (step->kind == STEP_BATCHES) {
        add_batch(dialect, step, out);
    } else {
        for (uint32_t i = 0; i < step->sql.count; i++) add_call("_run", step->sql.items[i], out);
    }
}

static void add_undo(const Step *step, StrBuf *out) {
    for (uint32_t i = 0; i < step->undo.count; i++) add_call("_run", step->undo.items[i], out);
}

// The contract phase is left to weft or to a migration of its own: it has no way back.
static void add_functions(const Migration *plan, StrBuf *out) {
    const Dialect *dialect = dialect_of(plan->engine);
    strbuf_add_text(out, "\n\ndef _forwards():\n    \"\"\"Up to the phase switch: the program of "
                         "before goes on working.\"\"\"\n");
    for (uint32_t i = 0; i < plan->steps.count; i++)
        if (plan->steps.items[i].phase < PHASE_CONTRACT)
            add_step(dialect, &plan->steps.items[i], out);
    strbuf_add_text(out, "\n\ndef _backwards():\n    \"\"\"Takes that back. Rows of other tenants "
                         "lose their owner.\"\"\"\n    pass\n");
    for (uint32_t i = plan->steps.count; i > 0; i--)
        if (plan->steps.items[i - 1].phase < PHASE_CONTRACT)
            add_undo(&plan->steps.items[i - 1], out);
    strbuf_add_text(out, "\n\ndef _contract():\n    \"\"\"When the program of before is gone; "
                         "cannot be taken back.\"\"\"\n    pass\n");
    for (uint32_t i = 0; i < plan->steps.count; i++)
        if (plan->steps.items[i].phase == PHASE_CONTRACT)
            add_step(dialect, &plan->steps.items[i], out);
}

static const char alembic_head[] = "\"\"\"Tenants, as `weft data plan` has them. Set the "
                                   "revisions; call _contract() in a later one.\"\"\"\n"
                                   "from alembic import op\n\n"
                                   "revision = \"weft_tenants\"\n"
                                   "down_revision = None\n"
                                   "branch_labels = None\n"
                                   "depends_on = None\n\n\n"
                                   "def _run(sql):\n"
                                   "    op.get_bind().exec_driver_sql(sql)\n\n\n"
                                   "def _must_be(sql, wanted, failure):\n"
                                   "    found = op.get_bind().exec_driver_sql(sql).scalar()\n"
                                   "    if str(found) != wanted:\n"
                                   "        raise RuntimeError(f\"{failure}: {found}\")\n\n\n"
                                   "def upgrade():\n"
                                   "    _forwards()\n\n\n"
                                   "def downgrade():\n"
                                   "    _backwards()\n";

static const char django_head[] = "\"\"\"Tenants, as `weft data plan` has them. Set the "
                                  "dependencies; call _contract() in a later migration.\"\"\"\n"
                                  "from django.db import connection, migrations\n\n\n"
                                  "def _run(sql):\n"
                                  "    with connection.cursor() as cursor:\n"
                                  "        cursor.execute(sql)\n\n\n"
                                  "def _must_be(sql, wanted, failure):\n"
                                  "    with connection.cursor() as cursor:\n"
                                  "        cursor.execute(sql)\n"
                                  "        found = cursor.fetchone()[0]\n"
                                  "    if str(found) != wanted:\n"
                                  "        raise RuntimeError(f\"{failure}: {found}\")\n\n\n"
                                  "class Migration(migrations.Migration):\n"
                                  "    dependencies = []\n"
                                  "    operations = [\n"
                                  "        migrations.RunPython(lambda apps, schema: _forwards(), "
                                  "lambda apps, schema: _backwards()),\n"
                                  "    ]\n";

// PostgreSQL makes indexes beside writers outside of transactions only, and both tools run in one.
static bool runs_alone(const Migration *plan) {
    for (uint32_t i = 0; i < plan->steps.count; i++)
        if (plan->steps.items[i].alone && plan->steps.items[i].phase < PHASE_CONTRACT) return true;
    return false;
}

static void add_head(EmitTool tool, const Migration *plan, StrBuf *out) {
    bool alone = runs_alone(plan) && plan->engine == ENGINE_POSTGRESQL;
    Str head = str_from(tool == EMIT_ALEMBIC ? alembic_head : django_head);
    if (tool == EMIT_DJANGO && alone) {
        Str mark = STR("    dependencies = []\n");
        size_t at = (size_t)str_find_str(head, mark);
        strbuf_add(out, str_slice(head, 0, at));
        strbuf_add_text(out, "    atomic = False  # indexes are made beside writers\n");
        head = str_slice(head, at, head.length);
    }
    strbuf_add(out, head);
    if (tool == EMIT_ALEMBIC && alone)
        strbuf_add_text(out, "\n\n# Indexes are made beside writers: run it with "
                             "transaction_per_migration, and these steps in\n"
                             "# `with op.get_context().autocommit_block():`.\n");
}

bool emit_plan(EmitTool tool, const Migration *plan, StrBuf *out, Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < plan->steps.count; i++) {
        const Step *step = &plan->steps.items[i];
        if (step->kind != STEP_REBUILD) continue;
        diagnostic_add(
            diagnostics, DIAGNOSTIC_E626, SPAN_NONE,
            "the table '%.*s' moves into a new definition, which %s cannot do as weft does",
            STR_ARG(step->table), tool_names[tool]);
        diagnostic_help(diagnostics, "carry the plan out with `weft data apply`");
        return false;
    }
    add_head(tool, plan, out);
    add_functions(plan, out);
    return true;
}
