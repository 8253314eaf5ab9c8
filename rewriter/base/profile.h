// What a run spends, by stage: time, processor time and memory. Nothing is measured unless profile_start was called; then
// a stage costs two system calls and a file of the kernel's.
//
//     profile_enter("solve"); ... profile_enter("report"); ... profile_leave(); profile_leave();
#ifndef WEFT_BASE_PROFILE_H
#define WEFT_BASE_PROFILE_H

#include "base/str.h"

// Starts measuring what the calling thread does, and the threads that it starts by parallel_for.
void profile_start(void);
// A stage inside the one that was entered last. NAME is a literal.
void profile_enter(const char *name);
void profile_leave(void);

// Work that another thread does for the stage that was entered last: what the stage's own thread asks, the other one
// fills, and the first adds. A mark of a run that is not measured is empty.
typedef struct ProfileMark {
    const char *name;
    uint64_t start, end; // nanoseconds
} ProfileMark;
ProfileMark profile_mark(void);
void profile_mark_start(ProfileMark *mark);
void profile_mark_end(ProfileMark *mark);
void profile_add_mark(const ProfileMark *mark, unsigned worker);

// Has profile_start been called by this thread, and not profile_stop?
bool profile_is_on(void);
// A table for people; all events in Chrome's format (chrome://tracing, Perfetto), with "worker" as threads.
void profile_write_text(StrBuf *out);
void profile_write_trace(StrBuf *out);
// Ends measuring and forgets everything.
void profile_stop(void);

#endif
