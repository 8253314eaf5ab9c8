// `weft monitor`: metrics of a migration, and the files by which other programs watch it. Runs once and ends; a timer runs it
// again. Takes no lock, and changes nothing but the files that are asked for.
#include <argp.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/message.h"
#include "base/parallel.h"
#include "base/path.h"
#include "cli/api_standing.h"
#include "cli/cmd.h"
#include "cli/languages.h"
#include "cli/monitor_options.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/serve/metrics_server.h"
#include "manage/monitor.h"

enum MonitorKey {
    KEY_PROM = 256,
    KEY_ALERTS,
    KEY_GRAFANA,
    KEY_SYSTEMD,
    KEY_CRON,
    KEY_SERVE,
    KEY_NO_TREE
};
enum { FILE_MODE = 0644, DEFAULT_PORT = 9814, LAST_PORT = 65535 };

static const struct argp_option OPTIONS[] = {
    {"prom", KEY_PROM, "FILE", 0,
     "write the metrics to FILE, whole or not at all: NAME.prom in the folder of node_exporter's "
     "textfile collector; without any of these, to standard output",
     0},
    {"alerts", KEY_ALERTS, "FILE", 0,
     "write alert rules for Prometheus, with the limits of the rules", 0},
    {"grafana", KEY_GRAFANA, "FILE", 0, "write a dashboard for Grafana", 0},
    {"systemd", KEY_SYSTEMD, "DIR", 0,
     "write timers for the metrics, a daily check, a weekly review and a monthly report to the "
     "folder DIR",
     0},
    {"cron", KEY_CRON, NULL, 0, "print the same as lines for cron", 0},
    {"serve", KEY_SERVE, "PORT", OPTION_ARG_OPTIONAL,
     "answer Prometheus with the metrics on this machine's own address, at PORT (9814; 0: one that is free), until Ctrl-C",
     0},
    {"no-tree", KEY_NO_TREE, NULL, 0, "do not analyse the tree: quicker, without its metrics", 0},
    {"directory", 'C', "DIR", 0, "work in DIR instead of the current folder", 0},
    {"jobs", 'j', "N", 0, "use N threads (the number of processors)", 0},
    {"color", OPTION_KEY_COLOR, "WHEN", 0, "auto, always or never; NO_COLOR is honoured", 0},
    OPTION_LANG(0),
    {"quiet", 'q', NULL, 0, "errors only", 0},
    {NULL, 'h', NULL, OPTION_HIDDEN, "as --help", 0},
    {0},
};

typedef struct MonitorOptions {
    Str prom, alerts, grafana, systemd;
    bool cron, no_tree, serves, has_port;
    uint16_t port;
    Options base;
} MonitorOptions;

static void take_port(struct argp_state *state, const char *value, MonitorOptions *options) {
    options->port = (uint16_t)option_number(state, "--serve", str_from(value), 0, LAST_PORT);
    options->has_port = true;
}

static error_t parse(int key, char *value, struct argp_state *state) {
    MonitorOptions *options = state->input;
    Arena *arena = &options->base.arena;
    switch (key) {
    case KEY_PROM: options->prom = arena_copy(arena, str_from(value)); break;
    case KEY_ALERTS: options->alerts = arena_copy(arena, str_from(value)); break;
    case KEY_GRAFANA: options->grafana = arena_copy(arena, str_from(value)); break;
    case KEY_SYSTEMD: options->systemd = arena_copy(arena, str_from(value)); break;
    case KEY_CRON: options->cron = true; break;
    case KEY_SERVE:
        options->serves = true;
        options->port = DEFAULT_PORT;
        if (value) take_port(state, value, options);
        break;
    case KEY_NO_TREE: options->no_tree = true; break;
    case 'C': options->base.sources.root = arena_copy(arena, str_from(value)); break;
    case ARGP_KEY_ARG: // `--serve 9900`
        if (options->serves && !options->has_port)
            take_port(state, value, options);
        else
            option_refuse(state, "'%s' is one argument too many", value);
        break;
    default: return option_take_common(state, key, value, &options->base);
    }
    return 0;
}

