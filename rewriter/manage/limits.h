// Shares of the machine at which a migration pauses by itself, before somebody has to be told.
#ifndef WEFT_MANAGE_LIMITS_H
#define WEFT_MANAGE_LIMITS_H

#include "base/arena.h"

// In thousandths of the whole; -1: no limit.
typedef struct Limits {
    int64_t disk, memory;
} Limits;

// How much of the disk of FOLDER, and of the memory, is in use; -1: it cannot be told.
int64_t limits_disk_used(Str folder);
int64_t limits_memory_used(void);
// The name of the limit that is passed now, "disk_usage" or "memory_usage"; NULL when none is.
const char *limits_passed(const Limits *limits, Str folder);

#endif
