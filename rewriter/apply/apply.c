// The three things that change a tree: carry a plan out, finish what was interrupted, take a run back.
// In: a root and a question. Out: what happened, and diagnostics. Holds the lock of the tree from the
// first look to the last write.
#include "apply/apply.h"

#include <errno.h>
#include <string.h>

#include "apply/adopt.h"
#include "apply/backup.h"
#include "apply/history.h"
#include "apply/interrupt.h"
#include "apply/recorded_plan.h"
#include "apply/transaction.h"
#include "base/bug.h"
#include "patch/plan_file.h"

typedef struct Apply {
    Store store;
    History history;
    const ApplyControl *control;
    ApplyReport *report;
    Diagnostics *diagnostics;
} Apply;

static bool read_history(Apply *apply) {
    History *history = &apply->history;
    if (!history_read(&apply->store, history, apply->diagnostics)) return false;
    if (history->foreign.count == 0) return true;
    if (apply->control->adopt == NULL) return adopt_refuse(history, apply->diagnostics);
    if (!adopt_runs(&apply->store, history, apply->control, apply->diagnostics)) return false;
    history_release(history);
    return history_read(&apply->store, history, apply->diagnostics);
}

static bool apply_open(Apply *apply, Str root, const ApplyControl *control, ApplyReport *report,
                       Diagnostics *diagnostics) {
    *report = (ApplyReport){0};
    *apply = (Apply){.control = control, .report = report, .diagnostics = diagnostics};
    store_name(&apply->store, root);
    apply->store.files.no_sync = control->no_sync;
    return store_open(&apply->store, control->command, diagnostics) && read_history(apply);
}

static void apply_close(Apply *apply) {
    history_release(&apply->history);
    store_close(&apply->store);
}

// ---- a new run -----------------------------------------------------------------------------------

static void note_families(Journal *journal, const Plan *plan) {
    for (uint32_t i = 0; i < plan->edits.list.count; i++) {
        Str family = plan->edits.list.items[i].family;
        uint32_t k = 0;
        while (k < journal->families.count && !str_equal(journal->families.items[k], family)) k++;
        if (k == journal->families.count && family.length > 0) vec_add(&journal->families, family);
    }
}

static bool refuse_unfinished(Apply *apply) {
    const Journal *unfinished = history_unfinished(&apply->history);
    if (unfinished == NULL) return false;
    diagnostic_add(apply->diagnostics, DIAGNOSTIC_E606, SPAN_NONE, "run %u was interrupted",
                   unfinished->run);
    diagnostic_help(apply->diagnostics, "`weft resume` finishes it, `weft rollback` takes it back");
    apply->report->run = unfinished->run;
    return true;
}

// After a failure the tree is put back as it was; what the caller said of the failure stays the only
// message unless that fails as well.
static ApplyResult take_back(Apply *apply, Transaction *transaction) {
    Diagnostics said = {0}, *own = transaction->diagnostics;
    UndoCount count;
    transaction->diagnostics = &said;
    StepResult result = transaction_undo(transaction, &(UndoHow){.partial = true}, &count);
    transaction->diagnostics = own;
    if (result != STEP_DONE) diagnostics_merge(own, &said);
    diagnostics_release(&said);
    apply->report->undone = result == STEP_DONE;
    return result == STEP_DONE ? APPLY_FAILED : APPLY_INTERRUPTED;
}

static ApplyResult finish(Apply *apply, Transaction *transaction, const Str *after) {
    switch (transaction_finish(transaction, after)) {
    case STEP_DONE: apply->report->written = transaction->journal->files.count; return APPLY_DONE;
    case STEP_INTERRUPTED: return APPLY_INTERRUPTED;
    case STEP_FAILED: break;
    }
    return take_back(apply, transaction);
}

static ApplyResult carry_out(Apply *apply, Journal *journal, const Plan *plan, Str document) {
    Transaction transaction;
    ApplyResult result = APPLY_REFUSED;
    bool stale = false;
    uint32_t count = plan->files.count;
    transaction_open(&transaction, &apply->store, journal, apply->control, apply->diagnostics);
    transaction.views = arena_array(&transaction.arena, View, count + 1);
    Str *after = arena_array(&transaction.arena, Str, count + 1);
    for (uint32_t i = 0; i < count; i++) after[i] = plan->files.items[i].after;
    if (!transaction_check_targets(&transaction, plan, &stale)) {
        result = stale ? APPLY_STALE : APPLY_REFUSED;
    } else if ((apply->control->allow_dirty || transaction_check_committed(&transaction)) &&
               backup_write(&transaction)) {
        interrupt_watch();
        if (store_sweep_runs(&apply->store) && journal_begin(&apply->store, journal, document)) {
            apply->report->run = journal->run;
            result = finish(apply, &transaction, after);
        } else {
            diagnostic_add(apply->diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot use '%.*s': %s",
                           STR_ARG(apply->store.folder), strerror(errno));
            // A journal that is there in spite of the failure would be a run nobody asked for.
            store_remove_run(&apply->store, journal->run);
            if (store_has_run(&apply->store, journal->run)) {
                apply->report->run = journal->run;
                result = APPLY_INTERRUPTED;
            }
        }
    }
    transaction_close(&transaction);
    return result;
}

