// Faults of a plan, with the decisions that they come from: what has to be done without so that the rest can be.
#ifndef WEFT_EDIT_FAULT_H
#define WEFT_EDIT_FAULT_H

#include "base/arena.h"
#include "base/vec.h"
#include "solve/decision.h"

typedef struct PlanFault {
    TakenBack
        taken; // its decision is the first to do without; none: all changes of the file of the span
    Decision other; // the next, when that is not enough; perhaps none
    bool fatal;     // nothing that could be taken back would mend it
    Str new_file;   // path of a runtime file that has it, and cannot be brought; else empty
} PlanFault;

typedef struct PlanFaults {
    Arena arena; // owns the texts
    Vec(PlanFault) list;
} PlanFaults;

// Copies the texts. Nothing happens when FAULTS is NULL.
void plan_faults_add(PlanFaults *faults, PlanFault fault);
void plan_faults_release(PlanFaults *faults);

#endif
