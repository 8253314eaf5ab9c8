// In: limits of the rules; a tree and a program. Out: alert rules, a dashboard, timers, as files of other programs. Every text
// that comes from a rule file or a path stands in quotes that these programs understand, or is refused.
#include "manage/monitor.h"

#include <string.h>

#include "report/json_value.h"

enum { INDENT = 2 };

// ---- alerts --------------------------------------------------------------------------------------
static const struct {
    const char *name, *expression;
} OWN[] = {
    {"disk_usage", "weft_disk_used_ratio"},
    {"memory_usage", "weft_memory_used_ratio"},
    {"legacy_calls", "sum(increase(weft_api_legacy_calls_total[1d]))"},
    {"stalled_minutes",
     "weft_migrate_running * (time() - weft_migrate_last_progress_timestamp_seconds) / 60"},
};

// A scalar of YAML in double quotes: as JSON has it.
static void add_quoted(StrBuf *out, Str text) {
    json_t *value = json_text(text);
    char *quoted = json_dumps(value, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
    strbuf_add_text(out, quoted);
    free(quoted);
    json_decref(value);
}

static void add_alert(StrBuf *out, const char *name, Str expression, uint32_t minutes,
                      const char *severity, Str summary) {
    strbuf_addf(out, "      - alert: %s\n        expr: ", name);
    add_quoted(out, expression);
    strbuf_addf(
        out,
        "\n        for: %um\n        labels:\n          severity: %s\n        annotations:\n"
        "          summary: ",
        minutes, severity);
    add_quoted(out, summary);
    strbuf_add_char(out, '\n');
}

// "disk_usage" -> "WeftDiskUsage".
static Str alert_name(Arena *arena, Str name) {
    StrBuf text = {0};
    bool upper = true;
    strbuf_add_text(&text, "Weft");
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (c != '_')
            strbuf_add_char(&text, upper && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
        upper = c == '_';
    }
    Str kept = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return kept;
}

static void add_rule(StrBuf *out, const AlertRule *rule) {
    Arena arena = {0};
    Str expression = rule->expression;
    for (size_t i = 0; expression.length == 0 && i < sizeof OWN / sizeof *OWN; i++)
        if (str_is(rule->name, OWN[i].name)) expression = str_from(OWN[i].expression);
    Str compared =
        arena_format(&arena, "(%.*s) > %.*s", STR_ARG(expression), STR_ARG(rule->threshold));
    Str summary = arena_format(&arena, "%.*s is over %.*s%s%.*s", STR_ARG(rule->name),
                               STR_ARG(rule->threshold), rule->unit.length > 0 ? " " : "",
                               STR_ARG(rule->unit));
    add_alert(out, alert_name(&arena, rule->name).data, compared, rule->minutes, "warning",
              summary);
    arena_release(&arena);
}

void monitor_write_alerts(const Rules *rules, StrBuf *out) {
    strbuf_add_text(out, "groups:\n  - name: weft\n    rules:\n");
    add_alert(out, "WeftTaskFailed", STR("sum(weft_migrate_task{state=\"failed\"}) > 0"), 0,
              "critical", STR("a task of the migration failed: weft migrate status"));
    add_alert(out, "WeftMetricsOld", STR("time() - weft_monitor_written_timestamp_seconds > 7200"),
              5, "warning", STR("weft monitor has not written for two hours"));
    for (uint32_t i = 0; i < rules->alerts.count; i++) add_rule(out, &rules->alerts.items[i]);
}

// ---- the dashboard -------------------------------------------------------------------------------
static const struct {
    const char *title, *type, *expression, *legend;
} PANELS[] = {
    {"Tasks", "table", "weft_migrate_task == 1", "{{task}}: {{state}}"},
    {"Rows with an owner", "timeseries", "weft_data_rows_done", "{{phase}}"},
    {"Steps of the database", "timeseries", "weft_data_steps_done / weft_data_steps", "{{phase}}"},
    {"Old calls a minute", "timeseries",
     "sum by (api) (rate(weft_api_legacy_calls_total[5m])) * 60", "{{api}}"},
    {"Old callers", "stat", "weft_api_legacy_callers", "callers"},
    {"Isolated accesses", "stat", "weft_isolation_isolated / weft_isolation_accesses", "isolated"},
    {"Disk and memory", "timeseries", "{__name__=~\"weft_(disk|memory)_used_ratio\"}",
     "{{__name__}}"},
    {"Minutes without progress", "stat",
     "weft_migrate_running * (time() - weft_migrate_last_progress_timestamp_seconds) / 60",
     "minutes"},
};
enum { PANEL_COUNT = sizeof PANELS / sizeof *PANELS, WIDTH = 12, HEIGHT = 8 };

static json_t *panel_json(int index) {
    json_t *panel = json_object(), *target = json_object(), *targets = json_array();
    json_t *place = json_object(), *source = json_object();
    json_put(panel, "id", json_integer(index + 1));
    json_put(panel, "title", json_string(PANELS[index].title));
    json_put(panel, "type", json_string(PANELS[index].type));
    json_put(source, "type", json_string("prometheus"));
    json_put(source, "uid", json_string("${datasource}"));
    json_put(panel, "datasource", source);
    json_put(place, "h", json_integer(HEIGHT));
    json_put(place, "w", json_integer(WIDTH));
    json_put(place, "x", json_integer(index % 2 * WIDTH));
    json_put(place, "y", json_integer(index / 2 * HEIGHT));
    json_put(panel, "gridPos", place);
    json_put(target, "refId", json_string("A"));
    json_put(target, "expr", json_string(PANELS[index].expression));
    json_put(target, "legendFormat", json_string(PANELS[index].legend));
    json_add(targets, target);
    json_put(panel, "targets", targets);
    return panel;
}

void monitor_write_dashboard(StrBuf *out) {
    json_t *root = json_object(), *panels = json_array(), *list = json_array();
    json_t *variable = json_object(), *templating = json_object(), *time = json_object();
    json_put(root, "title", json_string("weft: a migration"));
    json_put(root, "uid", json_string("weft-migration"));
    json_put(root, "schemaVersion", json_integer(39));
    json_put(root, "refresh", json_string("1m"));
    json_put(time, "from", json_string("now-24h"));
    json_put(time, "to", json_string("now"));
    json_put(root, "time", time);
    json_put(variable, "name", json_string("datasource"));
    json_put(variable, "type", json_string("datasource"));
    json_put(variable, "query", json_string("prometheus"));
    json_add(list, variable);
    json_put(templating, "list", list);
    json_put(root, "templating", templating);
    for (int i = 0; i < PANEL_COUNT; i++) json_add(panels, panel_json(i));
    json_put(root, "panels", panels);
    char *text = json_dumps(root, JSON_INDENT(INDENT));
    strbuf_add_text(out, text);
    strbuf_add_char(out, '\n');
    free(text);
    json_decref(root);
}

// ---- timers --------------------------------------------------------------------------------------
static const struct {
    const char *name, *title, *calendar, *cron, *command;
} TIMERS[] = {
    {"metrics", "metrics of a migration by weft", "*-*-* *:0/5:00", "*/5 * * * *",
     "monitor --no-tree --prom monitor/weft.prom"},
    {"daily", "daily check of a migration by weft", "*-*-* 06:00:00", "0 6 * * *",
     "preflight -q --json monitor/preflight.json"},
    {"weekly", "weekly review of a migration by weft", "Mon *-*-* 06:10:00", "10 6 * * 1",
     "api report -o monitor/api-report.md"},
    {"monthly", "monthly report of a migration by weft", "*-*-01 06:20:00", "20 6 1 * *",
     "report --format html:monitor/report.html --history monitor/history.jsonl"},
};
enum { TIMER_COUNT = sizeof TIMERS / sizeof *TIMERS };

// What would have to be quoted in one of the two is refused: a path of a service is seldom like that.
static bool is_plain(Str path) {
    for (size_t i = 0; i < path.length; i++) {
        char c = path.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && strchr("/._-+@", c) == NULL) return false;
    }
    return path.length > 0 && path.data[0] == '/';
}

