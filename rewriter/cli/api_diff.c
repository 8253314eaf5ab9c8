// `weft api diff` and `weft api check`: compare the public interfaces of two trees; `check` asks whether that was
// announced, too. Change nothing but a baseline, on request.
#include <errno.h>
#include <string.h>

#include "base/bug.h"
#include "base/file.h"
#include "api/standing.h"
#include "base/message.h"
#include "cli/api_command.h"
#include "cli/api_options.h"
#include "cli/api_standing.h"
#include "cli/output.h"
#include "cli/tree_pair.h"

enum { FILE_MODE = 0644 };

// Errors of either tree. A file that cannot be read hides what it defines: the exit status says so.
static void print_errors(Run *run, const ApiOptions *options) {
    Diagnostics shown = {0}; // borrows the texts
    diagnostics_sort(&run->diagnostics, &run->sources);
    for (uint32_t i = 0; i < run->diagnostics.list.count; i++)
        if (run->diagnostics.list.items[i].severity == SEVERITY_ERROR)
            vec_add(&shown.list, run->diagnostics.list.items[i]);
    diagnostics_render(&shown, &run->sources, SEVERITY_NOTE,
                       output_color(options->base.color, stderr), stderr);
    vec_release(&shown.list);
}

static bool print_changes(const TreePair *pair, const ApiOptions *options,
                          const ApiChanges *changes, Diagnostics *diagnostics) {
    bool breaks = changes->list.count > changes->accepted;
    bool quiet = options->base.verbosity < 0 && options->format == API_TEXT;
    if (options->output.length == 0 && quiet && !breaks) return true;
    if (options->output.length == 0) {
        if (options->format == API_TEXT) pager_start();
        api_changes_write(changes, options->format, pair->before_name, pair->after_name, stdout);
        return true;
    }
    char *bytes = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&bytes, &length);
    if (memory == NULL) memory_gone(0);
    api_changes_write(changes, options->format, pair->before_name, pair->after_name, memory);
    if (fclose(memory) != 0) memory_gone(0);
    bool good = output_write(pair->after.sources.root, options->output, (Str){bytes, length}, FILE_MODE,
                             diagnostics);
    free(bytes);
    return good;
}

// Whether all was written; *BREAKS tells that something is not accepted.
static bool answer(TreePair *pair, const ApiOptions *options, bool *breaks) {
    ApiSurface before, after;
    ApiChanges changes;
    Diagnostics *diagnostics = &pair->after.diagnostics;
    api_surface_build(&pair->before.program, &before);
    api_surface_build(&pair->after.program, &after);
    api_changes_build(&before, &after, &changes);
    bool good = true;
    if (options->update_baseline) {
        good = api_baseline_write(options->baseline, &changes, diagnostics);
        if (good && options->base.verbosity >= 0)
            message_print(stdout, "wrote %u changes to %.*s\n", changes.list.count,
                          STR_ARG(options->baseline));
    } else {
        if (options->baseline.length > 0)
            good = api_baseline_read(options->baseline, &changes, diagnostics);
        good = good && print_changes(pair, options, &changes, diagnostics);
        *breaks = changes.list.count > changes.accepted;
    }
    api_changes_release(&changes);
    api_surface_release(&after);
    api_surface_release(&before);
    return good;
}

// What `check` says besides: whether callers were told in time, and are gone when they should be.
static bool judge_dates(TreePair *pair, const ApiOptions *options, bool breaks, bool *fails) {
    ApiStanding standing;
    bool good = api_standing_read(&pair->after, &options->base, options->today, &standing);
    ApiPhase phase = standing.timeline.phase;
    uint32_t left = standing.usage.callers.count + standing.calls.list.count;
    *fails = (breaks && phase < API_PHASE_SUNSET) || (phase >= API_PHASE_SUNSET && left > 0);
    if (good && breaks && phase < API_PHASE_DEPRECATED)
        message_print(stdout, "breaking changes, and nothing is deprecated yet\n");
    else if (good && breaks && phase < API_PHASE_SUNSET)
        message_print(stdout, "breaking changes before the sunset, which is %.*s\n",
                      STR_ARG(standing.timeline.begins[API_PHASE_SUNSET].length > 0
                                  ? standing.timeline.begins[API_PHASE_SUNSET]
                                  : STR("on no date")));
    if (good && phase >= API_PHASE_SUNSET && left > 0)
        message_print(
            stdout,
            "the sunset has passed, and %u old callers are left: `weft api usage` lists them\n",
            left);
    api_standing_release(&standing);
    return good;
}

int api_diff(int argc, char **argv) {
    ApiOptions options;
    TreePair pair;
    bool breaks = false;
    api_options_parse(argc, argv, &options);
    bool good =
        tree_pair_load(&pair, &options.base, RUN_TO_FACTS) && answer(&pair, &options, &breaks);
    if (good && options.word == API_WORD_CHECK)
        good = judge_dates(&pair, &options, breaks, &breaks);
    print_errors(&pair.after, &options);
    print_errors(&pair.before, &options);
    int status = !good ? EXIT_WRONG : breaks ? EXIT_FOUND : run_status(&pair.after, true, false);
    if (status == EXIT_DONE) status = run_status(&pair.before, true, false);
    if (!output_finish()) status = EXIT_WRONG;
    tree_pair_release(&pair);
    api_options_release(&options);
    return status;
}
