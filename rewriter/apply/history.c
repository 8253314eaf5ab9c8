// The runs of a tree. In: .weft/runs. Out: their journals, which of them counts, and how much is still
// as it left it. A run whose journal is damaged is never deleted.
#include "apply/history.h"

#include <errno.h>
#include <string.h>

#include "apply/adopt.h"
#include "apply/transaction.h"

static bool report(Store *store, Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot use '%.*s': %s",
                   STR_ARG(store->folder), strerror(errno));
    return false;
}

bool history_read(Store *store, History *history, Diagnostics *diagnostics) {
    Numbers numbers = {0};
    *history = (History){0};
    bool good = store_list_runs(store, &numbers) || report(store, diagnostics);
    for (uint32_t i = 0; i < numbers.count; i++) {
        Journal journal;
        if (journal_read(store, numbers.items[i], &journal, diagnostics)) {
            vec_add(&history->runs, journal);
        } else if (journal.is_foreign) {
            vec_add(&history->foreign, journal);
        } else {
            journal_release(&journal);
            good = false;
        }
    }
    vec_release(&numbers);
    return good;
}

void history_release(History *history) {
    for (uint32_t i = 0; i < history->runs.count; i++) journal_release(&history->runs.items[i]);
    for (uint32_t i = 0; i < history->foreign.count; i++)
        journal_release(&history->foreign.items[i]);
    vec_release(&history->runs);
    vec_release(&history->foreign);
}

bool run_is_finished(RunState state) { return state == RUN_APPLIED || state == RUN_UNDONE; }

Journal *history_unfinished(History *history) {
    for (uint32_t i = history->runs.count; i-- > 0;)
        if (!run_is_finished(history->runs.items[i].state)) return &history->runs.items[i];
    return NULL;
}

Journal *history_find(History *history, uint32_t run) {
    for (uint32_t i = 0; i < history->runs.count; i++)
        if (history->runs.items[i].run == run) return &history->runs.items[i];
    return NULL;
}

Journal *history_newest_applied(History *history) {
    for (uint32_t i = history->runs.count; i-- > 0;)
        if (history->runs.items[i].state == RUN_APPLIED) return &history->runs.items[i];
    return NULL;
}

RunCount history_count(Store *store, Journal *journal) {
    RunCount count = {0};
    Transaction transaction;
    transaction_open(&transaction, store, journal, &(ApplyControl){0}, NULL);
    for (uint32_t i = 0; i < journal->files.count; i++) {
        transaction_look(&transaction, i);
        switch (transaction.views[i].side) {
        case SIDE_OLD: count.old++; break;
        case SIDE_NEW: count.new ++; break;
        case SIDE_OTHER: count.other++; break;
        }
    }
    transaction_close(&transaction);
    return count;
}

// ---- pruning -------------------------------------------------------------------------------------

typedef Vec(BlobId) BlobIds;

static void add_objects(BlobIds *ids, const Journal *journal) {
    for (uint32_t i = 0; i < journal->files.count; i++)
        if (!journal->files.items[i].is_new) vec_add(ids, journal->files.items[i].before);
}

static bool prune_runs(Store *store, History *history, uint32_t keep, BlobIds *kept,
                       uint32_t *removed) {
    for (uint32_t i = history->runs.count; i-- > 0;) {
        Journal *journal = &history->runs.items[i];
        bool finished = run_is_finished(journal->state);
        if (finished && keep == 0) {
            if (!store_remove_run(store, journal->run)) return false;
            ++*removed;
            continue;
        }
        keep -= finished;
        add_objects(kept, journal);
    }
    return true;
}

bool history_prune(Store *store, uint32_t keep, uint32_t *runs, uint32_t *objects,
                   Diagnostics *diagnostics) {
    History history;
    BlobIds kept = {0};
    *runs = *objects = 0;
    bool good = history_read(store, &history, diagnostics) && adopt_refuse(&history, diagnostics);
    if (good) {
        int removed = -1;
        good = store_sweep_runs(store) && prune_runs(store, &history, keep, &kept, runs) &&
               (removed = objects_remove_others(&store->objects, kept.items, kept.count)) >= 0;
        if (good) *objects = (uint32_t)removed;
        good = good || report(store, diagnostics);
    }
    vec_release(&kept);
    history_release(&history);
    return good;
}