ApplyResult apply_plan(Str root, const Plan *plan, Str document, const ApplyControl *control,
                       ApplyReport *report, Diagnostics *diagnostics) {
    Apply apply;
    ApplyResult result = APPLY_REFUSED;
    if (apply_open(&apply, root, control, report, diagnostics)) {
        if (refuse_unfinished(&apply)) {
            result = APPLY_INTERRUPTED;
        } else if (store_make_key(&apply.store, diagnostics)) {
            const History *history = &apply.history;
            Journal journal = {.command = control->command,
                               .version = STR(WEFT_VERSION),
                               .run =
                                   history->runs.count > 0 ? vec_last(&history->runs)->run + 1 : 1};
            note_families(&journal, plan);
            result = carry_out(&apply, &journal, plan, document);
            journal_release(&journal);
        }
    }
    apply_close(&apply);
    return result;
}

bool apply_check(Str root, const Plan *plan, const ApplyControl *control,
                 Diagnostics *diagnostics) {
    Store store;
    Journal journal = {0};
    Transaction transaction;
    bool stale = false;
    store_name(&store, root);
    transaction_open(&transaction, &store, &journal, control, diagnostics);
    transaction.views = arena_array(&transaction.arena, View, plan->files.count + 1);
    bool good = store_check(&store, diagnostics) &&
                transaction_check_targets(&transaction, plan, &stale) &&
                (control->allow_dirty || transaction_check_committed(&transaction));
    transaction_close(&transaction);
    journal_release(&journal);
    store_close(&store);
    return good;
}

// ---- finishing a run -----------------------------------------------------------------------------

static const PlannedFile *find_planned(const Plan *plan, const JournalFile *file) {
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const PlannedFile *planned = &plan->files.items[i];
        if (planned->is_new == file->is_new && blob_id_equal(&planned->after_id, &file->after) &&
            (file->is_new || blob_id_equal(&planned->before_id, &file->before)))
            return planned;
    }
    return NULL;
}

// The new bytes of a file that is still old, from the run's own plan.
static bool make_after(Transaction *transaction, const Plan *plan, uint32_t index, Str *after) {
    const JournalFile *file = &transaction->journal->files.items[index];
    const PlannedFile *planned = find_planned(plan, file);
    bool good = planned != NULL;
    if (good && file->is_new) {
        *after = planned->after;
    } else if (good) {
        good = plan_edit_bytes(&transaction->arena, transaction->views[index].bytes,
                               &plan->edits.list.items[planned->first_edit], planned->edit_count,
                               after);
        BlobId id = good ? blob_id_of(*after) : (BlobId){{0}};
        good = good && blob_id_equal(&id, &file->after);
    }
    if (!good)
        diagnostic_add(transaction->diagnostics, DIAGNOSTIC_E601, SPAN_NONE,
                       "the plan of run %u does not fit its journal at '%.*s'",
                       transaction->journal->run, STR_ARG(file->path));
    return good;
}

static bool look_at_all(Transaction *transaction, const Plan *plan, Str *after) {
    bool good = true;
    for (uint32_t i = 0; i < transaction->journal->files.count; i++) {
        transaction_look(transaction, i);
        const View *view = &transaction->views[i];
        if (view->side == SIDE_OLD) {
            good = make_after(transaction, plan, i, &after[i]) && good;
        } else if (view->side == SIDE_OTHER) {
            diagnostic_add(transaction->diagnostics, DIAGNOSTIC_E602, SPAN_NONE,
                           "'%.*s' is neither as it was nor what weft writes: %s",
                           STR_ARG(transaction->journal->files.items[i].path), view->why);
            diagnostic_help(transaction->diagnostics,
                            "bring it back, or take the run back with `weft rollback`");
            good = false;
        }
    }
    return good;
}

static ApplyResult go_on(Apply *apply, Journal *journal) {
    Transaction transaction;
    Plan plan = {0};
    ApplyResult result = APPLY_INTERRUPTED;
    transaction_open(&transaction, &apply->store, journal, apply->control, apply->diagnostics);
    Str *after = arena_array(&transaction.arena, Str, journal->files.count + 1);
    Str json;
    if (recorded_plan_read(&apply->store, journal, &plan, &json, apply->diagnostics) &&
        look_at_all(&transaction, &plan, after)) {
        switch (transaction_finish(&transaction, after)) {
        case STEP_DONE:
            apply->report->written = journal->files.count;
            result = APPLY_DONE;
            break;
        case STEP_INTERRUPTED:
        case STEP_FAILED: break; // the run stays; it may be tried again
        }
    }
    plan_release(&plan);
    transaction_close(&transaction);
    return result;
}

