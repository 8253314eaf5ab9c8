// libgit2 is started once per process, by whoever needs it first.
#ifndef WEFT_SOURCE_GIT_LIBRARY_H
#define WEFT_SOURCE_GIT_LIBRARY_H

#include "base/str.h"

// Call before any other function of libgit2; safe from several threads.
void git_library_start(void);
// False when no repository is around FOLDER, a real path: neither it nor a folder above it has a .git. To be
// asked before the library is started for nothing.
bool git_library_has_use(Str folder);
// Starts it in a thread of its own, while the caller does something else: reading certificates, which
// weft never uses, takes libgit2 some ten milliseconds. git_library_start must follow.
void git_library_prepare(void);
// What libgit2 said last on this thread, for a message.
const char *git_library_error(void);

#endif
