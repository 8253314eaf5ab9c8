// What every word of `weft data` that opens a database begins and ends with.
#ifndef WEFT_CLI_DATA_WORK_H
#define WEFT_CLI_DATA_WORK_H

#include "cli/data_options.h"
#include "cli/data_progress.h"

typedef struct DataWork {
    DataOptions options;
    Diagnostics diagnostics;
    Session session;
    DataProgress progress;
    bool is_open;
} DataWork;

// Reads the command line and opens the database; LOCKED: as the only one who changes it. False after a diagnostic;
// data_work_end follows in any case.
bool data_work_start(DataWork *work, bool locked, int argc, char **argv);
// Prints the diagnostics and closes all. Gives the exit status.
int data_work_end(DataWork *work, SessionResult result);

#endif
