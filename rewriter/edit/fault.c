// The list of faults of a plan; see fault.h.
#include "edit/fault.h"

void plan_faults_add(PlanFaults *faults, PlanFault fault) {
    if (faults == NULL) return;
    fault.taken.what = arena_copy(&faults->arena, fault.taken.what);
    fault.new_file = arena_copy(&faults->arena, fault.new_file);
    fault.taken.lines = arena_copy(&faults->arena, fault.taken.lines);
    vec_add(&faults->list, fault);
}

void plan_faults_release(PlanFaults *faults) {
    vec_release(&faults->list);
    arena_release(&faults->arena);
}
