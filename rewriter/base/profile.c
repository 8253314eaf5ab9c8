// In: begins and ends of stages, of one thread, and marks of its workers. Out: a table, or a trace. Never decides anything:
// what a run prints does not depend on it.
#include "base/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include "base/bug.h"
#include "base/vec.h"

enum { NANOSECONDS = 1000000000, MOST_DEPTH = 16 };

// One stage, or what one worker did for it.
typedef struct Event {
    const char *name;
    unsigned depth, worker;   // worker: 0 is the thread of the run
    uint64_t start, end;      // wall
    uint64_t processor;       // nanoseconds of all threads; of stages only
    size_t memory, peak;      // resident bytes at its end, and the most so far
} Event;

typedef struct Profile {
    Vec(Event) events;        // in the order of their starts, but for those of workers
    uint32_t open[MOST_DEPTH];
    unsigned depth;
    uint64_t start;
} Profile;

static _Thread_local Profile *running;

static uint64_t clock_of(clockid_t id) {
    struct timespec now;
    if (clock_gettime(id, &now) != 0) return 0;
    return (uint64_t)now.tv_sec * NANOSECONDS + (uint64_t)now.tv_nsec;
}

// The second number of the kernel's line is pages that are resident.
static size_t resident_bytes(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL) return 0;
    unsigned long whole = 0, resident = 0;
    int found = fscanf(file, "%lu %lu", &whole, &resident);
    fclose(file);
    return found == 2 ? (size_t)resident * (size_t)sysconf(_SC_PAGESIZE) : 0;
}

static size_t peak_bytes(void) {
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (size_t)usage.ru_maxrss * 1024 : 0;
}

void profile_start(void) {
    if (running) return;
    running = memory_alloc_zeroed(1, sizeof *running);
    running->start = clock_of(CLOCK_MONOTONIC);
    profile_enter("all");
}

bool profile_is_on(void) { return running != NULL; }

void profile_enter(const char *name) {
    if (!running) return;
    BUG_UNLESS(running->depth < MOST_DEPTH);
    running->open[running->depth] = running->events.count;
    vec_add(&running->events, ((Event){.name = name,
                                       .depth = running->depth,
                                       .start = clock_of(CLOCK_MONOTONIC),
                                       .processor = clock_of(CLOCK_PROCESS_CPUTIME_ID)}));
    running->depth++;
}

void profile_leave(void) {
    if (!running) return;
    BUG_UNLESS(running->depth > 0);
    Event *event = &running->events.items[running->open[--running->depth]];
    event->end = clock_of(CLOCK_MONOTONIC);
    event->processor = clock_of(CLOCK_PROCESS_CPUTIME_ID) - event->processor;
    event->memory = resident_bytes();
    event->peak = peak_bytes();
}

// ---- workers ---------------------------------------------------------------------------------------
ProfileMark profile_mark(void) {
    if (!running) return (ProfileMark){0};
    return (ProfileMark){.name = running->events.items[running->open[running->depth - 1]].name};
}

void profile_mark_start(ProfileMark *mark) {
    if (mark->name) mark->start = clock_of(CLOCK_MONOTONIC);
}

void profile_mark_end(ProfileMark *mark) {
    if (mark->name) mark->end = clock_of(CLOCK_MONOTONIC);
}

void profile_add_mark(const ProfileMark *mark, unsigned worker) {
    if (!running || !mark->name) return;
    vec_add(&running->events,
            ((Event){.name = mark->name, .worker = worker, .start = mark->start, .end = mark->end}));
}

// ---- output ----------------------------------------------------------------------------------------
static void close_all(void) {
    while (running->depth > 0) profile_leave();
}

// "   12.3": milliseconds
static void add_milliseconds(StrBuf *out, uint64_t nanoseconds) {
    strbuf_addf(out, " %9.1f", (double)nanoseconds / 1e6);
}

void profile_write_text(StrBuf *out) {
    enum { NAME_WIDTH = 28 };
    if (!running) return;
    close_all();
    strbuf_addf(out, "%-*s %9s %9s %9s %9s\n", NAME_WIDTH, "stage", "wall ms", "cpu ms", "MB after", "MB peak");
    for (uint32_t i = 0; i < running->events.count; i++) {
        const Event *event = &running->events.items[i];
        if (event->worker > 0) continue;
        int indent = (int)event->depth * 2;
        strbuf_addf(out, "%*s%-*s", indent, "", NAME_WIDTH - indent, event->name);
        add_milliseconds(out, event->end - event->start);
        add_milliseconds(out, event->processor);
        strbuf_addf(out, " %9.1f %9.1f\n", (double)event->memory / 1e6, (double)event->peak / 1e6);
    }
}

void profile_write_trace(StrBuf *out) {
    if (!running) return;
    close_all();
    strbuf_add_text(out, "{\"displayTimeUnit\": \"ms\", \"traceEvents\": [");
    for (uint32_t i = 0; i < running->events.count; i++) {
        const Event *event = &running->events.items[i];
        strbuf_addf(out, "%s\n{\"name\": \"%s\", \"ph\": \"X\", \"pid\": 1, \"tid\": %u, \"ts\": %.3f, \"dur\": %.3f",
                    i > 0 ? "," : "", event->name, event->worker, (double)(event->start - running->start) / 1e3,
                    (double)(event->end - event->start) / 1e3);
        if (event->worker == 0)
            strbuf_addf(out, ", \"args\": {\"cpu_ms\": %.3f, \"resident_bytes\": %zu, \"peak_bytes\": %zu}",
                        (double)event->processor / 1e6, event->memory, event->peak);
        strbuf_add_char(out, '}');
    }
    strbuf_add_text(out, "\n]}\n");
}

void profile_stop(void) {
    if (!running) return;
    vec_release(&running->events);
    free(running);
    running = NULL;
}
