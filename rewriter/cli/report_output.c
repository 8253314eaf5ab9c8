// Output of reports. In: a report and the formats asked for. Out: files, each replaced whole or not at
// all, and text on standard output.
#include "cli/report_output.h"

#include <errno.h>

#include "base/bug.h"
#include "base/file.h"
#include "cli/output.h"

enum { FILE_WIDTH = 100, FILE_MODE = 0644 };

// False after E901.
static bool write_file(const ReportOutput *output, const Report *report, const Options *options,
                       Diagnostics *diagnostics) {
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&bytes, &length);
    if (memory == NULL) BUG("no memory for a report");
    ReportStyle style = {.width = FILE_WIDTH, .around = options->around};
    report_format_find(output->format)->write(report, &style, memory);
    if (fclose(memory) != 0) BUG("no memory for a report");
    bool good = file_replace(output->file, (Str){bytes, length}, FILE_MODE);
    if (!good)
        diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
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

bool report_outputs_take_stdout(const Options *options) {
    for (uint32_t i = 0; i < options->reports.count; i++)
        if (options->reports.items[i].file.length == 0) return true;
    return false;
}

bool report_outputs_write(const Options *options, const Report *report, Diagnostics *diagnostics) {
    if (options->around.length > 0 && !report_around_is_known(report, options->around)) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E902, SPAN_NONE,
                       "--around: nothing in the tree is called '%.*s'", STR_ARG(options->around));
        diagnostic_help(diagnostics, "give a function, class or module by its dotted name");
        return false;
    }
    bool good = true;
    for (uint32_t i = 0; i < options->reports.count; i++) {
        const ReportOutput *output = &options->reports.items[i];
        if (output->file.length == 0)
            print_report(output, report, options);
        else
            good = write_file(output, report, options, diagnostics) && good;
    }
    return good;
}
