// How many rows a batch has: so many that a lock is held for about the time that was aimed at.
#ifndef WEFT_MIGRATE_PACE_H
#define WEFT_MIGRATE_PACE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Pace {
    uint32_t size;  // rows of the next batch
    double aim;     // seconds that a lock may be held
    bool pauses;    // between batches as long as a batch took
    double started; // the batch that runs
    double held;    // the longest so far
} Pace;

// Seconds, of a clock that nobody sets.
double pace_now(void);
// OFFLINE: nobody else uses the database, nothing has to wait.
void pace_start(Pace *pace, bool offline);
void pace_begin(Pace *pace); // the lock is held now
// The lock is given back, after ROWS rows. Waits where others are to have their turn.
void pace_end(Pace *pace, int64_t rows);
void pace_back_off(Pace *pace); // the lock was not to be had, or others wait for long

#endif
