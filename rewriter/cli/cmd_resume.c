// `weft resume`: finishes the run that was interrupted.
#include "base/message.h"
#include "cli/adoption.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run_json.h"
#include "cli/runs.h"

int cmd_resume(int argc, char **argv) {
    RunsOptions options;
    Diagnostics diagnostics = {0};
    ApplyReport report = {0};
    Progress progress;
    Adoption adoption = {.diagnostics = &diagnostics};
    ApplyResult result = APPLY_NOTHING;
    if (runs_options_parse(RUNS_RESUME, argc, argv, &options, &diagnostics)) {
        ApplyControl control = {.command = runs_command(&options.arena, argc, argv),
                                .no_sync = options.no_sync,
                                .adopt = options.adopt ? adoption_ask : NULL,
                                .adopt_context = &adoption,
                                .progress = progress_step,
                                .context = &progress};
        adoption.yes = options.yes;
        progress_start(&progress, options.quiet);
        result = apply_resume(options.root, &control, &report, &diagnostics);
        progress_end(&progress);
    }
    runs_print_diagnostics(&diagnostics, &options);
    bool good = result == APPLY_DONE || result == APPLY_PARTLY;
    if (options.format == FORMAT_JSON)
        run_write_json("resume", result, &report, NULL, false);
    else if (good && !options.quiet)
        message_print(stdout, "run %u is %s: %u file%s\n", report.run,
                      message_text(report.undone ? "taken back" : "applied"), report.written,
                      report.written == 1 ? "" : "s");
    if (!good) runs_say(result, &report, "resume");
    int status = runs_status(result);
    if (!output_finish() && status == EXIT_DONE) status = EXIT_WRONG;
    diagnostics_release(&diagnostics);
    runs_options_release(&options);
    return status;
}
