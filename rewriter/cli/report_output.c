// Output of reports. In: a report and the formats asked for. Out: files, each replaced whole or not at
// all, and text on standard output.
#include "cli/report_output.h"

#include <errno.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/parallel.h"
#include "cli/output.h"

enum { FILE_WIDTH = 100, FILE_MODE = 0644 };

// The outputs that go to files, and what became of each.
typedef struct Files {
    const Report *report;
    const Options *options;
    const ReportOutput **outputs;
    int *errors; // errno of each that could not be written; 0
} Files;

// Formats only read the report, so that several can be made at a time, and one while the disk is busy
// with another.
static void write_file(void *context, uint32_t index, unsigned worker) {
    (void)worker;
    const Files *files = context;
    const ReportOutput *output = files->outputs[index];
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&bytes, &length);
    if (memory == NULL) memory_gone(0);
    ReportStyle style = {.width = FILE_WIDTH, .around = files->options->around};
    report_format_find(output->format)->write(files->report, &style, memory);
    if (fclose(memory) != 0) memory_gone(0);
    if (!file_replace(output->file, (Str){bytes, length}, FILE_MODE)) files->errors[index] = errno;
    free(bytes);
}

// False after E901, once for each that could not be written.
static bool write_files(const Report *report, const Options *options, Diagnostics *diagnostics) {
    Arena scratch = {0};
    uint32_t most = options->reports.count, count = 0;
    Files files = {report, options, arena_array(&scratch, const ReportOutput *, most + 1),
                   arena_array(&scratch, int, most + 1)};
    for (uint32_t i = 0; i < most; i++)
        if (options->reports.items[i].file.length > 0)
            files.outputs[count++] = &options->reports.items[i];
    parallel_for(count, options->sources.threads, write_file, &files);
    bool good = true;
    for (uint32_t i = 0; i < count; i++) {
        if (files.errors[i] == 0) continue;
        good = false;
        diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                       STR_ARG(files.outputs[i]->file), strerror(files.errors[i]));
    }
    arena_release(&scratch);
    return good;
}

static void print_report(const ReportOutput *output, const Report *report, const Options *options) {
    ReportStyle style = {.color = output_color(options->color, stdout),
                         .width = output_width(),
                         .columns = output_columns(stdout),
                         .around = options->around};
    pager_start();
    report_format_find(output->format)->write(report, &style, stdout);
}

bool report_outputs_take_stdout(const Options *options) {
    for (uint32_t i = 0; i < options->reports.count; i++)
        if (options->reports.items[i].file.length == 0) return true;
    return false;
}

// Asked of all of them before anything is written.
static bool files_are_safe(const Options *options, Str root, Diagnostics *diagnostics) {
    bool good = true;
    for (uint32_t i = 0; i < options->reports.count; i++) {
        Str file = options->reports.items[i].file;
        if (file.length > 0) good = output_place_is_safe(root, file, diagnostics) && good;
    }
    return good;
}

bool report_outputs_write(const Options *options, Str root, const Report *report,
                          Diagnostics *diagnostics) {
    if (!files_are_safe(options, root, diagnostics)) return false;
    if (options->around.length > 0 && !report_around_is_known(report, options->around)) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E902, SPAN_NONE,
                       "--around: nothing in the tree is called '%.*s'", STR_ARG(options->around));
        diagnostic_help(diagnostics, "give a function, class or module by its dotted name");
        return false;
    }
    for (uint32_t i = 0; i < options->reports.count; i++)
        if (options->reports.items[i].file.length == 0)
            print_report(&options->reports.items[i], report, options);
    return write_files(report, options, diagnostics);
}
