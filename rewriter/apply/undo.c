// Taking a run back. In: a run in any state. Out: its files old again, as far as they are what weft
// wrote; the others listed. All old bytes are at hand, and all that will be left is known, before the first
// file is touched.
#include <errno.h>
#include <string.h>

#include "apply/interrupt.h"
#include "apply/recorded_plan.h"
#include "apply/transaction.h"
#include "base/message.h"
#include "patch/plan_file.h"

typedef struct Undo {
    Transaction *transaction;
    Str *wanted;   // by file: the bytes to put back; data NULL for none
    bool *merging; // by file
    UndoCount *count;
} Undo;

static bool fail(Transaction *transaction, const char *what, Str path) {
    diagnostic_add(transaction->diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "%s '%.*s': %s", what,
                   STR_ARG(path), strerror(errno));
    return false;
}

// ---- what to put back ----------------------------------------------------------------------------

// The edits of file INDEX in the run's own plan, applied to its old bytes: what weft wrote.
static bool written_bytes(Transaction *transaction, const Plan *plan, uint32_t index, Str before,
                          Str *after) {
    const JournalFile *file = &transaction->journal->files.items[index];
    for (uint32_t i = 0; i < plan->files.count; i++) {
        const PlannedFile *planned = &plan->files.items[i];
        if (planned->is_new || !blob_id_equal(&planned->before_id, &file->before) ||
            !blob_id_equal(&planned->after_id, &file->after))
            continue;
        return plan_edit_bytes(&transaction->arena, before,
                               &plan->edits.list.items[planned->first_edit], planned->edit_count,
                               after);
    }
    return false;
}

static void leave(Undo *undo, uint32_t index) {
    Transaction *transaction = undo->transaction;
    const JournalFile *file = &transaction->journal->files.items[index];
    vec_add(&transaction->journal->left, file->path);
    diagnostic_add(transaction->diagnostics, DIAGNOSTIC_E609, SPAN_NONE,
                   "'%.*s' is not what weft wrote: %s", STR_ARG(file->path),
                   transaction->views[index].why);
}

static void try_merge(Undo *undo, const Plan *plan, uint32_t index) {
    Transaction *transaction = undo->transaction;
    const JournalFile *file = &transaction->journal->files.items[index];
    View *view = &transaction->views[index];
    Str before, after, merged;
    if (!file->is_new && view->bytes.data != NULL &&
        objects_get(&transaction->store->objects, &transaction->arena, &file->before, &before) &&
        written_bytes(transaction, plan, index, before, &after)) {
        if (merge_texts(&transaction->arena, after, view->bytes, before, &merged)) {
            undo->wanted[index] = merged;
            undo->merging[index] = true;
            return;
        }
        view->why = "the changes since then overlap with those of weft";
    }
    leave(undo, index);
}

static bool want_old(Undo *undo, uint32_t index) {
    Transaction *transaction = undo->transaction;
    const JournalFile *file = &transaction->journal->files.items[index];
    if (transaction->views[index].side != SIDE_NEW || file->is_new) return true;
    if (objects_get(&transaction->store->objects, &transaction->arena, &file->before,
                    &undo->wanted[index]))
        return true;
    bool is_newer = errno == ENOTSUP;
    diagnostic_add(transaction->diagnostics, is_newer ? DIAGNOSTIC_E612 : DIAGNOSTIC_E607,
                   SPAN_NONE, "the old bytes of '%.*s' are %s", STR_ARG(file->path),
                   is_newer       ? "in a pack of a format that this weft does not know"
                   : errno == EIO ? message_text("damaged") : strerror(errno));
    diagnostic_note(transaction->diagnostics, "they were kept in .weft/objects as %s",
                    blob_id_text(&file->before).digits);
    diagnostic_help(transaction->diagnostics, "nothing was taken back; bring the file back from "
                                              "version control and try again");
    return false;
}

static bool read_plan(Transaction *transaction, Plan *plan) {
    Str json;
    return recorded_plan_read(transaction->store, transaction->journal, plan, &json,
                              transaction->diagnostics);
}

// What will be there, and what is there, for who asked.
static void tell(Undo *undo, const UndoHow *how) {
    Transaction *transaction = undo->transaction;
    for (uint32_t i = 0; how->file != NULL && i < transaction->journal->files.count; i++) {
        const JournalFile *file = &transaction->journal->files.items[i];
        const View *view = &transaction->views[i];
        bool goes = file->is_new && view->side == SIDE_NEW;
        Str after = undo->wanted[i].data || goes ? undo->wanted[i] : view->bytes;
        how->file(how->context, file->path, view->bytes, after);
    }
}

