// What the page of a report says of the public interface.
#ifndef WEFT_CLI_REPORT_INTERFACE_H
#define WEFT_CLI_REPORT_INTERFACE_H

#include "cli/run.h"
#include "report/model.h"

// Fills REPORT->interface, where the rules have `api:` or --before names a commit; REPORT->made is known. False after
// errors: a usage file that cannot be read (E704), a commit that cannot be compared with.
bool report_interface_find(Run *run, const Options *options, Report *report);

#endif
