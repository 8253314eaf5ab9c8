// Where the formats of a report go: to files, and one of them to standard output.
#ifndef WEFT_CLI_REPORT_OUTPUT_H
#define WEFT_CLI_REPORT_OUTPUT_H

#include "cli/options.h"
#include "report/format.h"

// True when one of the formats that were asked for goes to standard output.
bool report_outputs_take_stdout(const Options *options);
// Writes REPORT in every format that was asked for. False after E901 or E902.
bool report_outputs_write(const Options *options, Str root, const Report *report,
                          Diagnostics *diagnostics);

#endif
