// `weft apply`: writes the plan, all of it or nothing, and says what it wrote.
#include "cli/cmd.h"
#include "cli/output.h"
#include "cli/run.h"
#include "cli/runs.h"
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

static ApplyResult carry_out(Run *run, const Options *options, const PlanMaker *maker, Str command,
                             ApplyReport *report) {
    Progress progress;
    StrBuf document = {0};
    ApplyControl control = {.command = command,
                            .no_sync = options->no_sync,
                            .allow_dirty = options->allow_dirty,
                            .backup = options->backup,
                            .progress = progress_step,
                            .context = &progress};
    plan_write(&run->plan, maker, &document);
    progress_start(&progress, options->verbosity < 0);
    ApplyResult result = apply_plan(run->sources.root, &run->plan, strbuf_str(&document), &control,
                                    report, &run->diagnostics);
    progress_end(&progress);
    strbuf_release(&document);
    return result;
}

static ApplyResult write_plan(Run *run, const Options *options, const PlanMaker *maker, Str command,
                              ApplyReport *report) {
    if (run->plan.files.count == 0) {
        fputs("nothing to do: no file needs a change\n", stdout);
        return APPLY_DONE;
    }
    ApplyResult result = APPLY_DONE;
    if (!options->dry_run) result = carry_out(run, options, maker, command, report);
    if (result == APPLY_DONE) print_written(run, options);
    return result;
}

// Makes the plan, or reads it; MAKER describes where it comes from.
static bool get_plan(Run *run, const Options *options, PlanMaker *maker, bool *stale) {
    *stale = false;
    if (options->plan.length > 0) return run_read_plan(run, options, maker, stale);
    bool good = run_pipeline(run, options, run_stop(options, RUN_TO_PLAN));
    run_describe_maker(run, options, maker);
    return good;
}

static int finish(Run *run, const Options *options, bool good, ApplyResult result,
                  const ApplyReport *report) {
    run_print_diagnostics(run, options);
    if (good) run_dump(run, options);
    runs_say(result, report, "apply");
    if (result == APPLY_DONE && report->run > 0 && options->verbosity >= 0)
        fprintf(stderr, "weft: this was run %u; `weft rollback` takes it back\n", report->run);
    if (!output_finish()) good = false;
    return result == APPLY_DONE ? run_status(run, good, false) : runs_status(result);
}

int cmd_apply(int argc, char **argv) {
    Options options;
    Run run;
    PlanMaker maker = {0};
    bool stale;
    ApplyResult result = APPLY_DONE;
    ApplyReport report = {0};
    options_parse(COMMAND_APPLY, argc, argv, &options);
    bool good = get_plan(&run, &options, &maker, &stale);
    if (good && options.dump == DUMP_NONE) {
        Str command = runs_command(&options.arena, argc, argv);
        result = write_plan(&run, &options, &maker, command, &report);
    }
    if (stale) result = APPLY_STALE;
    int status = finish(&run, &options, good, result, &report);
    plan_maker_release(&maker);
    run_release(&run);
    options_release(&options);
    return status;
}
