// `weft status`: lists the runs of a tree, newest first. Takes no lock and writes nothing.
#include "apply/adopt.h"
#include "base/message.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/runs.h"
#include "report/json_value.h"
#include "report/text.h"
#include "rule/rule.h"

enum { STATUS_SCHEMA_VERSION = 1 };

typedef struct Status {
    Store store;
    History history;
    bool busy;  // a weft is at work
    Str holder; // which one
} Status;

static const char *describe(const Status *status, const Journal *journal) {
    switch (journal->state) {
    case RUN_BEGUN:
    case RUN_COMMITTED: return status->busy ? "running" : "interrupted";
    case RUN_APPLIED: return "applied";
    case RUN_UNDOING: return status->busy ? "being taken back" : "interrupted while taken back";
    case RUN_UNDONE: return journal->left.count > 0 ? "taken back, in part" : "taken back";
    }
    return "";
}

// ---- text ----------------------------------------------------------------------------------------

static void add_families(StrBuf *text, const Journal *journal) {
    for (uint32_t i = 0; i < journal->families.count; i++) {
        strbuf_add_text(text, i > 0 ? ", " : "\n    ");
        text_add_shown(text, journal->families.items[i]);
    }
}

static void add_count(StrBuf *text, const Journal *journal, RunCount count) {
    message_add(text, "%u file%s", journal->files.count, journal->files.count == 1 ? "" : "s");
    if (journal->state != RUN_UNDONE && count.new < journal->files.count)
        message_add(text, ": %u new, %u old, %u changed since", count.new, count.old, count.other);
}

static void add_run(StrBuf *text, Status *status, Journal *journal) {
    message_add(text, "run %u  %s  %.*s  ", journal->run, message_text(describe(status, journal)),
                STR_ARG(journal->began));
    add_count(text, journal, history_count(&status->store, journal));
    strbuf_add_text(text, "\n    ");
    text_add_shown(text, journal->command);
    add_families(text, journal);
    for (uint32_t i = 0; i < journal->left.count; i++) {
        message_add(text, "\n    left: ");
        text_add_shown(text, journal->left.items[i]);
    }
    strbuf_add_char(text, '\n');
}

static void print_text(Status *status) {
    StrBuf text = {0};
    if (status->busy) {
        message_add(&text, "at work: ");
        text_add_shown(&text, status->holder);
        strbuf_add_char(&text, '\n');
    }
    for (uint32_t i = status->history.runs.count; i-- > 0;)
        add_run(&text, status, &status->history.runs.items[i]);
    if (text.length == 0) message_add(&text, "weft has not written to this tree\n");
    pager_start();
    fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
}

// ---- JSON ----------------------------------------------------------------------------------------

static json_t *families_json(const Journal *journal) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < journal->families.count; i++)
        json_add(list, json_text(journal->families.items[i]));
    return list;
}

static json_t *run_json(Status *status, Journal *journal) {
    RunCount count = history_count(&status->store, journal);
    json_t *object = json_object(), *left = json_array();
    json_put(object, "run", json_integer(journal->run));
    json_put(object, "state", json_string(run_state_name(journal->state)));
    json_put(object, "finished", json_boolean(run_is_finished(journal->state)));
    json_put(object, "began", json_text(journal->began));
    json_put(object, "ended", json_text_or_null(journal->ended));
    json_put(object, "command", json_text(journal->command));
    json_put(object, "weft", json_text(journal->version));
    json_put(object, "types", families_json(journal));
    json_put(object, "files", json_integer(journal->files.count));
    json_put(object, "files_new", json_integer(count.new));
    json_put(object, "files_old", json_integer(count.old));
    json_put(object, "files_changed_since", json_integer(count.other));
    for (uint32_t i = 0; i < journal->left.count; i++)
        json_add(left, json_text(journal->left.items[i]));
    json_put(object, "left", left);
    return object;
}

static void print_json(Status *status) {
    json_t *root = json_object(), *runs = json_array();
    json_put(root, "schema_version", json_integer(STATUS_SCHEMA_VERSION));
    json_put(root, "at_work", status->busy ? json_text(status->holder) : json_null());
    for (uint32_t i = status->history.runs.count; i-- > 0;)
        json_add(runs, run_json(status, &status->history.runs.items[i]));
    json_put(root, "runs", runs);
    json_write(root, 1, stdout);
}

// ---- the command ---------------------------------------------------------------------------------

static int show(const RunsOptions *options, Diagnostics *diagnostics) {
    Status status = {0};
    store_name(&status.store, options->root);
    bool good = store_check(&status.store, diagnostics) &&
                history_read(&status.store, &status.history, diagnostics) &&
                adopt_refuse(&status.history, diagnostics);
    status.busy = store_is_held(&status.store, &status.holder);
    if (options->format == FORMAT_JSON)
        print_json(&status);
    else if (good || status.history.runs.count > 0 || status.busy)
        print_text(&status);
    bool interrupted = !status.busy && history_unfinished(&status.history) != NULL;
    if (interrupted && options->format == FORMAT_TEXT)
        message_print(
            stderr,
            "weft: `weft resume` finishes the interrupted run, `weft rollback` takes it back\n");
    history_release(&status.history);
    store_close(&status.store);
    if (interrupted) return EXIT_INTERRUPTED;
    return good ? EXIT_DONE : EXIT_WRONG;
}

int cmd_status(int argc, char **argv) {
    RunsOptions options;
    Diagnostics diagnostics = {0};
    int status = EXIT_WRONG;
    if (runs_options_parse(RUNS_STATUS, argc, argv, &options, &diagnostics))
        status = show(&options, &diagnostics);
    runs_print_diagnostics(&diagnostics, &options);
    if (!output_finish() && status == EXIT_DONE) status = EXIT_WRONG;
    diagnostics_release(&diagnostics);
    runs_options_release(&options);
    return status;
}
