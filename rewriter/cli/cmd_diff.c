// `weft diff`: shows what would change, as a diff or in numbers. Writes no file.
#include "base/message.h"
#include "cli/buffer.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/rewrite.h"
#include "cli/run_phase.h"
#include "report/stat.h"

static void print_stat(const Run *run, const Options *options, bool color) {
    Stat stat;
    uint32_t width = output_width();
    const Solution *solution = options->has_phase ? &run->part : &run->solution;
    stat_build(&run->program, solution, &run->plan, &stat);
    if (options->format == FORMAT_JSON) {
        stat_write_json(&stat, &run->plan, stdout);
    } else {
        pager_start();
        stat_write_text(&stat, &run->plan, width, color, stdout);
    }
    stat_release(&stat);
}

static void print_changes(const Run *run, const Options *options) {
    if (run->plan.files.count == 0 && options->format == FORMAT_TEXT) {
        if (options->verbosity > 0) message_print(stderr, "weft: nothing to change\n");
    } else if (options->stat) {
        print_stat(run, options, output_color(options->color, stdout));
    } else {
        DiffLook look = output_diff_look(options->color);
        pager_start();
        diff_write(&run->plan, options->context, look, stdout);
    }
}

static bool get_plan(Run *run, const Options *options, bool *stale) {
    PlanMaker maker = {0};
    LaterPlans later = {0};
    Str document;
    bool good;
    if (options->plan.length > 0)
        good = run_read_plan(run, options, &maker, &document, stale);
    else if (options->rewrite.length > 0)
        good = run_rewrite(run, options);
    else if (options->has_phase)
        good = run_phase(run, options, &document, &later);
    else
        good = run_pipeline(run, options, run_stop(options, RUN_TO_PLAN));
    vec_release(&later);
    plan_maker_release(&maker);
    return good;
}

int cmd_diff(int argc, char **argv) {
    Options options;
    Run run;
    bool stale = false;
    options_parse(COMMAND_DIFF, argc, argv, &options);
    bool good = get_plan(&run, &options, &stale);
    run_print_diagnostics(&run, &options);
    if (good) run_phase_say(&run, &options);
    uint32_t others = good && buffer_is_used(&options) ? buffer_keep_plan(&run) : 0;
    if (others > 0) buffer_say_others(&options, others);
    if (good && !run_dump(&run, &options)) print_changes(&run, &options);
    int status = run_end(&run, &options, good, options.exit_code && run.plan.files.count > 0);
    return stale ? EXIT_STALE : status;
}
