// Plan files and a run. In: a plan that the pipeline made, or the name of a plan file. Out: who made
// the one; the other read and compared with the tree.
#include "cli/run.h"

#include <errno.h>

#include "base/file.h"
#include "base/path.h"
#include "python/python.h"
#include "source/git_library.h"

void run_describe_maker(const Run *run, const Options *options, PlanMaker *maker) {
    *maker = (PlanMaker){.weft = STR(WEFT_VERSION),
                         .tree_sitter = STR(WEFT_TREE_SITTER_VERSION),
                         .grammar = STR(WEFT_TREE_SITTER_PYTHON_VERSION),
                         .packs = run->rules.pack,
                         .families = options->families};
    for (uint32_t i = 1; i < run->sources.files.count; i++) {
        const SourceFile *file = &run->sources.files.items[i];
        // Other auxiliary files are sources that the rules leave out.
        if (!file->auxiliary || language_python.accepts(file->path)) continue;
        PlanRuleFile rule = {path_basename(file->path), blob_id_of(file->raw)};
        vec_add(&maker->rules, rule);
    }
}

static bool cannot_read(Run *run, Str name, const char *why) {
    diagnostic_add(&run->diagnostics, DIAGNOSTIC_E601, SPAN_NONE, "cannot read '%.*s': %s",
                   STR_ARG(name), why);
    return false;
}

bool run_read_plan(Run *run, const Options *options, PlanMaker *maker, Str *document, bool *stale) {
    *run = (Run){0};
    *maker = (PlanMaker){0};
    *stale = false;
    Str folder = options->sources.root.length > 0 ? options->sources.root : STR(".");
    if (!path_real(&run->sources.arena, folder, &run->sources.root)) {
        diagnostic_add(&run->diagnostics, DIAGNOSTIC_E100, SPAN_NONE, "cannot use '%.*s': %s",
                       STR_ARG(folder), strerror(errno));
        return false;
    }
    FileResult found = file_read(&run->plan.arena, options->plan, 0, document, NULL);
    if (found == FILE_NOT_REGULAR) return cannot_read(run, options->plan, "it is no regular file");
    if (found != FILE_OK) return cannot_read(run, options->plan, strerror(errno));
    git_library_prepare();
    bool good = plan_read(options->plan, *document, &run->plan, maker, &run->diagnostics);
    git_library_start();
    return good && plan_resolve(run->sources.root, &run->plan, options->sources.threads, stale,
                                &run->diagnostics);
}
