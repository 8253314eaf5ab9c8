// One command in one folder: started without a shell in between, watched, and ended in time.
#ifndef WEFT_VERIFY_PROCESS_H
#define WEFT_VERIFY_PROCESS_H

#include "base/arena.h"
#include "base/vec.h"

enum {
    PROCESS_OUTPUT_MAX = 8 * 1024 * 1024, // bytes that are kept; the rest is read and dropped
    PROCESS_SIGNALLED = 128,              // added to the number of a signal, as shells do
};

typedef struct ProcessResult {
    int start_error; // errno when it could not be started; 0 when it ran
    int status;      // exit status, or PROCESS_SIGNALLED + the signal that ended it
    bool timed_out;  // it was ended for that
    bool truncated;  // more output than PROCESS_OUTPUT_MAX
    Str output;      // both streams as they came, in ARENA
} ProcessResult;

// Runs ARGUMENTS (the program first, looked up in PATH) in FOLDER and waits for its end, at most
// SECONDS; then it and what it started (its process group) is killed. Standard input is empty. The
// environment is ours with PYTHONDONTWRITEBYTECODE=1, so that judging leaves nothing behind, and
// NO_COLOR=1.
void process_run(Arena *arena, const Str *arguments, uint32_t count, Str folder, uint32_t seconds,
                 ProcessResult *result);

#endif
