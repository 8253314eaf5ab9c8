// `weft diff`: shows what would change, as a diff or in numbers. Writes no file.
#include "base/message.h"
#include "base/profile.h"
#include "cli/buffer.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/rewrite.h"
#include "cli/run_cache.h"
#include "cli/run_phase.h"
#include "report/stat.h"

static void print_stat(const Run *run, const Options *options, bool color) {
    Stat stat;
    uint32_t width = output_width();
    const Solution *solution = options->has_phase ? &run->part : &run->solution;
    stat_build(&run->program, solution, &run->plan, &stat);
    if (options->format == FORMAT_JSON) {
        stat_write_json(&stat, &run->plan, stdout);
    } else {
        pager_start();
        stat_write_text(&stat, &run->plan, width, color, stdout);
    }
    stat_release(&stat);
}

static void print_changes(const Run *run, const Options *options, Str text) {
    if (run->plan.files.count == 0 && text.length == 0 && options->format == FORMAT_TEXT) {
        if (options->verbosity > 0) message_print(stderr, "weft: nothing to change\n");
    } else if (options->stat) {
        print_stat(run, options, output_color(options->color, stdout));
    } else {
        DiffLook look = output_diff_look(options->color);
        pager_start();
        profile_enter("diff");
        if (text.length > 0)
            fwrite(text.data, 1, text.length, stdout);
        else
            diff_write(&run->plan, options->context, look, stdout);
        profile_leave();
    }
}

// The diff of the whole change; *TEXT is all of it, or empty where it is made when it is printed.
static bool find_text(Run *run, const Options *options, Str *text) {
    RunStop stop = run_stop(options, RUN_TO_PLAN);
    if (!run_begin(run, options, stop)) return false;
    if (!run->keeps || options->stat || options->dump != DUMP_NONE) return run_go_on(run, options, stop);
    StrBuf look = {0}, made = {0};
    strbuf_addf(&look, "diff/%d/%u", (int)output_diff_look(options->color), options->context);
    bool good = run_cache_find_text(run, strbuf_str(&look), text);
    run->nameless = true;
    if (!good && run_go_on(run, options, stop)) {
        good = true;
        profile_enter("diff");
        diff_add_kept(&run->plan, &run->sources, options->context, output_diff_look(options->color), &made);
        profile_leave();
        *text = arena_copy(&run->taken_texts, strbuf_str(&made));
        if (run->plan.files.count > 0) run_cache_keep_text(run, strbuf_str(&look), *text);
    }
    strbuf_release(&look);
    strbuf_release(&made);
    return good;
}

static bool get_plan(Run *run, const Options *options, Str *text, bool *stale) {
    PlanMaker maker = {0};
    LaterPlans later = {0};
    Str document;
    bool good;
    if (options->plan.length > 0)
        good = run_read_plan(run, options, &maker, &document, stale);
    else if (options->rewrite.length > 0)
        good = run_rewrite(run, options);
    else if (options->has_phase)
        good = run_phase(run, options, &document, &later);
    else
        good = find_text(run, options, text);
    vec_release(&later);
    plan_maker_release(&maker);
    return good;
}

int cmd_diff(int argc, char **argv) {
    Options options;
    Run run;
    bool stale = false;
    Str text = STR_NONE;
    options_parse(COMMAND_DIFF, argc, argv, &options);
    bool good = get_plan(&run, &options, &text, &stale);
    run_print_diagnostics(&run, &options);
    if (good) run_phase_say(&run, &options);
    uint32_t others = good && buffer_is_used(&options) ? buffer_keep_plan(&run) : 0;
    if (others > 0) buffer_say_others(&options, others);
    if (good && !run_dump(&run, &options)) print_changes(&run, &options, text);
    bool changes = run.plan.files.count > 0 || text.length > 0;
    int status = run_end(&run, &options, good, options.exit_code && changes);
    return stale ? EXIT_STALE : status;
}
