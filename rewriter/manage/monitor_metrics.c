// In: where a migration is. Out: metrics. Labels have bounded values: tasks, phases, functions of the public interface. Callers
// are no label, since anybody may make new ones.
#include <inttypes.h>

#include "manage/limits.h"
#include "manage/monitor.h"
#include "manage/view.h"
#include "report/text.h"

enum { MOST_APIS = 200, PERMILLE = 1000 };

static void begin(StrBuf *out, const char *name, const char *type, const char *help) {
    strbuf_addf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

// A label's value is UTF-8 between quotes.
static void add_label(StrBuf *out, const char *name, Str value, bool first) {
    StrBuf shown = {0};
    text_add_shown(&shown, value);
    strbuf_addf(out, "%s%s=\"", first ? "{" : ",", name);
    for (size_t i = 0; i < shown.length; i++) {
        if (shown.data[i] == '"' || shown.data[i] == '\\') strbuf_add_char(out, '\\');
        strbuf_add_char(out, shown.data[i]);
    }
    strbuf_add_char(out, '"');
    strbuf_release(&shown);
}

static void add_one(StrBuf *out, const char *name, const char *label, Str value, int64_t number) {
    strbuf_add_text(out, name);
    if (label != NULL) {
        add_label(out, label, value, true);
        strbuf_add_char(out, '}');
    }
    strbuf_addf(out, " %" PRId64 "\n", number);
}

static void add_alone(StrBuf *out, const char *name, const char *help, int64_t number) {
    begin(out, name, "gauge", help);
    add_one(out, name, NULL, STR_NONE, number);
}

static void add_share(StrBuf *out, const char *name, const char *help, int64_t permille) {
    if (permille < 0) return; // it cannot be told
    begin(out, name, "gauge", help);
    strbuf_addf(out, "%s %" PRId64 ".%03" PRId64 "\n", name, permille / PERMILLE,
                permille % PERMILLE);
}

// ---- tasks ---------------------------------------------------------------------------------------

static void add_tasks(const MonitorInput *input, StrBuf *out) {
    const Manager *manager = input->manager;
    const Graph *graph = &manager->plan.graph;
    int64_t changed = 0;
    begin(out, "weft_migrate_task", "gauge", "State of a task: 1 for the one that it is in.");
    for (uint32_t i = 0; i < graph->tasks.count; i++)
        for (int state = 0; state < STATE_COUNT; state++) {
            strbuf_add_text(out, "weft_migrate_task");
            add_label(out, "task", graph->tasks.items[i].id, true);
            add_label(out, "state", str_from(task_state_name((TaskState)state)), false);
            strbuf_addf(out, "} %d\n", manager->state.tasks[i].state == (TaskState)state);
        }
    add_alone(out, "weft_migrate_running", "Whether a manager works on the tree.", input->at_work);
    if (view_seconds(manager->state.changed, &changed))
        add_alone(out, "weft_migrate_last_progress_timestamp_seconds",
                  "When the record of the migration got its last line.", changed);
}

// ---- the database --------------------------------------------------------------------------------

static void add_steps(const MonitorInput *input, StrBuf *out) {
    Session *session = input->session;
    int64_t done[PHASE_COUNT] = {0}, all[PHASE_COUNT] = {0}, rows[PHASE_COUNT] = {0};
    for (uint32_t i = 0; i < session->migration.steps.count; i++) {
        const Step *step = &session->migration.steps.items[i];
        LedgerRow row = {STEP_NEW, STR_NONE, 0, STR_NONE};
        if (session->has_ledger && !ledger_get(&session->database, &session->arena, step->id, &row))
            continue;
        all[step->phase]++;
        done[step->phase] += row.state == STEP_DONE;
        rows[step->phase] += row.rows;
    }
    const struct {
        const char *name, *help;
        const int64_t *values;
    } metrics[] = {
        {"weft_data_steps", "Steps of the plan for data, by phase.", all},
        {"weft_data_steps_done", "Of them, those that are done.", done},
        {"weft_data_rows_done", "Rows that got their owner, by phase.", rows},
    };
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        begin(out, metrics[i].name, "gauge", metrics[i].help);
        for (int phase = 0; phase < PHASE_COUNT; phase++)
            add_one(out, metrics[i].name, "phase", str_from(phase_name((Phase)phase)),
                    metrics[i].values[phase]);
    }
    add_alone(out, "weft_data_running", "Whether a weft works on the database.",
              input->data_at_work);
}

