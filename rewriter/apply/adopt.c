// Adoption. In: journals that anybody may have written, and a person's yes. Out: the same runs in journals of this
// user. What a journal claims is checked against its plan, and permissions come from the files as they are:
// so all that a yes can allow is what the plan shows.
#include "apply/adopt.h"

#include <errno.h>
#include <string.h>

#include "apply/recorded_plan.h"
#include "base/path.h"
#include "patch/plan_file.h"

bool adopt_refuse(const History *history, Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < history->foreign.count; i++) {
        const Journal *journal = &history->foreign.items[i];
        diagnostic_add(diagnostics, DIAGNOSTIC_E610, SPAN_NONE, "run %u was not recorded %s",
                       journal->run,
                       journal->is_elsewhere ? "in this tree: its journal is of another one, and was copied"
                       : journal->format == 1
                           ? "by your weft: its journal is of weft 0.1.0, which had no key"
                           : "by your weft: its journal does not have your key");
        diagnostic_help(diagnostics,
                        "if .weft came with the tree, remove it; if the run is yours, `weft resume "
                        "--adopt` or `weft rollback --adopt` shows every path of it and asks");
    }
    return history->foreign.count == 0;
}

// ---- agreement with the plan ---------------------------------------------------------------------

static bool refuse(Diagnostics *diagnostics, const Journal *journal, Str path) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E607, SPAN_NONE,
                   "the plan of run %u does not fit its journal at '%.*s'", journal->run,
                   STR_ARG(path));
    diagnostic_help(diagnostics, "weft has not written this run; remove its folder in .weft/runs");
    return false;
}

// Whether PLANNED, as the plan names it, is PATH: the same, or a link inside the root to it.
static bool is_file(Store *store, Str planned, Str path) {
    Arena scratch = {0};
    Str real, relative;
    bool same = str_equal(planned, path) ||
                (path_real(&scratch, path_join(&scratch, store->root, planned), &real) &&
                 path_relative(store->root, real, &relative) && str_equal(relative, path));
    arena_release(&scratch);
    return same;
}

static const PlannedFile *find_planned(Store *store, const Plan *plan, const JournalFile *file) {
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const PlannedFile *planned = &plan->files.items[i];
        if (planned->is_new == file->is_new && blob_id_equal(&planned->after_id, &file->after) &&
            (file->is_new || blob_id_equal(&planned->before_id, &file->before)) &&
            is_file(store, planned->path, file->path))
            return planned;
    }
    return NULL;
}

// Only a folder that a new file of the run lies in can have been made for it.
static bool is_needed(const Journal *journal, Str folder) {
    Str relative;
    for (uint32_t i = 0; i < journal->files.count; i++)
        if (journal->files.items[i].is_new &&
            path_relative(folder, journal->files.items[i].path, &relative))
            return true;
    return false;
}

static bool fit(Store *store, const Plan *plan, Journal *journal, Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < journal->files.count; i++) {
        JournalFile *file = &journal->files.items[i];
        const PlannedFile *planned = find_planned(store, plan, file);
        struct stat status;
        if (planned == NULL) return refuse(diagnostics, journal, file->path);
        bool exists = !file->is_new && beneath_status(store->files.root, file->path, &status);
        file->mode = (exists ? status.st_mode : planned->mode) & 0777;
    }
    for (uint32_t i = 0; i < journal->folders.count; i++)
        if (!is_needed(journal, journal->folders.items[i]))
            return refuse(diagnostics, journal, journal->folders.items[i]);
    return true;
}

static bool check_run(Store *store, Journal *journal, Diagnostics *diagnostics) {
    Plan plan = {0};
    Str json = STR_NONE;
    bool good = recorded_plan_read(store, journal, &plan, &json, diagnostics) &&
                fit(store, &plan, journal, diagnostics);
    if (good) journal->plan = digest_of(json);
    plan_release(&plan);
    return good;
}

// ---- taking over ---------------------------------------------------------------------------------

static bool record(Store *store, Journal *journal, Diagnostics *diagnostics) {
    if (journal_record_anew(store, journal)) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE,
                   "cannot write the journal of run %u: %s", journal->run, strerror(errno));
    return false;
}

bool adopt_runs(Store *store, History *history, const ApplyControl *control,
                Diagnostics *diagnostics) {
    Journal *runs = history->foreign.items;
    uint32_t count = history->foreign.count;
    for (uint32_t i = 0; i < count; i++)
        if (!check_run(store, &runs[i], diagnostics)) return false;
    if (!control->adopt(control->adopt_context, runs, count)) return false;
    if (!store_make_key(store, diagnostics)) return false;
    for (uint32_t i = 0; i < count; i++)
        if (!record(store, &runs[i], diagnostics)) return false;
    return true;
}
