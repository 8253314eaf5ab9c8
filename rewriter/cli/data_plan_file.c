// Reading the plan of a word of `weft data`. In: the command line. Out: the session's plan.
#include "cli/data_plan_file.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"

enum { MOST_BYTES = 64 << 20 };

static bool use_file(DataWork *work) {
    Str path = work->options.plan, bytes;
    FileResult result = file_read(&work->options.arena, path, MOST_BYTES, &bytes, NULL);
    if (result == FILE_OK) return session_use_plan(&work->session, path, bytes);
    const char *why = result == FILE_TOO_LARGE     ? "it is too large for a plan"
                      : result == FILE_NOT_REGULAR ? "it is no regular file"
                                                   : strerror(errno);
    diagnostic_add(&work->diagnostics, DIAGNOSTIC_E620, SPAN_NONE,
                   "cannot read the plan '%.*s': %s", STR_ARG(path), why);
    return false;
}

bool data_plan_file_use(DataWork *work) {
    return work->options.plan.length > 0 ? use_file(work) : session_use_kept_plan(&work->session);
}
