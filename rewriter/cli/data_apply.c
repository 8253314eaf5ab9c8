// `weft data apply` and `weft data resume`, `weft data rollback`: carry a plan out and take it back.
#include <stdio.h>

#include "base/message.h"
#include "cli/data_command.h"
#include "cli/data_plan_file.h"
#include "migrate/restore.h"

// ---- apply ---------------------------------------------------------------------------------------

// Without --contract the last phase is left, unless it has been begun.
static Phase last_phase(const DataWork *work) {
    const DataOptions *options = &work->options;
    if (options->contract) return PHASE_CONTRACT;
    return options->has_phase ? options->phase : PHASE_SWITCH;
}

static bool may_contract(DataWork *work) {
    bool asks = work->options.has_phase && work->options.phase == PHASE_CONTRACT;
    if (!asks || work->options.contract) return true;
    diagnostic_add(&work->diagnostics, DIAGNOSTIC_E670, SPAN_NONE,
                   "after the phase 'contract' only the backup takes the migration back");
    diagnostic_help(&work->diagnostics,
                    "say --contract when the program of before will not run again");
    return false;
}

static bool has_final_steps(const Session *session) {
    for (uint32_t i = 0; i < session->migration.steps.count; i++)
        if (session->migration.steps.items[i].phase == PHASE_CONTRACT) return true;
    return false;
}

static void say_done(const DataWork *work, Phase last) {
    if (work->options.quiet) return;
    message_print(stdout, "done up to the phase '%s'\n", phase_name(last));
    if (last < PHASE_CONTRACT && has_final_steps(&work->session))
        fputs(
            message_text(last < PHASE_SWITCH
                             ? "`weft data resume` goes on\n"
                             : "a second tenant can move in after `weft data resume --contract`\n"),
            stdout);
}

// `weft data cancel` asked for it.
static SessionResult cancel(DataWork *work) {
    if (!site_ask(&work->session.site, SITE_GO_ON, &work->diagnostics)) return SESSION_FAILED;
    message_print(stderr, "weft: cancelled; what was done is taken back\n");
    SessionResult result = session_rollback(&work->session, PHASE_EXPAND, false);
    return result == SESSION_DONE ? SESSION_CANCELLED : result;
}

int data_apply(int argc, char **argv) {
    DataWork work;
    SessionResult result = SESSION_FAILED;
    if (data_work_start(&work, true, argc, argv) && may_contract(&work) &&
        data_plan_file_use(&work)) {
        result = session_apply(&work.session, last_phase(&work));
        data_progress_end(&work.progress);
        if (result == SESSION_DONE) say_done(&work, last_phase(&work));
        if (result == SESSION_CANCELLED) result = cancel(&work);
    }
    return data_work_end(&work, result);
}

// ---- rollback ------------------------------------------------------------------------------------

static SessionResult restore(DataWork *work) {
    Str report;
    bool confirmed = work->options.yes;
    if (!restore_backup(&work->session, confirmed, &work->session.arena, &report))
        return SESSION_FAILED;
    message_print(stdout,
                  report.length > 0 ? "newer than the backup:\n%.*s"
                                    : "nothing is newer than the backup\n%.*s",
                  STR_ARG(report));
    fputs(message_text(
              confirmed ? "the backup is put back; a copy of what was there is beside the record\n"
                        : "nothing was done; --yes puts the backup back\n"),
          stdout);
    return SESSION_DONE;
}

static SessionResult take_back(DataWork *work) {
    Phase down_to = work->options.has_phase ? work->options.phase : PHASE_EXPAND;
    SessionResult result = session_rollback(&work->session, down_to, work->options.discard_tenants);
    data_progress_end(&work->progress);
    if (result == SESSION_DONE && !work->options.quiet)
        message_print(stdout, "taken back, down to and with the phase '%s'\n", phase_name(down_to));
    return result;
}

int data_rollback(int argc, char **argv) {
    DataWork work;
    SessionResult result = SESSION_FAILED;
    if (data_work_start(&work, true, argc, argv) && data_plan_file_use(&work))
        result = work.options.restore ? restore(&work) : take_back(&work);
    return data_work_end(&work, result);
}
