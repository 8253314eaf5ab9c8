// What several words of `weft api` ask for: who still calls the old interface, and how long it stays.
#ifndef WEFT_CLI_API_STANDING_H
#define WEFT_CLI_API_STANDING_H

#include "api/standing.h"
#include "cli/run.h"

// Reads the usage files of RUN's tree and of OPTIONS; TODAY is a day. False after E704; release it in any case.
bool api_standing_read(Run *run, const Options *options, Str today, ApiStanding *standing);

#endif
