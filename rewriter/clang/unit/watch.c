// In: which units libclang is parsing. Out: nothing, or the end of the process. One thread looks at the clocks and at the
// memory of the process as long as anything is being parsed. Knows nothing of libclang.
#include "clang/unit/watch.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/message.h"
#include "base/vec.h"

// What one unit may take. SQLite in one file of 9 MB takes 2 seconds and 0.2 GB.
enum { MOST_SECONDS = 60, MOST_WAITING = 10, MOST_MEGABYTES = 1024, PAUSE_MILLISECONDS = 50, UNUSABLE_STATUS = 70 };
static const double IDLE = 0.5; // seconds of the processor that the watch itself never takes meanwhile

typedef struct Watched {
    const char *path; // NULL: the place is free
    double began, used;      // seconds: of the clock, of the processor
    double moved, moved_at;  // the processor's time and the clock's when the process was last seen at work
    uint64_t megabytes;
} Watched;

// One for the process, as its time and its memory are.
static struct {
    pthread_mutex_t lock;
    pthread_cond_t begun;
    Vec(Watched) units; // guarded by LOCK, as is the next
    uint32_t active;
} watched = {.lock = PTHREAD_MUTEX_INITIALIZER, .begun = PTHREAD_COND_INITIALIZER};
static pthread_once_t once = PTHREAD_ONCE_INIT;

static double seconds(clockid_t which) {
    struct timespec now;
    return clock_gettime(which, &now) == 0 ? (double)now.tv_sec + (double)now.tv_nsec / 1e9 : 0;
}

// Of the process, resident; 0 where nobody says.
static uint64_t megabytes(void) {
    unsigned long total = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL) return 0;
    if (fscanf(file, "%lu %lu", &total, &resident) != 2) resident = 0;
    fclose(file);
    return (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE) >> 20;
}

// Why UNIT is over, or NULL. Units side by side share the time and the memory of the process.
static const char *why_over(Watched *unit, double now, double used, uint64_t taken) {
    if (used - unit->moved > IDLE) {
        unit->moved = used;
        unit->moved_at = now;
    }
    if (now - unit->moved_at > MOST_WAITING) return "it waits for something that is no regular file";
    if (now - unit->began > MOST_SECONDS && used - unit->used > (double)MOST_SECONDS * watched.active)
        return "it takes over a minute";
    return taken > unit->megabytes + (uint64_t)MOST_MEGABYTES * watched.active ? "it takes over a gigabyte" : NULL;
}

static void look_at_all(void) {
    double now = seconds(CLOCK_MONOTONIC), used = seconds(CLOCK_PROCESS_CPUTIME_ID);
    uint64_t taken = megabytes();
    for (uint32_t i = 0; i < watched.units.count; i++) {
        Watched *unit = &watched.units.items[i];
        const char *why = unit->path != NULL ? why_over(unit, now, used, taken) : NULL;
        if (why == NULL) continue;
        message_print(stderr,
                      "weft: libclang does not come to an end with '%s': %s; take it out of the compile database\n",
                      unit->path, message_text(why));
        _exit(UNUSABLE_STATUS); // libclang cannot be stopped, and exit() would wait for it
    }
}

static _Noreturn void *watch(void *unused) {
    (void)unused;
    const struct timespec pause = {.tv_nsec = PAUSE_MILLISECONDS * 1000000L};
    for (;;) {
        if (pthread_mutex_lock(&watched.lock) != 0) BUG("cannot lock the watch");
        while (watched.active == 0) pthread_cond_wait(&watched.begun, &watched.lock);
        look_at_all();
        pthread_mutex_unlock(&watched.lock);
        nanosleep(&pause, NULL);
    }
}

// Without a thread nobody watches, as on a machine that has none left.
static void start(void) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, watch, NULL) == 0) pthread_detach(thread);
}

uint32_t watch_begin(const char *path) {
    pthread_once(&once, start);
    double now = seconds(CLOCK_MONOTONIC), used = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (pthread_mutex_lock(&watched.lock) != 0) BUG("cannot lock the watch");
    uint32_t number = 0;
    while (number < watched.units.count && watched.units.items[number].path != NULL) number++;
    if (number == watched.units.count) vec_add(&watched.units, ((Watched){0}));
    watched.units.items[number] = (Watched){path, now, used, used, now, megabytes()};
    watched.active++;
    pthread_cond_signal(&watched.begun);
    pthread_mutex_unlock(&watched.lock);
    return number;
}

void watch_end(uint32_t number) {
    if (pthread_mutex_lock(&watched.lock) != 0) BUG("cannot lock the watch");
    watched.units.items[number].path = NULL;
    watched.active--;
    pthread_mutex_unlock(&watched.lock);
}
