// From a run that has begun to one that is applied. In: the old files as seen, the new bytes. Out: all
// files new, or the run where it was and an error. The order of the steps is what journal.c promises.
#include <errno.h>
#include <string.h>

#include "apply/interrupt.h"
#include "apply/transaction.h"

static StepResult fail(Transaction *transaction, uint32_t index, int error) {
    diagnostic_add(transaction->diagnostics, DIAGNOSTIC_E901, SPAN_NONE,
                   "'%.*s' cannot be written: %s",
                   STR_ARG(transaction->journal->files.items[index].path), strerror(error));
    return STEP_FAILED;
}

static StepResult fail_whole(Transaction *transaction, const char *what) {
    diagnostic_add(transaction->diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "%s: %s", what,
                   strerror(errno));
    return STEP_FAILED;
}

static StepResult fail_changed(Transaction *transaction, uint32_t index) {
    diagnostic_add(transaction->diagnostics, DIAGNOSTIC_E602, SPAN_NONE,
                   "'%.*s' was changed while weft was at work",
                   STR_ARG(transaction->journal->files.items[index].path));
    diagnostic_help(transaction->diagnostics,
                    "run weft again when nothing else writes to the tree");
    return STEP_FAILED;
}

// The old bytes of every file that is still old, in one go.
static bool keep_old_bytes(Transaction *transaction) {
    const Journal *journal = transaction->journal;
    ObjectBytes *old = arena_array(&transaction->arena, ObjectBytes, journal->files.count + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < journal->files.count; i++)
        if (!journal->files.items[i].is_new && transaction->views[i].side == SIDE_OLD)
            old[count++] =
                (ObjectBytes){journal->files.items[i].before, transaction->views[i].bytes};
    return objects_keep(&transaction->store->objects, old, count);
}

// Keeps the old bytes and stages the new ones.
static StepResult prepare(Transaction *transaction, const Str *after) {
    const Journal *journal = transaction->journal;
    if (!transaction_make_folders(transaction))
        return fail_whole(transaction, "cannot make a folder");
    if (!keep_old_bytes(transaction))
        return fail_whole(transaction, "cannot keep the old bytes of files in .weft");
    for (uint32_t i = 0; i < journal->files.count; i++) {
        if (interrupt_came()) return STEP_INTERRUPTED;
        if (transaction->views[i].side == SIDE_NEW) continue;
        if (!transaction_stage(transaction, i, after[i], journal->files.items[i].mode))
            return fail(transaction, i, errno);
        transaction_progress(transaction, "writing", i + 1);
    }
    uint32_t failed;
    if (!transaction_sync_staged(transaction, &failed)) return fail(transaction, failed, errno);
    return STEP_DONE;
}

static StepResult replace_all(Transaction *transaction) {
    for (uint32_t i = 0; i < transaction->journal->files.count; i++) {
        if (interrupt_came()) return STEP_INTERRUPTED;
        if (!transaction->views[i].staged) continue;
        if (!transaction_is_unchanged(transaction, i)) return fail_changed(transaction, i);
        if (!transaction_replace(transaction, i)) return fail(transaction, i, errno);
        transaction_progress(transaction, "replacing", i + 1);
    }
    if (!transaction_sync_folders(transaction))
        return fail_whole(transaction, "cannot sync a folder");
    return STEP_DONE;
}

StepResult transaction_finish(Transaction *transaction, const Str *after) {
    StepResult result = prepare(transaction, after);
    if (result != STEP_DONE) return result;
    if (transaction->journal->state == RUN_BEGUN &&
        !journal_advance(transaction->store, transaction->journal, RUN_COMMITTED))
        return fail_whole(transaction, "cannot write the journal");
    result = replace_all(transaction);
    if (result != STEP_DONE) return result;
    if (!journal_advance(transaction->store, transaction->journal, RUN_APPLIED))
        return fail_whole(transaction, "cannot write the journal");
    return STEP_DONE;
}
