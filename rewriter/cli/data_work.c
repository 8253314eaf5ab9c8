// The frame of the words of `weft data`. In: argv. Out: an open session; later its diagnostics and exit status.
#include "cli/data_work.h"

#include "base/message.h"
#include "cli/exit.h"
#include "cli/output.h"

bool data_work_start(DataWork *work, bool locked, int argc, char **argv) {
    *work = (DataWork){0};
    if (!data_options_parse(argc, argv, &work->options, &work->diagnostics)) return false;
    data_progress_start(&work->progress, work->options.quiet);
    work->options.session.progress = data_progress_step;
    work->options.session.context = &work->progress;
    work->is_open = true;
    return session_open(&work->session, &work->options.session, locked, &work->diagnostics);
}

static int status_of(SessionResult result) {
    switch (result) {
    case SESSION_DONE: return EXIT_DONE;
    case SESSION_CANCELLED: return EXIT_ROLLED_BACK;
    case SESSION_STOPPED:
    case SESSION_WAITING: return EXIT_INTERRUPTED;
    case SESSION_STALE: return EXIT_STALE;
    case SESSION_FAILED: break;
    }
    return EXIT_WRONG;
}

// Faults that pass by themselves or once somebody has done something, met where no step of a migration was being
// carried out: at opening, or while the schema was read.
static bool is_passing(const Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < diagnostics->list.count; i++) {
        DiagnosticCode code = diagnostics->list.items[i].code;
        if (code == DIAGNOSTIC_E662 || code == DIAGNOSTIC_E663 || code == DIAGNOSTIC_E664)
            return true;
    }
    return false;
}

int data_work_end(DataWork *work, SessionResult result) {
    Sources none = {0};
    vec_extend(&none.files, 1); // the entry that stands for no file
    data_progress_end(&work->progress);
    diagnostics_render(&work->diagnostics, &none, SEVERITY_NOTE,
                       output_color(work->options.color, stderr), stderr);
    if (result == SESSION_FAILED && is_passing(&work->diagnostics)) result = SESSION_WAITING;
    int status = status_of(result);
    if (result == SESSION_STOPPED)
        message_print(
            stderr,
            "weft: stopped at a safe point; `weft data resume` goes on, `weft data rollback` "
            "takes back\n");
    if (!output_finish() && status == EXIT_DONE) status = EXIT_WRONG;
    if (work->is_open) session_close(&work->session);
    sources_release(&none);
    diagnostics_release(&work->diagnostics);
    data_options_release(&work->options);
    return status;
}
