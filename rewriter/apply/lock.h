// One weft at a time on a tree.
#ifndef WEFT_APPLY_LOCK_H
#define WEFT_APPLY_LOCK_H

#include "apply/files.h"

typedef enum LockResult { LOCK_TAKEN, LOCK_HELD, LOCK_FAILED } LockResult;

// Takes the lock file PATH, made when it is missing, for COMMAND (shown to others) until *DESCRIPTOR is
// closed or the process ends. LOCK_HELD: another process has it, and *HOLDER says in words (of ARENA)
// which; LOCK_FAILED: errno says why.
LockResult lock_take(const Files *files, Arena *arena, Str path, Str command, int *descriptor,
                     Str *holder);
// Whether a process holds the lock file PATH, without taking it; *HOLDER as above.
bool lock_is_held(const Files *files, Arena *arena, Str path, Str *holder);

#endif