static bool choose(Undo *undo, bool merge) {
    Transaction *transaction = undo->transaction;
    Plan plan = {0};
    bool good = true, has_plan = false;
    vec_clear(&transaction->journal->left);
    for (uint32_t i = 0; i < transaction->journal->files.count; i++) {
        transaction_look(transaction, i);
        if (transaction->views[i].side != SIDE_OTHER) {
            good = want_old(undo, i) && good;
        } else if (merge && (has_plan || (has_plan = read_plan(transaction, &plan)))) {
            try_merge(undo, &plan, i);
        } else {
            leave(undo, i);
        }
    }
    plan_release(&plan);
    return good;
}

// ---- putting back --------------------------------------------------------------------------------

static bool stage_all(Undo *undo) {
    Transaction *transaction = undo->transaction;
    for (uint32_t i = 0; i < transaction->journal->files.count; i++) {
        const JournalFile *file = &transaction->journal->files.items[i];
        // Permissions come back with the bytes; a file that others have changed keeps its own.
        mode_t mode = undo->merging[i] ? transaction->views[i].status.st_mode : file->mode;
        if (undo->wanted[i].data != NULL &&
            !transaction_stage(transaction, i, undo->wanted[i], mode))
            return fail(transaction, "cannot put back", file->path);
    }
    uint32_t failed;
    return transaction_sync_staged(transaction, &failed) ||
           fail(transaction, "cannot put back", transaction->journal->files.items[failed].path);
}

// One file from new to old, unless somebody changed it this very moment.
static bool put_back(Undo *undo, uint32_t index) {
    Transaction *transaction = undo->transaction;
    const JournalFile *file = &transaction->journal->files.items[index];
    const View *view = &transaction->views[index];
    bool made = file->is_new && view->side == SIDE_NEW;
    if (!view->staged && !made) return true;
    if (!transaction_is_unchanged(transaction, index)) {
        transaction->views[index].why = "it was changed while weft was at work";
        leave(undo, index);
        return true;
    }
    bool good = made ? files_remove(&transaction->store->files, file->path)
                     : transaction_replace(transaction, index);
    if (!good) return fail(transaction, "cannot put back", file->path);
    undo->count->restored++;
    undo->count->merged += undo->merging[index];
    return true;
}

static StepResult put_all_back(Undo *undo) {
    Transaction *transaction = undo->transaction;
    if (!stage_all(undo)) return STEP_FAILED;
    for (uint32_t i = 0; i < transaction->journal->files.count; i++) {
        if (interrupt_came()) return STEP_INTERRUPTED;
        if (!put_back(undo, i)) return STEP_FAILED;
        transaction_progress(transaction, "taking back", i + 1);
    }
    if (!transaction_unstage(transaction) || !transaction_remove_folders(transaction) ||
        !transaction_sync_folders(transaction)) {
        fail(transaction, "cannot clean up", transaction->store->root);
        return STEP_FAILED;
    }
    return STEP_DONE;
}

// What put_all_back would count.
static void count_all(const Undo *undo) {
    const Transaction *transaction = undo->transaction;
    for (uint32_t i = 0; i < transaction->journal->files.count; i++) {
        bool made = transaction->journal->files.items[i].is_new && transaction->views[i].side == SIDE_NEW;
        undo->count->restored += made || undo->wanted[i].data != NULL;
        undo->count->merged += undo->merging[i];
    }
}

// A rollback that was begun has put files back already: the rest cannot be left then.
static bool may_go_on(const Journal *journal, const UndoHow *how) {
    return journal->left.count == 0 || how->partial || journal->state == RUN_UNDOING;
}

StepResult transaction_undo(Transaction *transaction, const UndoHow *how, UndoCount *count) {
    Journal *journal = transaction->journal;
    Undo undo = {.transaction = transaction, .count = count};
    *count = (UndoCount){0};
    undo.wanted = arena_array(&transaction->arena, Str, journal->files.count + 1);
    undo.merging = arena_array(&transaction->arena, bool, journal->files.count + 1);
    if (!choose(&undo, how->merge)) return STEP_FAILED;
    tell(&undo, how);
    count_all(&undo);
    if (!may_go_on(journal, how)) return STEP_FAILED;
    if (how->dry_run) return STEP_DONE;
    *count = (UndoCount){0};
    if (journal->state != RUN_UNDOING &&
        !journal_advance(transaction->store, journal, RUN_UNDOING)) {
        fail(transaction, "cannot write the journal in", transaction->store->folder);
        return STEP_FAILED;
    }
    StepResult result = put_all_back(&undo);
    if (result != STEP_DONE) return result;
    if (!journal_advance(transaction->store, journal, RUN_UNDONE)) {
        fail(transaction, "cannot write the journal in", transaction->store->folder);
        return STEP_FAILED;
    }
    return STEP_DONE;
}
