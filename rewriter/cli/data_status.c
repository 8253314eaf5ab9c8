// `weft data status`, `pause` and `cancel`: say how far a migration is, and ask the one that runs to stop.
#include <inttypes.h>
#include <stdio.h>

#include "base/message.h"
#include "cli/data_command.h"
#include "cli/data_work.h"
#include "report/json_value.h"
#include "report/text.h"

// ---- status --------------------------------------------------------------------------------------

typedef struct StepLine {
    const Step *step;
    LedgerRow row;
} StepLine;

static const char *state_name(StepState state) {
    static const char *const names[] = {"open", "begun", "done"};
    return names[state];
}

static bool read_steps(DataWork *work, StepLine *lines) {
    Session *session = &work->session;
    for (uint32_t i = 0; i < session->migration.steps.count; i++) {
        lines[i].step = &session->migration.steps.items[i];
        if (!session->has_ledger) continue;
        if (!ledger_get(&session->database, &session->arena, lines[i].step->id, &lines[i].row)) {
            database_explain(&session->database, "read the ledger in the database",
                             &work->diagnostics);
            return false;
        }
    }
    return true;
}

static void print_json(DataWork *work, const StepLine *lines, bool runs, const char *schema) {
    Session *session = &work->session;
    json_t *root = json_object(), *steps = json_array();
    json_put(root, "schema_version", json_integer(1));
    json_put(root, "database", json_text(session->site.database));
    json_put(root, "schema_digest", json_text(str_from(schema)));
    json_put(root, "plan", json_text(str_from(session->digest.digits)));
    json_put(root, "in_migration", json_boolean(session->has_ledger));
    json_put(root, "running", json_boolean(runs));
    for (uint32_t i = 0; i < session->migration.steps.count; i++) {
        json_t *step = json_object();
        json_put(step, "id", json_text(lines[i].step->id));
        json_put(step, "phase", json_text(str_from(phase_name(lines[i].step->phase))));
        json_put(step, "state", json_text(str_from(state_name(lines[i].row.state))));
        json_put(step, "rows", json_integer(lines[i].row.rows));
        json_add(steps, step);
    }
    json_put(root, "steps", steps);
    json_write(root, 2, stdout);
}

static void print_text(DataWork *work, const StepLine *lines, bool runs) {
    Session *session = &work->session;
    StrBuf text = {0};
    text_add_shown(&text, session->site.database);
    message_add(&text, ": %s\n",
                runs                  ? "a weft works on it"
                : session->has_ledger ? "in a migration"
                                      : "the migration has not begun, or was taken back");
    for (uint32_t i = 0; i < session->migration.steps.count; i++) {
        const StepLine *line = &lines[i];
        strbuf_addf(&text, "  %-8s  %-5s  ", phase_name(line->step->phase),
                    state_name(line->row.state));
        text_add_shown(&text, line->step->id);
        if (line->row.rows > 0) message_add(&text, ", %" PRId64 " rows", line->row.rows);
        strbuf_add_char(&text, '\n');
    }
    fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
}

// A database without a migration has a status, too: that there is none, and the digest that a plan for it names.
static bool read_plan(DataWork *work) {
    Str plan;
    if (!site_read(&work->session.site, &work->session.arena, "plan.json", &plan,
                   &work->diagnostics))
        return false;
    return plan.length == 0 || session_use_plan(&work->session, STR("plan.json"), plan);
}

static bool digest_schema(DataWork *work, DigestText *text) {
    Schema schema = {0};
    bool good = catalog_read(&work->session.database, &schema, &work->diagnostics);
    Digest digest = schema_digest(&schema);
    *text = digest_text(&digest);
    schema_release(&schema);
    return good;
}

static bool show_status(DataWork *work) {
    Session *session = &work->session;
    DigestText schema;
    if (!read_plan(work) || !digest_schema(work, &schema)) return false;
    StepLine *lines = arena_array(&session->arena, StepLine, session->migration.steps.count + 1);
    bool runs = site_is_locked(&session->site);
    if (!read_steps(work, lines)) return false;
    if (work->options.format == FORMAT_JSON)
        print_json(work, lines, runs, schema.digits);
    else
        print_text(work, lines, runs);
    return true;
}

int data_status(int argc, char **argv) {
    DataWork work;
    bool good = data_work_start(&work, false, argc, argv) && show_status(&work);
    return data_work_end(&work, good ? SESSION_DONE : SESSION_FAILED);
}

// ---- pause and cancel ----------------------------------------------------------------------------

static bool ask_to_stop(DataWork *work) {
    bool is_cancel = str_is(work->options.word, "cancel");
    if (!site_is_locked(&work->session.site)) {
        diagnostic_add(&work->diagnostics, DIAGNOSTIC_E670, SPAN_NONE,
                       "no weft works on the database '%.*s' now",
                       STR_ARG(work->session.site.database));
        return false;
    }
    if (!site_ask(&work->session.site, is_cancel ? SITE_CANCEL : SITE_PAUSE, &work->diagnostics))
        return false;
    if (!work->options.quiet)
        fputs(message_text(is_cancel ? "it stops behind its batch, and takes back what it did\n"
                                     : "it stops behind its batch\n"),
              stdout);
    return true;
}

int data_ask(int argc, char **argv) {
    DataWork work;
    bool good = data_work_start(&work, false, argc, argv) && ask_to_stop(&work);
    return data_work_end(&work, good ? SESSION_DONE : SESSION_FAILED);
}
