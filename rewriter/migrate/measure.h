// How fast a database can be read here: what durations of phases are estimated from. Reads rows of its largest table and
// changes nothing.
#ifndef WEFT_MIGRATE_MEASURE_H
#define WEFT_MIGRATE_MEASURE_H

#include "data/schema.h"
#include "engine/database.h"

typedef struct ReadingSpeed {
    int64_t rows;           // of all tables that a plan could be about
    double seconds_per_row; // read and summed, as a batch does it before and after its change
} ReadingSpeed;

// False where there is nothing to measure: no rows, or the engine does not say how many.
bool measure_reading(Database *database, const Schema *schema, ReadingSpeed *speed);

#endif
