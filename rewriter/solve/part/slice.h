// A solution in slices: an order of its sinks such that the tree holds together after each slice.
#ifndef WEFT_SOLVE_SLICE_H
#define WEFT_SOLVE_SLICE_H

#include "solve/part/needs.h"

typedef enum SliceKind {
    SLICE_FAMILY,    // the accesses of one family, in the order of the rules: the phases
    SLICE_PACKAGE,   // the accesses in the files of one folder, in the order of paths
    SLICE_COMPONENT, // what hangs together in either direction
    SLICE_KIND_COUNT
} SliceKind;

const char *slice_kind_name(SliceKind kind);

typedef struct Slices {
    Arena arena;
    uint32_t *of_sink; // by sink: the slice that brings it, from 1
    Vec(Str) names;    // [0] unused; by slice: a family, a folder, or the file where it begins
} Slices;

// Sorts the sinks of a solution into slices; FOUND is as in part.h. A slice is the accesses that KIND puts
// together with everything that they need and that no earlier slice brought. One that changes more than MOST_FILES files
// (0: no limit) is cut into several; what one access needs is never cut.
void slices_make(const Solver *found, SliceKind kind, uint32_t most_files, Slices *slices);
// FAMILY first, the others in their order behind it.
void slices_make_phases(const Solver *found, Family family, Slices *slices);
void slices_release(Slices *slices);

#endif
