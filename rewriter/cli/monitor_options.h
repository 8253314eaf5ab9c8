// The options of `weft monitor`, for manual pages and completions: as options_argp.
#ifndef WEFT_CLI_MONITOR_OPTIONS_H
#define WEFT_CLI_MONITOR_OPTIONS_H

struct argp;
// The option table, for help, manual pages and completion.
const struct argp *monitor_argp(void);

#endif
