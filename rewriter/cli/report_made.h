// When and of what a report is made.
#ifndef WEFT_CLI_REPORT_MADE_H
#define WEFT_CLI_REPORT_MADE_H

#include "cli/options.h"
#include "report/model.h"

// True when some output that was asked for shows it: a page, or a line of the history.
bool report_made_is_shown(const Options *options);
// True when a page was asked for.
bool report_made_has_page(const Options *options);
// Fills MADE for the tree at ROOT; its texts live in ARENA. False after E902, when SOURCE_DATE_EPOCH is no
// number.
bool report_made_find(const Options *options, Str root, Arena *arena, ReportMade *made,
                      Diagnostics *diagnostics);

#endif