// ---- taking a run back ---------------------------------------------------------------------------

// Whether the run is still in the state that it was in before anything was recorded.
static bool is_untouched(Apply *apply, const Journal *journal, RunState state) {
    Journal again = {0};
    Diagnostics unsaid = {0};
    bool untouched = journal->state == state &&
                     journal_read(&apply->store, journal->run, &again, &unsaid) &&
                     again.state == state;
    journal_release(&again);
    diagnostics_release(&unsaid);
    return untouched;
}

static ApplyResult undo(Apply *apply, Journal *journal, const UndoHow *how) {
    Transaction transaction;
    UndoCount count;
    transaction_open(&transaction, &apply->store, journal, apply->control, apply->diagnostics);
    RunState state = journal->state;
    StepResult done = transaction_undo(&transaction, how, &count);
    apply->report->written = count.restored;
    apply->report->merged = count.merged;
    apply->report->left = journal->left.count;
    apply->report->undone = done == STEP_DONE && !how->dry_run;
    transaction_close(&transaction);
    if (done == STEP_DONE) return journal->left.count > 0 ? APPLY_PARTLY : APPLY_DONE;
    return run_is_finished(state) && is_untouched(apply, journal, state) ? APPLY_REFUSED
                                                                         : APPLY_INTERRUPTED;
}

static ApplyResult nothing_to_do(Diagnostics *diagnostics, const char *why) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E608, SPAN_NONE, "%s", why);
    diagnostic_help(diagnostics, "`weft status` lists the runs of this tree");
    return APPLY_NOTHING;
}

// Asking about a tree that weft has never written to leaves no folder there.
static bool has_store(Str root) {
    Store store;
    store_name(&store, root);
    bool exists = store_exists(&store);
    store_close(&store);
    return exists;
}

static const char NOTHING_TO_RESUME[] = "there is nothing to resume: no run was interrupted";
static const char NOTHING_TO_UNDO[] = "there is nothing to take back";

ApplyResult apply_resume(Str root, const ApplyControl *control, ApplyReport *report,
                         Diagnostics *diagnostics) {
    Apply apply;
    ApplyResult result = APPLY_REFUSED;
    *report = (ApplyReport){0};
    if (!has_store(root)) return nothing_to_do(diagnostics, NOTHING_TO_RESUME);
    if (apply_open(&apply, root, control, report, diagnostics)) {
        Journal *journal = history_unfinished(&apply.history);
        if (journal == NULL) {
            result = nothing_to_do(diagnostics, NOTHING_TO_RESUME);
        } else {
            interrupt_watch();
            report->run = journal->run;
            result = journal->state == RUN_UNDOING ? undo(&apply, journal, &(UndoHow){.partial = true})
                                                   : go_on(&apply, journal);
        }
    }
    apply_close(&apply);
    return result;
}

// The run that a rollback is about, or NULL and *RESULT after E606 or E608.
static Journal *choose_run(Apply *apply, uint32_t run, ApplyResult *result) {
    History *history = &apply->history;
    Journal *unfinished = history_unfinished(history);
    if (run == 0) {
        Journal *chosen = unfinished ? unfinished : history_newest_applied(history);
        if (chosen == NULL) *result = nothing_to_do(apply->diagnostics, NOTHING_TO_UNDO);
        return chosen;
    }
    Journal *chosen = history_find(history, run);
    char why[64];
    if (chosen == NULL) {
        snprintf(why, sizeof why, "there is no run %u", run);
        *result = nothing_to_do(apply->diagnostics, why);
    } else if (chosen->state == RUN_UNDONE && chosen->left.count == 0) {
        snprintf(why, sizeof why, "run %u has been taken back already", run);
        *result = nothing_to_do(apply->diagnostics, why);
    } else if (unfinished == NULL || unfinished == chosen) {
        return chosen;
    } else {
        refuse_unfinished(apply);
        *result = APPLY_INTERRUPTED;
    }
    return NULL;
}

ApplyResult apply_rollback(Str root, uint32_t run, const UndoHow *how, const ApplyControl *control,
                           ApplyReport *report, Diagnostics *diagnostics) {
    Apply apply;
    ApplyResult result = APPLY_REFUSED;
    *report = (ApplyReport){0};
    if (!has_store(root)) return nothing_to_do(diagnostics, NOTHING_TO_UNDO);
    if (apply_open(&apply, root, control, report, diagnostics)) {
        Journal *journal = choose_run(&apply, run, &result);
        if (journal != NULL) {
            interrupt_watch();
            report->run = journal->run;
            result = undo(&apply, journal, how);
        }
    }
    apply_close(&apply);
    return result;
}
