// A progress bar on standard error, for work that takes longer than a second and only on a terminal.
#ifndef WEFT_CLI_PROGRESS_H
#define WEFT_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

typedef struct Progress {
    struct timespec started, drawn;
    bool on;    // there is a terminal
    bool shown; // something is drawn
} Progress;

// QUIET leaves it off.
void progress_start(Progress *progress, bool quiet);
// Call after each step; CONTEXT is a Progress. WHAT is one word, DONE counts up to TOTAL.
void progress_step(void *context, const char *what, uint32_t done, uint32_t total);
// Wipes the bar.
void progress_end(Progress *progress);

#endif
