// `weft rollback`: takes a run back.
#include "base/message.h"
#include "cli/adoption.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/remains.h"
#include "cli/run_json.h"
#include "cli/runs.h"

static void print_undone(const ApplyReport *report, const RunsOptions *options) {
    if (options->format == FORMAT_JSON || (options->quiet && !options->dry_run)) return;
    message_print(stdout, "run %u %s taken back: %u file%s restored", report->run,
                  message_text(options->dry_run ? "would be" : "is"), report->written,
                  report->written == 1 ? "" : "s");
    if (report->merged > 0)
        message_print(stdout, ", %u of them merged with later changes", report->merged);
    if (report->left > 0)
        message_print(stdout, ", %u left as %s", report->left,
                      report->left == 1 ? "it is" : "they are");
    puts(message_text(options->dry_run ? " (dry run, nothing was written)" : ""));
}

// How to go on with files that were changed since.
static void add_help(Diagnostics *diagnostics, const RunsOptions *options, const ApplyReport *report) {
    if (report->left == 0 || (options->merge && options->partial)) return;
    diagnostic_help(diagnostics, "%s%s%s",
                    options->merge ? "" : "`--merge` takes weft's changes out of files that were changed "
                                          "elsewhere",
                    options->merge || options->partial ? "" : "; ",
                    options->partial ? "" : "`--partial` leaves such files and takes the others back");
}

int cmd_rollback(int argc, char **argv) {
    RunsOptions options;
    Diagnostics diagnostics = {0};
    ApplyReport report = {0};
    Progress progress;
    Adoption adoption = {.diagnostics = &diagnostics};
    Remains remains = {0};
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
        UndoHow how = {.merge = options.merge,
                       .partial = options.partial,
                       .dry_run = options.dry_run,
                       .file = remains_add,
                       .context = &remains};
        result = apply_rollback(options.root, options.run, &how, &control, &report, &diagnostics);
        progress_end(&progress);
    }
    add_help(&diagnostics, &options, &report);
    if (result == APPLY_PARTLY) remains_report(&remains, options.root, &diagnostics);
    runs_print_diagnostics(&diagnostics, &options);
    if (options.format == FORMAT_JSON)
        run_write_json("rollback", result, &report, NULL, options.dry_run);
    if (result == APPLY_DONE || result == APPLY_PARTLY)
        print_undone(&report, &options);
    else
        runs_say(result, &report, "rollback");
    int status = runs_status(result);
    if (!output_finish() && status == EXIT_DONE) status = EXIT_WRONG;
    diagnostics_release(&diagnostics);
    remains_release(&remains);
    runs_options_release(&options);
    return status;
}
