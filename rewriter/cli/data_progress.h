// The progress of a migration: on a terminal one line with the rate and an estimate; elsewhere nothing.
#ifndef WEFT_CLI_DATA_PROGRESS_H
#define WEFT_CLI_DATA_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

typedef struct DataProgress {
    bool on, shown;
    const char *what; // that is counted now
    uint64_t first;   // where it stood when counting began
    struct timespec began, drawn;
} DataProgress;

// QUIET: nothing is shown.
void data_progress_start(DataProgress *progress, bool quiet);
// CONTEXT is a DataProgress; TOTAL 0 is not known.
void data_progress_step(void *context, const char *what, uint64_t done, uint64_t total);
// Wipes the line.
void data_progress_end(DataProgress *progress);

#endif
