// `weft plan`: writes the change as a plan file, or as several, to be reviewed and carried out later.
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/message.h"
#include "base/path.h"
#include "cli/cmd.h"
#include "cli/contract_gate.h"
#include "cli/output.h"
#include "cli/run_phase.h"
#include "cli/run_slices.h"
#include "report/text.h"

enum { PLAN_FILE_MODE = 0644, PLAN_FOLDER_MODE = 0755 };

static const char *plural(uint32_t count) { return count == 1 ? "" : "s"; }

static bool cannot_write(Run *run, Str path, const char *why) {
    diagnostic_add(&run->diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                   STR_ARG(path), why);
    return false;
}

// ---- one plan --------------------------------------------------------------------------------------

static bool write_document(Run *run, const Options *options, Str json) {
    if (options->output.length == 0) {
        fwrite(json.data, 1, json.length, stdout);
    } else if (!file_replace(options->output, json, PLAN_FILE_MODE)) {
        return cannot_write(run, options->output, strerror(errno));
    } else if (options->verbosity >= 0) {
        message_print(stderr, "weft: %u file%s planned in '%.*s'\n", run->plan.files.count,
                      plural(run->plan.files.count), STR_ARG(options->output));
    }
    return true;
}

static bool write_plan(Run *run, const Options *options) {
    PlanMaker maker;
    StrBuf json = {0};
    run_describe_maker(run, &maker);
    plan_write(&run->plan, &maker, &json);
    bool good = (options->output.length == 0 ||
                 output_place_is_safe(run->sources.root, options->output, &run->diagnostics)) &&
                write_document(run, options, strbuf_str(&json));
    strbuf_release(&json);
    plan_maker_release(&maker);
    return good;
}

// ---- slices ----------------------------------------------------------------------------------------

typedef struct Splitting {
    Run *run;
    const Options *options;
    PlanMaker maker;
    Arena arena;
    uint32_t number;
    StrBuf list; // what was written, for standard output
} Splitting;

static bool is_empty_folder(Str path, Arena *arena) {
    DIR *folder = opendir(arena_copy(arena, path).data);
    if (folder == NULL) return false;
    uint32_t entries = 0;
    while (readdir(folder) != NULL) entries++;
    closedir(folder);
    return entries <= 2; // itself and its parent
}

// Plans of an earlier time would be taken for slices of this one.
static bool make_folder(Splitting *splitting) {
    Str path = splitting->options->output;
    if (mkdir(arena_copy(&splitting->arena, path).data, PLAN_FOLDER_MODE) == 0) return true;
    if (errno != EEXIST) return cannot_write(splitting->run, path, strerror(errno));
    if (is_empty_folder(path, &splitting->arena)) return true;
    cannot_write(splitting->run, path, "it is there already, and no empty folder");
    diagnostic_help(&splitting->run->diagnostics, "name a new folder for the slices with -o");
    return false;
}

static bool write_slice(void *context, Str name, const Plan *step) {
    Splitting *splitting = context;
    StrBuf json = {0};
    plan_write(step, &splitting->maker, &json);
    Str file = arena_format(&splitting->arena, "plan-%03u.json", ++splitting->number);
    Str path = path_join(&splitting->arena, splitting->options->output, file);
    bool good = file_replace(path, strbuf_str(&json), PLAN_FILE_MODE);
    if (!good) cannot_write(splitting->run, path, strerror(errno));
    strbuf_addf(&splitting->list, "%.*s  %4u file%s %5u edit%s  ", STR_ARG(file),
                step->files.count, step->files.count == 1 ? ", " : "s,", step->edits.list.count,
                step->edits.list.count == 1 ? " " : "s");
    text_add_shown(&splitting->list, name);
    strbuf_add_char(&splitting->list, '\n');
    strbuf_release(&json);
    return good;
}

// Slices follow the context; types of parameters change beside it.
static void say_what_is_in_none(const Run *run) {
    uint32_t count = run->solution.retyped.count;
    if (count > 0)
        message_print(stderr, "weft: %u place%s that `retypes` changes %s in none of them: `weft apply` after the last one does the rest\n",
                      count, plural(count), count == 1 ? "is" : "are");
}

static bool write_slices(Run *run, const Options *options) {
    Splitting splitting = {.run = run, .options = options};
    Slices slices;
    run_describe_maker(run, &splitting.maker);
    slices_make(run->solver, options->split, options->most_files, &slices);
    bool good = output_place_is_safe(run->sources.root, options->output, &run->diagnostics) &&
                make_folder(&splitting) &&
                run_slices(run, options, &slices, write_slice, &splitting);
    if (good && splitting.list.length > 0) fwrite(splitting.list.data, 1, splitting.list.length, stdout);
    if (good && options->verbosity >= 0)
        message_print(stderr, "weft: %u plan%s in '%.*s', to be applied in this order\n",
                      splitting.number, plural(splitting.number), STR_ARG(options->output));
    if (good) say_what_is_in_none(run);
    slices_release(&slices);
    strbuf_release(&splitting.list);
    plan_maker_release(&splitting.maker);
    arena_release(&splitting.arena);
    return good;
}

// ---- the command -----------------------------------------------------------------------------------

static bool make_phase(Run *run, const Options *options) {
    LaterPlans later = {0};
    Str document;
    bool good = run_phase(run, options, &document, &later) && write_plan(run, options);
    vec_release(&later);
    return good;
}

static bool make_plans(Run *run, const Options *options) {
    if (options->splits)
        return run_pipeline(run, options, RUN_TO_PARTS) && write_slices(run, options);
    if (options->has_phase) return make_phase(run, options);
    return run_pipeline(run, options, run_stop(options, RUN_TO_PLAN)) &&
           contract_gate_pass(run, options) &&
           (options->dump != DUMP_NONE || write_plan(run, options));
}

int cmd_plan(int argc, char **argv) {
    Options options;
    Run run;
    options_parse(COMMAND_PLAN, argc, argv, &options);
    bool good = make_plans(&run, &options);
    run_print_diagnostics(&run, &options);
    if (good) run_phase_say(&run, &options);
    if (good) run_dump(&run, &options);
    return run_end(&run, &options, good, false);
}