static const struct argp PARSER = {
    OPTIONS,
    parse,
    "",
    "Say how a migration goes to the programs that watch it: Prometheus, Grafana, timers.\v"
    "The metrics are of the tasks, the database, old callers, the tree and the machine. The limits "
    "of alerts are in the rules: `monitor: alerts:`.\n\nExit status: 0 done; 2 wrong command line "
    "or rules, or a file cannot be written; 3 some files of the tree could not be read.",
    NULL,
    NULL,
    NULL};

const struct argp *monitor_argp(void) { return &PARSER; }

// ---- metrics -------------------------------------------------------------------------------------
typedef struct Monitoring {
    const MonitorOptions *options;
    Run run;
    Manager manager;
    Session session;
    SessionOptions database;
    Report report;
    ApiStanding standing;
    Diagnostics unheard; // of what cannot be read now, which then has no metrics
    bool has_session, has_report;
} Monitoring;

static void open_database(Monitoring *monitoring) {
    if (monitoring->manager.plan.database.length == 0) return;
    monitoring->database = (SessionOptions){.root = monitoring->run.sources.root,
                                            .database = monitoring->manager.plan.database};
    Str plan = STR_NONE;
    bool good =
        session_open(&monitoring->session, &monitoring->database, false, &monitoring->unheard);
    if (good)
        good = site_read(&monitoring->session.site, &monitoring->session.arena, "plan.json", &plan,
                         &monitoring->unheard) &&
               plan.length > 0 && session_use_plan(&monitoring->session, STR("plan.json"), plan);
    monitoring->has_session = good;
}

static void read_report(Monitoring *monitoring) {
    Run *run = &monitoring->run;
    if (monitoring->options->no_tree) return;
    ReportInput input = {&run->sources, &run->program, &run->solution, &run->plan,
                         &run->diagnostics};
    diagnostics_sort(&run->diagnostics, &run->sources);
    report_build(&input, &monitoring->report);
    monitoring->has_report = true;
}

static bool write_file(Monitoring *monitoring, Str path, const StrBuf *text) {
    Diagnostics *diagnostics = &monitoring->run.diagnostics;
    if (!output_place_is_safe(monitoring->run.sources.root, path, diagnostics)) return false;
    if (file_replace(path, strbuf_str(text), FILE_MODE)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                   STR_ARG(path), strerror(errno));
    return false;
}

static bool make_metrics(Monitoring *monitoring, StrBuf *text) {
    bool known = manager_open(&monitoring->manager, monitoring->run.sources.root, false,
                              &monitoring->unheard) &&
                 monitoring->manager.has_plan;
    Run *run = &monitoring->run;
    bool good = api_standing_read(run, &monitoring->options->base, timeline_today(&run->rules.arena), &monitoring->standing);
    if (known) open_database(monitoring);
    read_report(monitoring);
    MonitorInput input = {.manager = known ? &monitoring->manager : NULL,
                          .at_work = known && site_is_locked(&monitoring->manager.site),
                          .session = monitoring->has_session ? &monitoring->session : NULL,
                          .data_at_work =
                              monitoring->has_session && site_is_locked(&monitoring->session.site),
                          .standing = &monitoring->standing,
                          .report = monitoring->has_report ? &monitoring->report : NULL,
                          .root = monitoring->run.sources.root,
                          .now = (int64_t)time(NULL)};
    monitor_write_metrics(&input, text);
    return good;
}

static bool write_metrics(Monitoring *monitoring) {
    StrBuf text = {0};
    bool good = make_metrics(monitoring, &text);
    if (good && monitoring->options->prom.length > 0)
        good = write_file(monitoring, monitoring->options->prom, &text);
    else if (good)
        fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
    return good;
}

// ---- files ---------------------------------------------------------------------------------------

static bool refuse_path(Monitoring *monitoring) {
    diagnostic_add(&monitoring->run.diagnostics, DIAGNOSTIC_E901, SPAN_NONE,
                   "the path of the tree or of weft has characters that a timer cannot have");
    diagnostic_help(&monitoring->run.diagnostics,
                    "letters, digits and / . _ - + @ can stand there");
    return false;
}

