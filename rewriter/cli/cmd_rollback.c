// `weft rollback`: takes a run back.
#include "cli/adoption.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/runs.h"

static void print_undone(const ApplyReport *report) {
    printf("run %u is taken back: %u file%s restored", report->run, report->written,
           report->written == 1 ? "" : "s");
    if (report->merged > 0) printf(", %u of them merged with later changes", report->merged);
    if (report->left > 0)
        printf(", %u left as %s", report->left, report->left == 1 ? "it is" : "they are");
    putchar('\n');
}

int cmd_rollback(int argc, char **argv) {
    RunsOptions options;
    Diagnostics diagnostics = {0};
    ApplyReport report = {0};
    Progress progress;
    Adoption adoption = {.diagnostics = &diagnostics};
    ApplyResult result = APPLY_NOTHING;
    if (runs_options_parse(RUNS_ROLLBACK, argc, argv, &options, &diagnostics)) {
        ApplyControl control = {.command = runs_command(&options.arena, argc, argv),
                                .no_sync = options.no_sync,
                                .adopt = options.adopt ? adoption_ask : NULL,
                                .adopt_context = &adoption,
                                .progress = progress_step,
                                .context = &progress};
        adoption.yes = options.yes;
        progress_start(&progress, options.quiet);
        result = apply_rollback(options.root, options.run, options.merge, &control, &report,
                                &diagnostics);
        progress_end(&progress);
    }
    if (result == APPLY_PARTLY && !options.merge)
        diagnostic_help(&diagnostics,
                        "`weft rollback --merge %u` takes weft's changes out of files "
                        "that were changed elsewhere",
                        report.run);
    runs_print_diagnostics(&diagnostics, &options);
    if (result == APPLY_DONE || result == APPLY_PARTLY)
        print_undone(&report);
    else
        runs_say(result, &report, "rollback");
    int status = runs_status(result);
    if (!output_finish() && status == EXIT_DONE) status = EXIT_WRONG;
    diagnostics_release(&diagnostics);
    runs_options_release(&options);
    return status;
}
