// `weft report`: says what there is to migrate, in as many formats as were asked for. Changes nothing
// in the tree.
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/report_output.h"
#include "cli/run.h"

static bool write_reports(Run *run, const Options *options) {
    ReportInput input = {&run->sources,  &run->facts, &run->rules,
                         &run->solution, &run->plan,  &run->diagnostics};
    Report report;
    diagnostics_sort(&run->diagnostics, &run->sources);
    report_build(&input, &report);
    bool good = report_outputs_write(options, &report, &run->diagnostics);
    report_release(&report);
    return good;
}

int cmd_report(int argc, char **argv) {
    Options options;
    Run run;
    options_parse(COMMAND_REPORT, argc, argv, &options);
    bool good = run_pipeline(&run, &options, run_stop(&options, RUN_TO_PLAN));
    if (good && !run_dump(&run, &options)) good = write_reports(&run, &options);
    run_print_diagnostics(&run, &options);
    if (!output_finish()) good = false;
    int status = run_status(&run, good, false);
    run_release(&run);
    options_release(&options);
    return status;
}
