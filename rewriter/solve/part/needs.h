// What each sink of a solution needs, decision by decision.
#ifndef WEFT_SOLVE_NEEDS_H
#define WEFT_SOLVE_NEEDS_H

#include "base/map.h"
#include "solve/part/part.h"

typedef struct Needs {
    Vec(uint32_t) * of_sink; // by sink: numbers of decisions; empty for a sink that changes nothing
    uint32_t sink_count;
    Vec(Decision) decisions; // [0] unused; by number
    Vec(uint32_t) files;     // by number: FileId of the text that changes
    Vec(uint32_t) *users;    // by number: the sinks that need it, in order
    Map numbers;             // by map_key(kind, index)
} Needs;

// Finds out what each sink of the solution needs by itself. FOUND: as in part.h.
void needs_find(const Solver *found, Needs *needs);
void needs_release(Needs *needs);
// The number of a decision; 0 when no sink needs it.
uint32_t needs_number(const Needs *needs, Decision decision);

#endif
