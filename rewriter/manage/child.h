// One command of weft, run by the manager: its output goes to a log, and it is asked to stop when somebody asks the
// manager. It holds the manager's lock too, so that nobody begins while it still works, though its manager is dead.
#ifndef WEFT_MANAGE_CHILD_H
#define WEFT_MANAGE_CHILD_H

#include "base/list.h"
#include "manage/limits.h"
#include "migrate/site.h"

// Set for such a command: the lock is for it alone, and it hands it on to nothing that it starts.
#define MANAGER_VARIABLE "WEFT_MANAGER"

typedef struct ChildResult {
    int status;        // of its exit; 128 and the signal that ended it
    int error;         // errno when it could not be started, else 0
    bool stopped;      // it was asked to, and has
    const char *limit; // that was passed (limits.h); NULL: none
    SiteWish wish;     // of whom: SITE_GO_ON: by a signal to the manager
} ChildResult;

// Runs weft with ARGUMENTS and waits. Standard output and errors are added to the file LOG of SITE. LIMITS may be NULL.
void child_run(Site *site, const StrItems *arguments, const char *log, const Limits *limits,
               ChildResult *result);
// The same without a log and without anybody who may stop it: its standard output, at most 16 MiB of it, in ARENA.
void child_ask(Site *site, const StrItems *arguments, Arena *arena, Str *output,
               ChildResult *result);

#endif
