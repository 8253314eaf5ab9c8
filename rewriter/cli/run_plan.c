// Plan files and a run. In: a plan that the pipeline made, or the name of a plan file. Out: who made
// the one; the other read and compared with the tree.
#include "cli/families.h"
#include "cli/languages.h"
#include "cli/run.h"
#include "cli/run_select.h"

#include <errno.h>

#include "base/file.h"
#include "base/path.h"
#include "source/git_library.h"

void run_describe_maker(const Run *run, PlanMaker *maker) {
    *maker = (PlanMaker){.weft = STR(WEFT_VERSION),
                         .tree_sitter = STR(WEFT_TREE_SITTER_VERSION),
                         .grammar = STR(WEFT_TREE_SITTER_PYTHON_VERSION),
                         .packs = run->rules.pack};
    for (Family i = 0; i < run->rules.families.count; i++)
        if (run->families == 0 || run->families & 1u << i)
            vec_add(&maker->types, run->rules.families.names[i]);
    for (uint32_t i = 1; i < run->sources.files.count; i++) {
        const SourceFile *file = &run->sources.files.items[i];
        // Other auxiliary files are sources that the rules leave out.
        if (!file->auxiliary || file->left_out || languages_accept(file->path)) continue;
        PlanRuleFile rule = {path_basename(file->path), blob_id_of(file->raw)};
        vec_add(&maker->rules, rule);
    }
}

static bool cannot_read(Run *run, Str name, const char *why) {
    diagnostic_add(&run->diagnostics, DIAGNOSTIC_E601, SPAN_NONE, "cannot read '%.*s': %s",
                   STR_ARG(name), why);
    return false;
}

static bool find_root(Run *run, const Options *options) {
    Str folder = options->sources.root.length > 0 ? options->sources.root : STR(".");
    if (path_real(&run->sources.arena, folder, &run->sources.root)) return true;
    diagnostic_add(&run->diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%.*s': %s",
                   STR_ARG(folder), strerror(errno));
    return false;
}

// A part of a plan is judged against the whole tree, whatever was selected.
static bool load_tree(Run *run, const Options *options) {
    Options whole = *options;
    whole.sources.paths.count = whole.sources.include.count = whole.sources.exclude.count = 0;
    whole.types.count = 0;
    return run_pipeline(run, &whole, RUN_TO_FACTS);
}

static void write_part(Run *run, const PlanMaker *maker, Str *document) {
    StrBuf bytes = {0};
    plan_write(&run->plan, maker, &bytes);
    *document = arena_copy(&run->plan.arena, strbuf_str(&bytes));
    strbuf_release(&bytes);
}

// Takes the selected part of the plan and compares it with the tree.
static bool use_plan(Run *run, const Options *options, const PlanSelection *selection,
                     const PlanMaker *maker, Str *document, bool *stale) {
    LeftOuts left_out = {0};
    bool selects = plan_selects(selection);
    if (selects) plan_select(&run->plan, selection, &left_out);
    bool good = plan_resolve(run->sources.root, &run->plan, options->sources.threads, stale,
                             &run->diagnostics);
    if (good && left_out.count > 0) {
        good = run_check_selection(run, options, &left_out);
        write_part(run, maker, document);
    }
    vec_release(&left_out);
    return good;
}

bool run_read_plan(Run *run, const Options *options, PlanMaker *maker, Str *document, bool *stale) {
    PlanSelection selection = {options->types.items, options->types.count, options->safe_only,
                               &options->sources};
    *run = (Run){0};
    *maker = (PlanMaker){0};
    *stale = false;
    if (plan_selects(&selection) ? !load_tree(run, options) : !find_root(run, options))
        return false;
    FileResult found = file_read(&run->plan.arena, options->plan, 0, document, NULL);
    if (found == FILE_NOT_REGULAR) return cannot_read(run, options->plan, "it is no regular file");
    if (found != FILE_OK) return cannot_read(run, options->plan, strerror(errno));
    if (!options->allow_dirty && git_library_has_use(run->sources.root)) git_library_prepare();
    bool good = plan_read(options->plan, *document, &run->plan, maker, &run->diagnostics);
    return good && families_check_plan(run, options, maker) &&
           use_plan(run, options, &selection, maker, document, stale);
}
