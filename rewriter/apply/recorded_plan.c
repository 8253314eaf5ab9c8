// The plans in .weft/runs. In: a journal. Out: the plan that it was written with, byte for byte, or none.
#include "apply/recorded_plan.h"

#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "patch/plan_file.h"

// Journals of weft 0.1.0 name no digest; those are never followed before a person has seen the paths.
static bool has_digest(const Journal *journal, Str json, Diagnostics *diagnostics) {
    Digest digest = digest_of(json);
    if (journal->format == 1 || digest_equal(&digest, &journal->plan)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E607, SPAN_NONE,
                   "the plan of run %u is not the one that its journal names", journal->run);
    diagnostic_help(diagnostics, "somebody has changed it; take the files from version control");
    return false;
}

bool recorded_plan_read(Store *store, const Journal *journal, Plan *plan, Str *json,
                        Diagnostics *diagnostics) {
    PlanMaker maker = {0};
    Str path = path_join(&plan->arena, store_run_folder(store, journal->run), STR("plan.json"));
    FileResult found = beneath_read(&plan->arena, store->files.root, path, 0, json, NULL);
    if (found != FILE_OK)
        diagnostic_add(diagnostics, DIAGNOSTIC_E601, SPAN_NONE, "cannot read '%.*s': %s",
                       STR_ARG(path),
                       found == FILE_NOT_REGULAR ? "it is no regular file" : strerror(errno));
    bool good = found == FILE_OK && has_digest(journal, *json, diagnostics) &&
                plan_read(path, *json, plan, &maker, diagnostics);
    plan_maker_release(&maker);
    return good;
}
