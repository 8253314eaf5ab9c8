// `weft diff`: shows what would change, as a diff or in numbers. Writes no file.
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run.h"
#include "report/stat.h"

static void print_stat(const Run *run, bool color) {
    Stat stat;
    uint32_t width = output_width();
    pager_start();
    stat_build(&run->facts, &run->solution, &run->plan, &stat);
    stat_write_text(&stat, &run->plan, width, color, stdout);
    stat_release(&stat);
}

static void print_changes(const Run *run, const Options *options) {
    bool color = output_color(options->color, stdout);
    if (run->plan.files.count == 0) {
        if (options->verbosity > 0) fputs("weft: nothing to change\n", stderr);
    } else if (options->stat) {
        print_stat(run, color);
    } else {
        pager_start();
        diff_write(&run->plan, options->context, color, stdout);
    }
}

int cmd_diff(int argc, char **argv) {
    Options options;
    Run run;
    PlanMaker maker = {0};
    Str document;
    bool stale = false;
    options_parse(COMMAND_DIFF, argc, argv, &options);
    bool good = options.plan.length > 0
                    ? run_read_plan(&run, &options, &maker, &document, &stale)
                    : run_pipeline(&run, &options, run_stop(&options, RUN_TO_PLAN));
    run_print_diagnostics(&run, &options);
    if (good && !run_dump(&run, &options)) print_changes(&run, &options);
    if (!output_finish()) good = false;
    int status = run_status(&run, good, options.exit_code && run.plan.files.count > 0);
    if (stale) status = EXIT_STALE;
    plan_maker_release(&maker);
    run_release(&run);
    options_release(&options);
    return status;
}