static bool write_timers(Monitoring *monitoring) {
    Arena arena = {0};
    MonitorUnits units = {0};
    StrBuf cron = {0};
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program);
    Str weft = {program, length > 0 ? (size_t)length : 0}, root = monitoring->run.sources.root;
    bool good = monitor_units(&arena, root, weft, &units) || refuse_path(monitoring);
    for (uint32_t i = 0; good && monitoring->options->systemd.length > 0 && i < units.count; i++) {
        StrBuf text = {0};
        strbuf_add(&text, units.items[i].text);
        Str path = path_join(&arena, monitoring->options->systemd, str_from(units.items[i].name));
        good = write_file(monitoring, arena_copy(&arena, path), &text);
        strbuf_release(&text);
    }
    if (good && monitoring->options->cron) {
        monitor_write_cron(root, weft, &cron);
        fwrite(cron.data, 1, cron.length, stdout);
    }
    strbuf_release(&cron);
    arena_release(&arena);
    return good;
}

static bool write_files(Monitoring *monitoring) {
    const MonitorOptions *options = monitoring->options;
    StrBuf alerts = {0}, dashboard = {0};
    bool good = true;
    if (options->alerts.length > 0) {
        monitor_write_alerts(&monitoring->run.rules, &alerts);
        good = write_file(monitoring, options->alerts, &alerts);
    }
    if (good && options->grafana.length > 0) {
        monitor_write_dashboard(&dashboard);
        good = write_file(monitoring, options->grafana, &dashboard);
    }
    if (good && (options->systemd.length > 0 || options->cron)) good = write_timers(monitoring);
    strbuf_release(&alerts);
    strbuf_release(&dashboard);
    return good;
}

static void release(Monitoring *monitoring) {
    report_release(&monitoring->report);
    api_standing_release(&monitoring->standing);
    if (monitoring->database.database.length > 0) session_close(&monitoring->session);
    manager_close(&monitoring->manager);
    diagnostics_release(&monitoring->unheard);
    run_release(&monitoring->run);
}

// ---- over HTTP -----------------------------------------------------------------------------------

// Each scrape reads everything anew, as each run does.
static bool make_text(void *context, StrBuf *text) {
    const MonitorOptions *options = context;
    Monitoring monitoring = {.options = options, .manager = {.site = {.lock = -1}}};
    bool good = run_pipeline(&monitoring.run, &options->base, options->no_tree ? RUN_TO_FACTS : RUN_TO_PLAN) &&
                make_metrics(&monitoring, text);
    release(&monitoring);
    return good;
}

static bool serve(MonitorOptions *options, Diagnostics *diagnostics) {
    if (metrics_serve(options->port, make_text, options)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot listen on port %u of this machine: %s", options->port,
                   strerror(errno));
    return false;
}

int cmd_monitor(int argc, char **argv) {
    static char program[] = "weft monitor";
    MonitorOptions options = {
        .base = {.sources = {.accepts = languages_accept, .threads = parallel_default_threads()}}};
    Monitoring monitoring = {.options = &options, .manager = {.site = {.lock = -1}}};
    argv[0] = program;
    argp_err_exit_status = EXIT_WRONG;
    option_parse(&PARSER, argc, argv, &options);
    bool files = options.serves || options.alerts.length > 0 || options.grafana.length > 0 ||
                 options.systemd.length > 0 || options.cron;
    RunStop stop =
        options.no_tree || (files && options.prom.length == 0) ? RUN_TO_FACTS : RUN_TO_PLAN;
    bool good = run_pipeline(&monitoring.run, &options.base, stop) && write_files(&monitoring);
    if (good && options.serves)
        good = serve(&options, &monitoring.run.diagnostics);
    else if (good && (options.prom.length > 0 || !files)) good = write_metrics(&monitoring);
    options.base.verbosity = -1; // what the tree lacks is for `weft report` to say
    run_print_diagnostics(&monitoring.run, &options.base);
    int status = run_status(&monitoring.run, good, false);
    if (!output_finish()) status = EXIT_WRONG;
    release(&monitoring);
    options_release(&options.base);
    return status;
}
