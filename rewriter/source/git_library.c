// Start of libgit2. In: nothing. Out: a library that is ready until the process ends. Must never
// run twice: each start would need a shutdown of its own.
#include "source/git_library.h"

#include <git2.h>
#include <pthread.h>
#include "base/bug.h"

static void start(void) {
    if (git_libgit2_init() < 0) BUG("libgit2 does not start: %s", git_library_error());
    // weft runs no hook and no program that a repository names, so a tree that belongs to another
    // user is as safe to read as any folder.
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *start_beside(void *unused) {
    pthread_once(&once, start);
    return unused;
}

void git_library_start(void) { pthread_once(&once, start); }

void git_library_prepare(void) {
    pthread_t thread;
    // Without a thread the library starts when it is needed.
    if (pthread_create(&thread, NULL, start_beside, NULL) == 0) pthread_detach(thread);
}

const char *git_library_error(void) {
    const git_error *error = git_error_last();
    return error && error->message ? error->message : "no details";
}
