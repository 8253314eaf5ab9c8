// The tree, the date and the commit of a report. In: options, the clock, the repository around the tree. Out:
// texts. The clock is the only thing that is not the same on every run: --date and SOURCE_DATE_EPOCH
// (https://reproducible-builds.org/specs/source-date-epoch/) stand in for it.
#include "cli/report_made.h"

#include <stdlib.h>
#include <time.h>

#include "base/path.h"
#include "source/revision.h"

bool report_made_is_shown(const Options *options) {
    return options->history.length > 0 || report_made_has_page(options);
}

bool report_made_has_page(const Options *options) {
    for (uint32_t i = 0; i < options->reports.count; i++)
        if (str_is(options->reports.items[i].format, "html")) return true;
    return false;
}

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

// The name of the folder: where it lies on this machine is nobody's business who gets the page.
static Str tree_name(Arena *arena, Str root) {
    Str real;
    return arena_copy(arena, path_basename(path_real(arena, root, &real) ? real : root));
}

bool report_made_find(const Options *options, Str root, Arena *arena, ReportMade *made,
                      Diagnostics *diagnostics) {
    if (!find_date(options, arena, &made->date, diagnostics)) return false;
    made->tree = tree_name(arena, root);
    made->commit = revision_head(arena, root);
    return true;
}
