// The table weft_ledger inside the database that is migrated: one row a step, written in the same transaction as what
// the step did. So what the row says is true, wherever the machine stopped.
//
//     step                     state  position  rows   checksum
//     plan                     run    0f3a..    0                 the digest of the plan
//     backfill-messages        run    i12000    12000  -77123..   batches up to the key 12000 are done
//     expand-messages-columns  done             0
//
// It goes with the rollback.
#ifndef WEFT_MIGRATE_LEDGER_H
#define WEFT_MIGRATE_LEDGER_H

#include "data/dialect.h"
#include "engine/database.h"

typedef enum StepState { STEP_NEW, STEP_RUNNING, STEP_DONE } StepState;

typedef struct LedgerRow {
    StepState state;
    Str position; // values of the last key, as value_to_word has them, separated by spaces
    int64_t rows;
    Str checksum; // of the rows so far, a decimal number modulo 2^64
} LedgerRow;

#define LEDGER_TABLE "weft_ledger"
#define LEDGER_PLAN STR("plan")

// All of these: false with the database's fault.
bool ledger_exists(Database *database, bool *exists);
bool ledger_create(Database *database); // also when it is there
bool ledger_drop(Database *database);
// STEP_NEW when there is no row. Texts live in ARENA.
bool ledger_get(Database *database, Arena *arena, Str step, LedgerRow *row);
bool ledger_put(Database *database, Str step, const LedgerRow *row);
bool ledger_remove(Database *database, Str step);

#endif
