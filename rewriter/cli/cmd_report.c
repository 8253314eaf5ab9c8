// `weft report`: says what there is to migrate, in as many formats as were asked for. Changes nothing
// in the tree; files that are named for a format are replaced whole or not at all.
#include <errno.h>

#include "base/bug.h"
#include "base/file.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run.h"
#include "report/format.h"

enum { FILE_WIDTH = 100, FILE_MODE = 0644 };

// False after E901.
static bool write_file(const ReportOutput *output, const Report *report, const Options *options,
                       Run *run) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&bytes, &length);
    if (memory == NULL) BUG("no memory for a report");
    ReportStyle style = {.width = FILE_WIDTH, .around = options->around};
    report_format_find(output->format)->write(report, &style, memory);
    if (fclose(memory) != 0) BUG("no memory for a report");
    bool good = file_replace(output->file, (Str){bytes, length}, FILE_MODE);
    if (!good)
        diagnostic_add(&run->diagnostics, DIAGNOSTIC_E901, (Span){0}, "cannot write '%.*s': %s",
                       STR_ARG(output->file), strerror(errno));
    free(bytes);
    return good;
}

static void print_report(const ReportOutput *output, const Report *report, const Options *options) {
    ReportStyle style = {.color = output_color(options->color, stdout),
                         .width = output_width(),
                         .around = options->around};
    pager_start();
    report_format_find(output->format)->write(report, &style, stdout);
}

static bool write_reports(Run *run, const Options *options) {
    ReportInput input = {&run->sources,  &run->facts, &run->rules,
                         &run->solution, &run->plan,  &run->diagnostics};
    Report report;
    bool good = true;
    diagnostics_sort(&run->diagnostics, &run->sources);
    report_build(&input, &report);
    if (options->around.length > 0 && !report_around_is_known(&report, options->around)) {
        diagnostic_add(&run->diagnostics, DIAGNOSTIC_E902, SPAN_NONE,
                       "--around: nothing in the tree is called '%.*s'", STR_ARG(options->around));
        diagnostic_help(&run->diagnostics, "give a function, class or module by its dotted name");
        good = false;
    }
    for (uint32_t i = 0; good && i < options->reports.count; i++) {
        const ReportOutput *output = &options->reports.items[i];
        if (output->file.length == 0)
            print_report(output, &report, options);
        else
            good = write_file(output, &report, options, run) && good;
    }
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
