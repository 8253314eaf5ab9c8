// Start of libgit2. In: nothing. Out: a library that is ready until the process ends. Must never
// run twice: each start would need a shutdown of its own.
#include "source/git_library.h"

#include <git2.h>
#include <pthread.h>
#include <sys/stat.h>
#include "base/bug.h"
#include "base/path.h"

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

bool git_library_has_use(Str folder) {
    Arena arena = {0};
    bool found = false;
    struct stat status;
    for (Str at = folder; !found && at.length > 0; at = path_dirname(at)) {
        found = lstat(path_join(&arena, at, STR(".git")).data, &status) == 0;
        if (str_is(at, "/")) break;
    }
    arena_release(&arena);
    return found;
}

const char *git_library_error(void) {
    const git_error *error = git_error_last();
    return error && error->message ? error->message : "no details";
}
