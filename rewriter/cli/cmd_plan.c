// `weft plan`: writes the change as a plan file, to be reviewed and carried out later.
#include <errno.h>

#include "base/file.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run.h"

enum { PLAN_FILE_MODE = 0644 };

static bool write_plan(Run *run, const Options *options) {
    PlanMaker maker;
    StrBuf json = {0};
    run_describe_maker(run, options, &maker);
    plan_write(&run->plan, &maker, &json);
    bool good = true;
    if (options->output.length == 0) {
        fwrite(json.data, 1, json.length, stdout);
    } else if (!file_replace(options->output, strbuf_str(&json), PLAN_FILE_MODE)) {
        diagnostic_add(&run->diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                       STR_ARG(options->output), strerror(errno));
        good = false;
    } else if (options->verbosity >= 0) {
        fprintf(stderr, "weft: %u file%s planned in '%.*s'\n", run->plan.files.count,
                run->plan.files.count == 1 ? "" : "s", STR_ARG(options->output));
    }
    strbuf_release(&json);
    plan_maker_release(&maker);
    return good;
}

int cmd_plan(int argc, char **argv) {
    Options options;
    Run run;
    options_parse(COMMAND_PLAN, argc, argv, &options);
    bool good = run_pipeline(&run, &options, run_stop(&options, RUN_TO_PLAN));
    if (good && options.dump == DUMP_NONE) good = write_plan(&run, &options);
    run_print_diagnostics(&run, &options);
    if (good) run_dump(&run, &options);
    if (!output_finish()) good = false;
    int status = run_status(&run, good, false);
    run_release(&run);
    options_release(&options);
    return status;
}
