// How SQL is written for an engine. What differs between engines stands in a row of functions and words
// here; who plans knows no engine, and who executes writes no SQL of its own but through this.
//
//     StrBuf sql = {0};
//     dialect_batch(dialect_of(ENGINE_SQLITE), &step->batch, step->table, true, &sql);
//     // UPDATE "messages" SET "tenant_id" = 'default' WHERE "id" > ?1 AND "id" <= ?2 AND (("tenant_id" IS NULL) IS TRUE)
#ifndef WEFT_DATA_DIALECT_H
#define WEFT_DATA_DIALECT_H

#include "data/migration.h"
#include "data/schema.h"

typedef struct Dialect {
    DataEngine engine;
    char quote;              // around names
    bool ddl_in_transaction; // a CREATE or ALTER can be rolled back with what is around it
    bool numbered;           // parameters are $1, $2 and not ?
    Str text_key_type;       // of a text column that shall be in a key
    Str table_options;       // of a table of weft's own, behind its columns
    Str lock_rows;           // behind a SELECT whose rows nobody else may change until the transaction ends
} Dialect;

// The words of an engine; there is one for each.
const Dialect *dialect_of(DataEngine engine);

// A name in quotes; quotes inside are doubled.
void dialect_name(const Dialect *dialect, Str name, StrBuf *sql);
// Names in quotes with commas between them.
void dialect_names(const Dialect *dialect, const StrItems *names, StrBuf *sql);
// A text as a literal, whatever bytes are in it but NUL; backslashes are plain where the engine lets them.
void dialect_text(const Dialect *dialect, Str text, StrBuf *sql);
// The INDEX-th parameter, from 1, of a prepared statement.
void dialect_parameter(const Dialect *dialect, unsigned index, StrBuf *sql);

// One batch of BATCH as a prepared statement: rows whose key is over the parameters 1..k (k columns of the
// key; left out when FIRST) and up to the parameters k+1..2k (1..k when FIRST), and that are still to do.
void dialect_batch(const Dialect *dialect, const Batch *batch, Str table, bool first, StrBuf *sql);
// The keys of such a batch alone: "id" > ?1 AND "id" <= ?2.
void dialect_batch_range(const Dialect *dialect, const StrItems *key, bool first, StrBuf *sql);
// The whole of BATCH as one statement, for a script.
void dialect_batch_whole(const Dialect *dialect, const Batch *batch, Str table, StrBuf *sql);
// The key of the LIMIT-th row after the key in parameters 1..k (from the start when FIRST), or of the last
// one: what ends the next batch. Answers no row when none is left.
void dialect_batch_end(const Dialect *dialect, const Batch *batch, Str table, bool first,
                       uint64_t limit, StrBuf *sql);

#endif