// ---- old callers ---------------------------------------------------------------------------------

static void add_calls(const ApiStanding *standing, StrBuf *out) {
    const Usage *usage = &standing->usage;
    int64_t last = 0, others = 0;
    uint32_t apis = 0;
    begin(out, "weft_api_legacy_calls_total", "counter",
          "Calls of the public interface without a context, by function.");
    for (uint32_t i = 0, end; i < usage->callers.count; i = end) {
        int64_t calls = 0;
        for (end = i; end < usage->callers.count &&
                      str_equal(usage->callers.items[end].api, usage->callers.items[i].api);
             end++) {
            calls += usage->callers.items[end].calls;
            if (usage->callers.items[end].last > last) last = usage->callers.items[end].last;
        }
        if (apis++ < MOST_APIS)
            add_one(out, "weft_api_legacy_calls_total", "api", usage->callers.items[i].api, calls);
        else
            others += calls;
    }
    if (others > 0) add_one(out, "weft_api_legacy_calls_total", "api", STR("(more)"), others);
    add_alone(out, "weft_api_legacy_callers", "Pairs of function and module that called.",
              usage->callers.count);
    add_alone(out, "weft_api_legacy_calls_in_tree", "Such calls that the tree shows.",
              standing->calls.list.count);
    add_alone(out, "weft_api_usage_files", "Usage files that were read.", usage->files);
    if (last > 0)
        add_alone(out, "weft_api_last_legacy_call_timestamp_seconds", "When the last one was.",
                  last);
}

static void add_phases(const Timeline *timeline, StrBuf *out) {
    begin(out, "weft_api_phase", "gauge", "Phase of the old interface: 1 for the one of today.");
    for (int i = 0; i < API_PHASE_COUNT; i++)
        add_one(out, "weft_api_phase", "phase", str_from(api_phase_name((ApiPhase)i)),
                timeline->phase == (ApiPhase)i);
}

// ---- the tree and the machine --------------------------------------------------------------------

static void add_isolation(const Report *report, StrBuf *out) {
    add_alone(out, "weft_isolation_accesses", "Accesses that need a context.",
              report->accesses.count);
    add_alone(out, "weft_isolation_isolated", "Of them, those whose every origin bears a tenant.",
              report->isolated);
    add_alone(out, "weft_isolation_refused", "Of them, those that weft does not change.",
              report->by_outcome[OUTCOME_REFUSED]);
    add_alone(out, "weft_files_unreadable", "Files that cannot be read or parsed.",
              report->unreadable_files + report->unparsable_files);
}

static void add_machine(Str root, StrBuf *out) {
    add_share(out, "weft_memory_used_ratio", "Share of the memory that is in use.",
              limits_memory_used());
    add_share(out, "weft_disk_used_ratio", "Share of the disk of the tree that is in use.",
              limits_disk_used(root));
}

void monitor_write_metrics(const MonitorInput *input, StrBuf *out) {
    if (input->manager != NULL) add_tasks(input, out);
    if (input->session != NULL) add_steps(input, out);
    add_calls(input->standing, out);
    add_phases(&input->standing->timeline, out);
    if (input->report != NULL) add_isolation(input->report, out);
    add_machine(input->root, out);
    add_alone(out, "weft_monitor_written_timestamp_seconds", "When these were written.",
              input->now);
}
