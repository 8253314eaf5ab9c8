// `weft scan`: lists the sinks. Changes and plans nothing.
#include "base/message.h"
#include "cli/buffer.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/rewrite.h"
#include "cli/search.h"
#include "patch/diff.h"
#include "report/scan.h"

static void print_sinks(const Run *run, const Options *options) {
    Arena arena = {0};
    ScanRows rows;
    scan_build(&arena, &run->program, &run->solution, false, &rows);
    if (buffer_is_used(options)) buffer_keep_rows(run, &rows);
    if (options->format == FORMAT_JSON) {
        scan_write_json(&rows, stdout);
    } else {
        bool color = output_color(options->color, stdout);
        uint32_t columns = output_columns(stdout);
        pager_start();
        scan_write_text(&rows, columns, color, stdout);
    }
    scan_release(&rows);
    arena_release(&arena);
}

// Search and replace shows its change.
static int show_rewrite(Options *options) {
    Run run;
    bool good = run_rewrite(&run, options);
    run_print_diagnostics(&run, options);
    if (good && run.plan.files.count > 0) {
        DiffLook look = output_diff_look(options->color);
        pager_start();
        diff_write(&run.plan, options->context, look, stdout);
    } else if (good) {
        message_print(stdout, "no match found\n");
    }
    return run_end(&run, options, good, false);
}

int cmd_scan(int argc, char **argv) {
    Options options;
    Run run;
    options_parse(COMMAND_SCAN, argc, argv, &options);
    if (options.rewrite.length > 0) return show_rewrite(&options);
    if (options.pattern.length > 0) {
        int status = options.debug_pattern ? search_debug(&options) : search_code(&options);
        options_release(&options);
        return status;
    }
    bool good = run_pipeline(&run, &options, run_stop(&options, RUN_TO_SOLUTION));
    run_print_diagnostics(&run, &options);
    if (good && !run_dump(&run, &options)) print_sinks(&run, &options);
    return run_end(&run, &options, good, false);
}
