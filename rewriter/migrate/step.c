// Steps of statements and of questions. In: a step of the plan. Out: it is done and its row says so, or nothing of it
// happened. Where changes of the schema cannot be taken back (MariaDB), statements that ran stay, and the step's own
// question `done` decides whether it is repeated.
#include "migrate/run.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/message.h"
#include "migrate/survey.h"

enum { SHOWN_ROWS = 10 };

bool step_fail(MigrationRun *run, const Step *step) {
    Arena scratch = {0};
    Str what = message_format(&scratch, "carry out the step '%.*s'", STR_ARG(step->id));
    database_explain(run->database, what.data, run->diagnostics);
    diagnostic_note(run->diagnostics, "what it does: %.*s; steps before it stay done",
                    STR_ARG(step->title));
    arena_release(&scratch);
    return false;
}

bool step_ask(MigrationRun *run, Str question, Answer *answer) {
    int64_t value;
    *answer = ANSWER_UNKNOWN;
    if (question.length == 0) return true;
    if (!database_integer(run->database, question, NULL, 0, &value)) return false;
    *answer = value != 0 ? ANSWER_YES : ANSWER_NO;
    return true;
}

// ---- statements ----------------------------------------------------------------------------------

static bool run_sql(MigrationRun *run, const Step *step) {
    for (uint32_t i = 0; i < step->sql.count; i++)
        if (!database_execute(run->database, step->sql.items[i], NULL, 0)) return false;
    return true;
}

static bool put_state(MigrationRun *run, const Step *step, StepState state) {
    LedgerRow row = {state, STR(""), 0, STR("0")};
    return ledger_put(run->database, step->id, &row);
}

static bool is_one_transaction(const MigrationRun *run, const Step *step) {
    return run->dialect->ddl_in_transaction && !step->alone;
}

// Whether the step is to be run: neither is what it does there, nor does its row say so, which a COMMIT whose answer
// was lost may have written.
static bool is_to_do(MigrationRun *run, const Step *step, bool *to_do) {
    Arena scratch = {0};
    LedgerRow row;
    Answer done;
    bool good =
        step_ask(run, step->done, &done) && ledger_get(run->database, &scratch, step->id, &row);
    *to_do = good && (done == ANSWER_NO || (done == ANSWER_UNKNOWN && row.state != STEP_DONE));
    arena_release(&scratch);
    return good;
}

// False with a fault. What happens between the question and the end is not seen by others in between.
static bool run_once(MigrationRun *run, const Step *step) {
    Database *database = run->database;
    bool to_do, together = is_one_transaction(run, step);
    if (together && !database_begin(database)) return false;
    if (!is_to_do(run, step, &to_do)) return false;
    // Statements that stay when the next one fails are known to a rollback by this row.
    if (to_do && !together && !put_state(run, step, STEP_RUNNING)) return false;
    if (to_do && !run_sql(run, step)) return false;
    return put_state(run, step, STEP_DONE) && (!together || database_commit(database));
}

bool step_statements(MigrationRun *run, const Step *step) {
    for (unsigned attempts = 0; !run_once(run, step);) {
        database_rollback(run->database);
        if (!migration_may_retry(run, &attempts)) return step_fail(run, step);
    }
    return true;
}

// ---- probes --------------------------------------------------------------------------------------

typedef struct Detail {
    MigrationRun *run;
    StrBuf text;
    uint32_t count;
} Detail;

static bool add_detail(void *context, const Value *values, uint32_t count) {
    Detail *detail = context;
    if (detail->count++ >= SHOWN_ROWS) return false;
    strbuf_add_text(&detail->text, detail->count > 1 ? "; " : "");
    for (uint32_t i = 0; i < count; i++) {
        strbuf_add_text(&detail->text, i > 0 ? ", " : "");
        value_show(&detail->text, &values[i]);
    }
    return true;
}

static Str show_value(Arena *arena, const Value *value) {
    if (value->kind == VALUE_TEXT) return value->text;
    StrBuf text = {0};
    value_show(&text, value);
    Str shown = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return shown;
}

static bool explain_probe(MigrationRun *run, const Step *step, Str found) {
    Detail detail = {.run = run};
    diagnostic_add(run->diagnostics, DIAGNOSTIC_E667, SPAN_NONE, "%.*s: %.*s instead of %.*s",
                   STR_ARG(step->failure.length > 0 ? step->failure : step->title), STR_ARG(found),
                   STR_ARG(step->expect));
    if (step->detail.length > 0 &&
        database_query(run->database, step->detail, NULL, 0, add_detail, &detail) &&
        detail.count > 0)
        diagnostic_note(run->diagnostics, "in '%.*s': %.*s%s", STR_ARG(step->table),
                        STR_ARG(strbuf_str(&detail.text)),
                        detail.count > SHOWN_ROWS ? "; and more" : "");
    diagnostic_help(run->diagnostics,
                    "mend these rows and run `weft data resume`, or take all back with "
                    "`weft data rollback`");
    strbuf_release(&detail.text);
    return false;
}

// Whether all rows have what the step wants of them, as the survey of the table says.
static bool probe_rows(MigrationRun *run, const Step *step) {
    const Survey *survey = survey_of(run, step->table, &step->filled);
    if (survey == NULL) return false;
    Str found = arena_format(&run->arena, "%" PRId64, survey->empty);
    return (str_equal(found, step->expect) || explain_probe(run, step, found)) &&
           (put_state(run, step, STEP_DONE) || step_fail(run, step));
}

bool step_probe(MigrationRun *run, const Step *step) {
    Arena scratch = {0};
    if (step->filled.count > 0) return probe_rows(run, step);
    Value value = value_null();
    bool found, good;
    unsigned attempts = 0;
    while (!(good = database_first(run->database, &scratch, step->sql.items[0], NULL, 0, &value, 1,
                                   &found)) &&
           migration_may_retry(run, &attempts)) {
    }
    if (!good) {
        step_fail(run, step);
    } else {
        Str shown = show_value(&scratch, &value);
        good = str_equal(shown, step->expect) || explain_probe(run, step, shown);
        good = good && (put_state(run, step, STEP_DONE) || step_fail(run, step));
    }
    arena_release(&scratch);
    return good;
}
