// Whether a plan's tables could be spread over several machines, or over partitions, by the first dimension; and the
// statements that would do it. Nothing of it is run by weft.
#ifndef WEFT_DATA_DISTRIBUTE_H
#define WEFT_DATA_DISTRIBUTE_H

#include "data/target.h"

typedef enum DistributeTarget {
    DISTRIBUTE_CITUS,     // PostgreSQL with the extension
    DISTRIBUTE_PARTITION, // PostgreSQL, PARTITION BY LIST
    DISTRIBUTE_VITESS,    // MySQL behind vtgate
    DISTRIBUTE_COUNT,
} DistributeTarget;

const char *distribute_name(DistributeTarget kind); // "citus"

// Adds a W630 for each key, unique index and foreign key that does not fit; returns how many.
uint32_t distribute_check(const Target *target, DistributeTarget kind, Diagnostics *diagnostics);
// Appends the statements (citus, partition) or the vschema (vitess), as if all of them fitted.
void distribute_emit(const Target *target, DistributeTarget kind, StrBuf *out);

#endif
