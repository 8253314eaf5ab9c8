// Where a table that is gone through in the order of its key has been cut: the last key that is done, and the last of
// the batch that runs.
#ifndef WEFT_MIGRATE_BATCH_KEY_H
#define WEFT_MIGRATE_BATCH_KEY_H

#include "migrate/run.h"

typedef struct BatchKey {
    uint32_t count; // columns
    Value *bounds;  // COUNT of the last batch, then COUNT of this one
    bool first;     // nothing is done yet: there is no last batch
} BatchKey;

// Before the first row; a key has COUNT columns.
void batch_key_start(BatchKey *key, Arena *arena, uint32_t count);
// Sets the last key from POSITION, a text of the ledger; texts live in ARENA. What cannot be read begins anew, which
// is slow and not wrong.
void batch_key_read(BatchKey *key, Arena *arena, Str position);
// The end of this batch as such a text.
Str batch_key_write(Arena *arena, const BatchKey *key);
// Looks up the end of a batch of SIZE rows of TABLE; *OVER when no row is left. False with the database's fault.
bool batch_key_find_end(BatchKey *key, const MigrationRun *run, const Batch *batch, Str table,
                        uint32_t size, Arena *arena, bool *over);
// The values for dialect_batch and dialect_batch_range: both bounds, or the upper one in the first batch.
const Value *batch_key_bounds(const BatchKey *key, uint32_t *count);
// "id 12001 .. 14000", for people.
Str batch_key_show(Arena *arena, const BatchKey *key);

#endif
