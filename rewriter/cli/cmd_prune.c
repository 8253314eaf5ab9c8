// `weft prune`: forgets finished runs.
#include "apply/history.h"
#include "base/message.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run_json.h"
#include "cli/runs.h"

static bool prune(const RunsOptions *options, Str command, Diagnostics *diagnostics) {
    Store store;
    uint32_t runs = 0, objects = 0;
    store_name(&store, options->root);
    bool good = !store_exists(&store) ||
                (store_open(&store, command, diagnostics) &&
                 history_prune(&store, options->keep, &runs, &objects, diagnostics));
    store_close(&store);
    if (good && options->format == FORMAT_JSON)
        prune_write_json(runs, objects);
    else if (good && !options->quiet)
        message_print(stdout, "%u run%s forgotten, %u old file%s deleted\n", runs,
                      runs == 1 ? "" : "s", objects, objects == 1 ? "" : "s");
    return good;
}

int cmd_prune(int argc, char **argv) {
    RunsOptions options;
    Diagnostics diagnostics = {0};
    int status = EXIT_WRONG;
    if (runs_options_parse(RUNS_PRUNE, argc, argv, &options, &diagnostics)) {
        Str command = runs_command(&options.arena, argc, argv);
        status = prune(&options, command, &diagnostics) ? EXIT_DONE : EXIT_ROLLED_BACK;
    }
    runs_print_diagnostics(&diagnostics, &options);
    if (!output_finish() && status == EXIT_DONE) status = EXIT_WRONG;
    diagnostics_release(&diagnostics);
    runs_options_release(&options);
    return status;
}
