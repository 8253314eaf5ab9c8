// The size of batches. In: how long the last one held its lock. Out: the size of the next one. Grows slowly and shrinks
// at once: too small costs a little time, too large makes the bot fail.
#include "migrate/pace.h"

#include <time.h>

enum { FIRST = 500, LEAST = 50, MOST = 50000 };

#define AIM_LIVE 0.05    // seconds
#define AIM_OFFLINE 0.25 // nobody waits; longer ones do not get faster
#define GROWTH 1.3

double pace_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void pace_start(Pace *pace, bool offline) {
    *pace = (Pace){.size = FIRST, .aim = offline ? AIM_OFFLINE : AIM_LIVE, .pauses = !offline};
}

void pace_begin(Pace *pace) { pace->started = pace_now(); }

void pace_back_off(Pace *pace) {
    pace->size /= 2;
    if (pace->size < LEAST) pace->size = LEAST;
}

void pace_end(Pace *pace, int64_t rows) {
    double held = pace_now() - pace->started;
    if (held > pace->held) pace->held = held;
    // A short batch at the end of a table says nothing about the next size.
    if (held > pace->aim)
        pace_back_off(pace);
    else if (rows >= (int64_t)pace->size)
        pace->size = (uint32_t)((double)pace->size * GROWTH);
    if (pace->size > MOST) pace->size = MOST;
    if (!pace->pauses) return;
    struct timespec pause = {(time_t)held, (long)((held - (double)(time_t)held) * 1e9)};
    nanosleep(&pause, NULL);
}
