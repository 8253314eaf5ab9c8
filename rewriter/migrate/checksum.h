// Checksums of rows that do not depend on their order: the sum, modulo 2^64, of a 64-bit hash of each row. NULL is no
// '', and 1 is no '1' where the engine tells them apart.
#ifndef WEFT_MIGRATE_CHECKSUM_H
#define WEFT_MIGRATE_CHECKSUM_H

#include "data/dialect.h"
#include "engine/database.h"

typedef struct Checksum {
    int64_t rows;
    uint64_t sum;
} Checksum;

// "SELECT count, checksum FROM TABLE": both over COLUMNS; a WHERE may follow. Computed by the engine.
void checksum_add_query(const Dialect *dialect, const StrItems *columns, Str table, StrBuf *sql);
// The same of SOURCE, SQL that stands where a table can: "(SELECT ..) AS name".
void checksum_add_query_of(const Dialect *dialect, const StrItems *columns, Str source,
                           StrBuf *sql);
// Runs such a query. False with the database's fault.
bool checksum_run(Database *database, Str sql, const Value *values, uint32_t count, Checksum *sum);
// Of all rows of TABLE.
bool checksum_of_table(Database *database, const StrItems *columns, Str table, Checksum *sum);

// Whether they are of the same rows.
bool checksum_equal(const Checksum *a, const Checksum *b);
// The sum as a text of a decimal number, and back; 0 for no number.
Str checksum_text(Arena *arena, uint64_t sum);
uint64_t checksum_parse(Str text);

#endif
