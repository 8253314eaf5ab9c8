// `weft report`: says what there is to migrate, in as many formats as were asked for. Changes nothing
// in the tree; with --history, adds a line to a file.
#include <stdlib.h>
#include <time.h>

#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/report_output.h"
#include "cli/run.h"
#include "source/revision.h"

// The clock is the only thing that is not the same on every run: --date and SOURCE_DATE_EPOCH
// (https://reproducible-builds.org/specs/source-date-epoch/) stand in for it.
static bool find_date(const Options *options, Arena *arena, Str *date, Diagnostics *diagnostics) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    *date = options->date;
    if (date->length > 0) return true;
    if (epoch == NULL || epoch[0] == '\0') {
        *date = course_date(arena, (int64_t)time(NULL));
        return true;
    }
    long long seconds = strtoll(epoch, &end, 10);
    if (*end == '\0' && seconds >= 0) *date = course_date(arena, seconds);
    if (course_parse_date(arena, *date, date)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E902, SPAN_NONE,
                   "SOURCE_DATE_EPOCH is '%s', which is no number of seconds", epoch);
    return false;
}

static bool add_point(Run *run, const Options *options, Report *report, Course *course) {
    Arena *arena = &course->arena;
    Str date;
    if (!find_date(options, arena, &date, &run->diagnostics)) return false;
    course_add(course, report, date, revision_head(arena, run->sources.root));
    report->course = course;
    return true;
}

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
    good = good && (!keeps || add_point(run, options, &report, &course)) &&
           report_outputs_write(options, run->sources.root, &report, &run->diagnostics);
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
    bool good = run_pipeline(&run, &options, run_stop(&options, RUN_TO_PLAN));
    if (good && !run_dump(&run, &options)) good = write_reports(&run, &options);
    run_print_diagnostics(&run, &options);
    return run_end(&run, &options, good, false);
}
