// The plan that a word of `weft data` works with.
#ifndef WEFT_CLI_DATA_PLAN_FILE_H
#define WEFT_CLI_DATA_PLAN_FILE_H

#include "cli/data_work.h"

// The one of --plan; without that, the one that an earlier command began with. False after E620 or E670.
bool data_plan_file_use(DataWork *work);

#endif
