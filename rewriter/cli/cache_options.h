// The command line of `weft cache`.
#ifndef WEFT_CLI_CACHE_OPTIONS_H
#define WEFT_CLI_CACHE_OPTIONS_H

#include "cli/options.h"

// As options_argp.
const struct argp *cache_argp(void);

#endif