bool monitor_units(Arena *arena, Str root, Str weft, MonitorUnits *units) {
    if (!is_plain(root) || !is_plain(weft)) return false;
    for (int i = 0; i < TIMER_COUNT; i++) {
        Str service = arena_format(
            arena,
            "[Unit]\nDescription=%s\n\n[Service]\nType=oneshot\nWorkingDirectory=%.*s\n"
            "ExecStart=%.*s %s\nNice=10\nNoNewPrivileges=yes\n",
            TIMERS[i].title, STR_ARG(root), STR_ARG(weft), TIMERS[i].command);
        Str timer = arena_format(
            arena,
            "[Unit]\nDescription=%s\n\n[Timer]\nOnCalendar=%s\nPersistent=true\n\n[Install]\n"
            "WantedBy=timers.target\n",
            TIMERS[i].title, TIMERS[i].calendar);
        const char *name = arena_format(arena, "weft-%s.service", TIMERS[i].name).data;
        list_add(arena, units, ((MonitorUnit){name, service}));
        name = arena_format(arena, "weft-%s.timer", TIMERS[i].name).data;
        list_add(arena, units, ((MonitorUnit){name, timer}));
    }
    return true;
}

void monitor_write_cron(Str root, Str weft, StrBuf *out) {
    for (int i = 0; i < TIMER_COUNT; i++)
        strbuf_addf(out, "%s cd %.*s && %.*s %s\n", TIMERS[i].cron, STR_ARG(root), STR_ARG(weft),
                    TIMERS[i].command);
}
