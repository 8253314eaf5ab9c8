// `weft report --serve`: the page of the report, which follows the tree.
#ifndef WEFT_CLI_REPORT_SERVE_H
#define WEFT_CLI_REPORT_SERVE_H

#include "cli/options.h"

// Serves the page of the tree until a signal ends it, and makes it anew whenever something in the tree is saved. The
// exit status.
int report_serve(Options *options);

#endif
