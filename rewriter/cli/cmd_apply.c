// `weft apply`: writes the plan, all of it or nothing, and says what it wrote.
#include "apply/apply.h"
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run.h"
#include "patch/diff.h"
#include "report/text.h"

static const char *plural(uint32_t count) { return count == 1 ? "" : "s"; }

static void print_written(const Run *run, const Options *options) {
    StrBuf text = {0};
    for (uint32_t i = 0; i < run->plan.files.count; i++) {
        const PlannedFile *file = &run->plan.files.items[i];
        const char *verb = file->is_new ? "create" : "change";
        strbuf_addf(&text, options->dry_run ? "would %s " : "%sd ", verb);
        text_add_shown(&text, file->path);
        strbuf_add_char(&text, '\n');
    }
    DiffStat stat = diff_count(&run->plan, NULL);
    uint32_t changed = stat.files - stat.new_files;
    strbuf_addf(&text, "%u file%s changed, %u created, %u line%s added, %u removed%s\n", changed,
                plural(changed), stat.new_files, stat.insertions, plural(stat.insertions),
                stat.deletions, options->dry_run ? " (dry run, nothing was written)" : "");
    fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
}

static bool write_plan(Run *run, const Options *options) {
    if (run->plan.files.count == 0) {
        fputs("nothing to do: no file needs a change\n", stdout);
        return true;
    }
    ApplyResult result;
    if (!options->dry_run && !apply_plan(run->sources.root, &run->plan, &result, &run->diagnostics))
        return false;
    print_written(run, options);
    return true;
}

int cmd_apply(int argc, char **argv) {
    Options options;
    Run run;
    PlanMaker maker = {0};
    bool stale = false;
    options_parse(COMMAND_APPLY, argc, argv, &options);
    bool good = options.plan.length > 0
                    ? run_read_plan(&run, &options, &maker, &stale)
                    : run_pipeline(&run, &options, run_stop(&options, RUN_TO_PLAN));
    bool applied = !good || options.dump != DUMP_NONE || write_plan(&run, &options);
    run_print_diagnostics(&run, &options);
    if (good) run_dump(&run, &options);
    if (!applied) fputs("weft: apply failed; the tree is as it was\n", stderr);
    if (!output_finish()) good = false;
    int status = applied ? run_status(&run, good, false) : EXIT_ROLLED_BACK;
    if (stale) status = EXIT_STALE;
    plan_maker_release(&maker);
    run_release(&run);
    options_release(&options);
    return status;
}
