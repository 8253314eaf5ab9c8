// `weft migrate`: finds the word. Each is in migrate_WORD.c.
#include "cli/cmd.h"
#include "cli/exit.h"
#include "cli/migrate_command.h"
#include "cli/output.h"

static int run_word(const MigrateOptions *options, Diagnostics *diagnostics) {
    switch (options->word) {
    case MIGRATE_WORD_PLAN: return migrate_plan(options, diagnostics);
    case MIGRATE_WORD_RUN:
    case MIGRATE_WORD_RESUME: return migrate_run(options, diagnostics);
    case MIGRATE_WORD_PAUSE:
    case MIGRATE_WORD_CANCEL: return migrate_ask(options, diagnostics);
    case MIGRATE_WORD_ROLLBACK: return migrate_rollback(options, diagnostics);
    case MIGRATE_WORD_STATUS:
    case MIGRATE_WORD_REPORT: return migrate_show(options, diagnostics);
    case MIGRATE_WORD_COUNT: break;
    }
    return EXIT_WRONG;
}

int cmd_migrate(int argc, char **argv) {
    MigrateOptions options;
    Diagnostics diagnostics = {0};
    int status = EXIT_WRONG;
    if (migrate_options_parse(argc, argv, &options, &diagnostics))
        status = run_word(&options, &diagnostics);
    fflush(stdout);
    output_diagnostics(&diagnostics, options.base.color);
    if (!output_finish() && status == EXIT_DONE) status = EXIT_WRONG;
    diagnostics_release(&diagnostics);
    migrate_options_release(&options);
    return status;
}
