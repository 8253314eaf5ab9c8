// The progress bar. In: steps done. Out: one line on the terminal, drawn anew at most ten times a
// second, and nothing at all where standard error is no terminal.
#include "cli/progress.h"

#include "base/message.h"

#include <stdio.h>
#include <unistd.h>

#define BAR_AFTER 1.0 // seconds
#define BAR_EVERY 0.1
enum { BAR_WIDTH = 40 };

static double seconds_since(const struct timespec *then) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

void progress_start(Progress *progress, bool quiet) {
    *progress = (Progress){.on = !quiet && isatty(STDERR_FILENO)};
    clock_gettime(CLOCK_MONOTONIC, &progress->started);
    progress->drawn = progress->started;
}

void progress_step(void *context, const char *what, uint32_t done, uint32_t total) {
    Progress *progress = context;
    if (!progress->on || total == 0) return;
    if (seconds_since(&progress->started) < BAR_AFTER ||
        seconds_since(&progress->drawn) < BAR_EVERY)
        return;
    char bar[BAR_WIDTH + 1];
    uint32_t filled = (uint32_t)((uint64_t)done * BAR_WIDTH / total);
    for (uint32_t i = 0; i < BAR_WIDTH; i++) bar[i] = i < filled ? '#' : '.';
    bar[BAR_WIDTH] = '\0';
    message_print(stderr, "\rweft: %-11s [%s] %u/%u", what, bar, done, total);
    clock_gettime(CLOCK_MONOTONIC, &progress->drawn);
    progress->shown = true;
}

void progress_end(Progress *progress) {
    if (progress->shown) fputs("\r\033[K", stderr);
    progress->shown = false;
}
