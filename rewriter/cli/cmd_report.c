// `weft report`: says what there is to migrate, in as many formats as were asked for. Changes nothing
// in the tree; with --history, adds a line to a file.
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/report_interface.h"
#include "cli/report_made.h"
#include "cli/report_output.h"
#include "cli/report_serve.h"
#include "cli/run.h"

// The line is written last: what could not be shown was no run.
static bool write_reports(Run *run, const Options *options) {
    bool keeps = options->history.length > 0;
    Course course = {0};
    Report report;
    bool good = !keeps || (output_place_is_safe(run->sources.root, options->history,
                                                &run->diagnostics) &&
                           course_read(options->history, &run->sources, &course, &run->diagnostics));
    ReportInput input = {&run->sources, &run->program, &run->solution, &run->plan,
                         &run->diagnostics};
    diagnostics_sort(&run->diagnostics, &run->sources);
    report_build(&input, &report);
    good = good && (!report_made_is_shown(options) ||
                    report_made_find(options, run->sources.root, &report.arena, &report.made,
                                     &run->diagnostics));
    if (good && report_made_has_page(options)) good = report_interface_find(run, options, &report);
    if (good && keeps) {
        course_add(&course, &report);
        report.course = &course;
    }
    good = good && report_outputs_write(options, run->sources.root, &report, &run->diagnostics);
    if (good && keeps)
        good =
            course_append(options->history, &course, vec_last(&course.points), &run->diagnostics);
    report_release(&report);
    course_release(&course);
    return good;
}

int cmd_report(int argc, char **argv) {
    Options options;
    Run run;
    options_parse(COMMAND_REPORT, argc, argv, &options);
    if (options.serve) {
        int status = report_serve(&options);
        options_release(&options);
        return status;
    }
    bool good = run_pipeline(&run, &options, run_stop(&options, RUN_TO_PLAN));
    if (good && !run_dump(&run, &options)) good = write_reports(&run, &options);
    run_print_diagnostics(&run, &options);
    return run_end(&run, &options, good, false);
}
