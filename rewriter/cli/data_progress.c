// Progress of a migration. In: rows done. Out: "weft: messages 120000/400000 rows, 35400/s, 8 s left", drawn anew at
// most ten times a second.
#include "cli/data_progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/message.h"

#define DRAW_EVERY 0.1 // seconds

static double seconds_since(const struct timespec *then) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

void data_progress_start(DataProgress *progress, bool quiet) {
    *progress = (DataProgress){.on = !quiet && isatty(STDERR_FILENO)};
    clock_gettime(CLOCK_MONOTONIC, &progress->drawn);
}

static void draw(DataProgress *progress, uint64_t done, uint64_t total) {
    double seconds = seconds_since(&progress->began);
    double rate = seconds > 0 ? (double)(done - progress->first) / seconds : 0;
    message_print(stderr, "\r\033[Kweft: %s %" PRIu64, progress->what, done);
    if (total >= done && total > 0) fprintf(stderr, "/%" PRIu64, total);
    if (rate >= 1) fprintf(stderr, ", %.0f/s", rate);
    if (rate >= 1 && total > done) message_print(stderr, ", %.0f s left", (double)(total - done) / rate);
    progress->shown = true;
}

void data_progress_step(void *context, const char *what, uint64_t done, uint64_t total) {
    DataProgress *progress = context;
    if (!progress->on) return;
    if (progress->what == NULL || strcmp(progress->what, what) != 0) {
        progress->what = what;
        progress->first = done;
        clock_gettime(CLOCK_MONOTONIC, &progress->began);
    }
    if (seconds_since(&progress->drawn) < DRAW_EVERY) return;
    draw(progress, done, total);
    clock_gettime(CLOCK_MONOTONIC, &progress->drawn);
}

void data_progress_end(DataProgress *progress) {
    if (progress->shown) fputs("\r\033[K", stderr);
    progress->shown = false;
}
