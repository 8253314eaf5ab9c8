// libgit2 is started once per process, by whoever needs it first.
#ifndef WEFT_SOURCE_GIT_LIBRARY_H
#define WEFT_SOURCE_GIT_LIBRARY_H

// Call before any other function of libgit2; safe from several threads.
void git_library_start(void);
// What libgit2 said last on this thread, for a message.
const char *git_library_error(void);

#endif
