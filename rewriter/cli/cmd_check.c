// `weft check`: the gate for CI. Judges the tree by the limits of weft.yml and the command line; exit
// status 1 when one is broken. Changes nothing but the baseline, and that only when asked to.
#include <string.h>

#include "base/message.h"
#include "base/path.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/report_made.h"
#include "cli/report_output.h"
#include "cli/run.h"
#include "report/gate.h"

typedef struct Check {
    const Options *options;
    Run *run;
    CheckRule limits;
    Str baseline_path; // empty: none
    Baseline baseline;
    Changed changed;
    Report report;
    Gates gates;
} Check;

// The command line overrides weft.yml. A baseline of weft.yml is below the root, one of the command
// line where the user is.
static void settle_limits(Check *check) {
    const CheckOptions *given = &check->options->check;
    check->limits = check->run->rules.check;
    if (given->limits.max_complexity >= 0)
        check->limits.max_complexity = given->limits.max_complexity;
    if (given->limits.max_refused >= 0) check->limits.max_refused = given->limits.max_refused;
    if (given->limits.max_taken_back >= 0)
        check->limits.max_taken_back = given->limits.max_taken_back;
    if (given->limits.max_shared >= 0) check->limits.max_shared = given->limits.max_shared;
    if (given->limits.min_isolated >= 0) check->limits.min_isolated = given->limits.min_isolated;
    if (given->limits.max_risk >= 0) check->limits.max_risk = given->limits.max_risk;
    check->limits.start_up_counts = check->limits.start_up_counts || given->limits.start_up_counts;
    check->limits.no_new = check->limits.no_new || given->limits.no_new;
    check->limits.strict_baseline = check->limits.strict_baseline || given->limits.strict_baseline;
    if (given->limits.baseline.length > 0)
        check->baseline_path = given->limits.baseline;
    else if (check->limits.baseline.length > 0)
        check->baseline_path =
            path_join(&check->run->rules.arena, check->run->sources.root, check->limits.baseline);
}

static bool has_gate(const Check *check) {
    const CheckRule *limits = &check->limits;
    return limits->max_complexity >= 0 || limits->max_refused >= 0 ||
           limits->max_taken_back >= 0 || limits->max_shared >= 0 || limits->min_isolated >= 0 ||
           limits->max_risk >= 0 || limits->no_new || check->baseline_path.length > 0 ||
           check->options->check.changed_since.length > 0;
}

static bool refuse_empty(Check *check) {
    diagnostic_add(&check->run->diagnostics, DIAGNOSTIC_E902, SPAN_NONE,
                   "nothing to check: no limit is given");
    diagnostic_help(&check->run->diagnostics,
                    "write `check: { no_new: true, baseline: weft-baseline.txt }` into weft.yml, "
                    "or give --no-new, --max-refused N, ...; see docs/ci.md");
    return false;
}

// What weft.yml names is inside the tree (E407 else); what the command line names is where the user says.
static bool baseline_is_safe(Check *check) {
    return check->baseline_path.length == 0 ||
           output_place_is_safe(check->run->sources.root, check->baseline_path,
                                &check->run->diagnostics);
}

static bool update_baseline(Check *check) {
    Diagnostics *diagnostics = &check->run->diagnostics;
    if (check->baseline_path.length == 0) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E902, SPAN_NONE,
                       "--update-baseline: no baseline is named");
        diagnostic_help(diagnostics, "give --baseline FILE, or `check: { baseline: FILE }` in "
                                     "weft.yml");
        return false;
    }
    if (!baseline_write(check->baseline_path, &check->report, diagnostics)) return false;
    message_print(stdout, "wrote %u access%s to %.*s\n", check->report.accesses.count,
                  check->report.accesses.count == 1 ? "" : "es", STR_ARG(check->baseline_path));
    return true;
}

// False when something could not be read; then there is no verdict.
static bool judge(Check *check) {
    Diagnostics *diagnostics = &check->run->diagnostics;
    Str revision = check->options->check.changed_since;
    bool baseline = check->baseline_path.length > 0, lines = revision.length > 0;
    if (!has_gate(check)) return refuse_empty(check);
    if (baseline && !baseline_read(check->baseline_path, &check->baseline, diagnostics))
        return false;
    if (lines && !changed_open(check->run->sources.root, revision, &check->changed, diagnostics))
        return false;
    gates_judge(&check->report, &check->limits, baseline ? &check->baseline : NULL,
                lines ? &check->changed : NULL, &check->gates);
    return true;
}

// What the user types to accept what there is.
static Str update_command(Check *check) {
    Str named = check->options->check.limits.baseline;
    if (named.length == 0 && check->baseline_path.length > 0) // weft.yml names it
        return STR("weft check --update-baseline");
    return arena_format(&check->run->rules.arena, "weft check --baseline %.*s --update-baseline",
                        STR_ARG(named.length > 0 ? named : STR("weft-baseline.txt")));
}

static bool print_verdict(Check *check) {
    FILE *out = report_outputs_take_stdout(check->options) ? stderr : stdout;
    // With -q only what fails is said; the exit status says the rest.
    if (check->options->verbosity >= 0 || !check->gates.passed)
        gates_write_text(&check->gates, &check->report, &check->baseline, update_command(check),
                         output_columns(out), output_color(check->options->color, out), out);
    check->report.gates = &check->gates;
    Str root = check->run->sources.root;
    Diagnostics *diagnostics = &check->run->diagnostics;
    return (!report_made_is_shown(check->options) ||
            report_made_find(check->options, root, &check->report.arena, &check->report.made,
                             diagnostics)) &&
           report_outputs_write(check->options, root, &check->report, diagnostics);
}

static bool check_tree(Check *check) {
    Run *run = check->run;
    ReportInput input = {&run->sources, &run->program, &run->solution, &run->plan,
                         &run->diagnostics};
    settle_limits(check);
    diagnostics_sort(&run->diagnostics, &run->sources);
    report_build(&input, &check->report);
    bool good = baseline_is_safe(check) && (check->options->check.update_baseline ? update_baseline(check)
                                                      : judge(check) && print_verdict(check));
    return good;
}

// `weft check --api ARGUMENTS` is `weft api check ARGUMENTS`: both are asked for in a pipeline.
static bool asks_for_api(int argc, char **argv) {
    return argc > 1 && strcmp(argv[1], "--api") == 0;
}

int cmd_check(int argc, char **argv) {
    if (asks_for_api(argc, argv)) {
        static char word[] = "check";
        argv[1] = word;
        return cmd_api(argc, argv);
    }
    Options options;
    Run run;
    options_parse(COMMAND_CHECK, argc, argv, &options);
    Check check = {.options = &options, .run = &run, .gates = {.passed = true}};
    bool good = run_pipeline(&run, &options, run_stop(&options, RUN_TO_PLAN));
    if (good && !run_dump(&run, &options)) good = check_tree(&check);
    run_print_diagnostics(&run, &options);
    if (!output_finish()) good = false;
    int status = run_status(&run, good, !check.gates.passed);
    gates_release(&check.gates);
    changed_close(&check.changed);
    baseline_release(&check.baseline);
    report_release(&check.report);
    run_release(&run);
    options_release(&options);
    return status;
}
