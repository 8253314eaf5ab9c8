// `weft apply`: writes the plan, all of it or nothing, and says what it wrote.
#include "base/message.h"
#include "cli/apply_run.h"
#include "cli/buffer.h"
#include "cli/cmd.h"
#include "cli/contract_gate.h"
#include "cli/interactive.h"
#include "cli/output.h"
#include "cli/rewrite.h"
#include "cli/run_json.h"
#include "cli/run_phase.h"
#include "cli/runs.h"
#include "cli/thread.h"
#include "report/text.h"

static const char *plural(uint32_t count) { return count == 1 ? "" : "s"; }

static void print_written(const Run *run, const Options *options) {
    bool asked = options->dry_run || options->verbosity >= 0; // else it is done, and that is all
    if (options->format == FORMAT_JSON || !asked) return;
    StrBuf text = {0};
    uint32_t changed = 0, created = 0;
    for (uint32_t i = 0; i < run->plan.files.count; i++) {
        const PlannedFile *file = &run->plan.files.items[i];
        StrBuf path = {0};
        text_add_shown(&path, file->path);
        message_add(&text,
                    options->dry_run ? file->is_new ? "would create %.*s\n" : "would change %.*s\n"
                    : file->is_new   ? "created %.*s\n"
                                     : "changed %.*s\n",
                    STR_ARG(strbuf_str(&path)));
        strbuf_release(&path);
        *(file->is_new ? &created : &changed) += 1;
    }
    message_add(&text, "%u file%s changed, %u created%s\n", changed, plural(changed), created,
                options->dry_run ? " (dry run, nothing was written)" : "");
    fwrite(text.data, 1, text.length, stdout);
    strbuf_release(&text);
}

// What cmd_apply works on.
typedef struct Applying {
    Run run;
    Options options;
    Str document; // the plan as a plan file
    Str command;
    LaterPlans later; // of the phases after this one
    ApplyReport report;
    bool stale, refused; // before anything was tried
    bool kept;           // those plans are kept
} Applying;

static ApplyResult carry_out(Applying *applying) {
    Run *run = &applying->run;
    const Options *options = &applying->options;
    Progress progress;
    ApplyControl control = {.command = applying->command,
                            .no_sync = options->no_sync,
                            .allow_dirty = options->allow_dirty,
                            .backup = options->backup,
                            .progress = progress_step,
                            .context = &progress};
    progress_start(&progress, options->verbosity < 0);
    ApplyResult result = apply_plan(run->sources.root, &run->plan, applying->document, &control,
                                    &applying->report, &run->diagnostics);
    progress_end(&progress);
    if (result == APPLY_DONE && applying->later.count > 0)
        applying->kept = later_keep(run->sources.root, &applying->later, &run->diagnostics);
    return result;
}

static ApplyResult write_plan(Applying *applying) {
    if (applying->run.plan.files.count == 0) {
        if (applying->options.verbosity < 0 || applying->options.format == FORMAT_JSON)
            return APPLY_DONE;
        fputs(message_text(applying->options.interactive
                               ? "nothing to do: no hunk was taken\n"
                               : "nothing to do: no file needs a change\n"),
              stdout);
        return APPLY_DONE;
    }
    ApplyResult result = APPLY_DONE;
    if (!applying->options.dry_run) result = carry_out(applying);
    if (result == APPLY_DONE) print_written(&applying->run, &applying->options);
    return result;
}

static void write_document(Applying *applying, PlanMaker *maker) {
    Run *run = &applying->run;
    StrBuf document = {0};
    run_describe_maker(run, maker);
    plan_write(&run->plan, maker, &document);
    applying->document = arena_copy(&run->plan.arena, strbuf_str(&document));
    strbuf_release(&document);
}

// Makes the plan, or reads it.
static bool get_plan(Applying *applying) {
    Run *run = &applying->run;
    const Options *options = &applying->options;
    PlanMaker maker = {0};
    bool good;
    if (options->plan.length > 0) {
        good = run_read_plan(run, options, &maker, &applying->document, &applying->stale);
    } else if (options->interactive) {
        good = run_interactive(run, options, &applying->refused);
        if (good) write_document(applying, &maker);
    } else if (options->rewrite.length > 0 || options->command == COMMAND_THREAD) {
        good = options->command == COMMAND_THREAD ? run_thread(run, options) : run_rewrite(run, options);
        if (good) write_document(applying, &maker);
    } else if (options->has_phase) {
        good = run_phase(run, options, &applying->document, &applying->later);
    } else {
        good = run_pipeline(run, options, run_stop(options, RUN_TO_PLAN));
        if (good && !contract_gate_pass(run, options)) applying->refused = true, good = false;
        if (good) write_document(applying, &maker);
    }
    plan_maker_release(&maker);
    return good;
}

static int finish(Applying *applying, bool good, ApplyResult result) {
    const Options *options = &applying->options;
    const ApplyReport *report = &applying->report;
    run_print_diagnostics(&applying->run, options);
    if (good && !options->interactive) run_phase_say(&applying->run, options);
    if (good) run_dump(&applying->run, options);
    if (good && options->format == FORMAT_JSON && options->dump == DUMP_NONE)
        run_write_json("apply", result, report, &applying->run.plan, options->dry_run);
    runs_say(result, report, "apply");
    if (result == APPLY_DONE && report->run > 0 && options->verbosity >= 0)
        message_print(stderr,
                      "weft: this was run %u; `weft rollback` takes it back\n"
                      "weft: next: your tests, `weft verify --before HEAD`, and a commit\n",
                      report->run);
    if (!output_finish()) good = false;
    return result == APPLY_DONE ? run_status(&applying->run, good, false) : runs_status(result);
}

// An editor puts the new text into its buffer, and saves it or does not. No run: there is nothing to take back.
static int print_buffer(Applying *applying, bool good) {
    Run *run = &applying->run;
    run_print_diagnostics(run, &applying->options);
    if (good) {
        uint32_t others = buffer_keep_plan(run);
        if (others > 0) buffer_say_others(&applying->options, others);
        buffer_print(run);
    }
    vec_release(&applying->later);
    return run_end(run, &applying->options, good, false);
}

int apply_run(Options *options, Str command) {
    Applying applying = {.kept = true, .options = *options, .command = command};
    ApplyResult result = APPLY_DONE;
    bool good = get_plan(&applying);
    if (buffer_is_used(&applying.options)) return print_buffer(&applying, good);
    if (good && applying.options.dump == DUMP_NONE) result = write_plan(&applying);
    if (applying.stale) result = APPLY_STALE;
    if (applying.refused) result = APPLY_REFUSED;
    int status = finish(&applying, good && applying.kept, result);
    vec_release(&applying.later);
    run_release(&applying.run);
    options_release(&applying.options);
    return status;
}

int cmd_apply(int argc, char **argv) {
    Options options;
    options_parse(COMMAND_APPLY, argc, argv, &options);
    return apply_run(&options, runs_command(&options.arena, argc, argv));
}
