// Private to the files that find parameters which change their type.
#ifndef WEFT_SOLVE_FIND_RETYPE_H
#define WEFT_SOLVE_FIND_RETYPE_H

#include "solve/solver.h"

// The parameter INDEX of all functions of a family.
typedef struct Slot {
    uint32_t family, index;
} Slot;

// The parameter that the argument is, and nothing but that; none when it is something else.
ParameterId retype_own_parameter(const Program *program, const ArgumentFact *argument);
// Index of an argument among those of its call.
uint32_t retype_index_of(const Program *program, ArgumentId argument);
// retype_lost.c: what goes with the field that RULE, whose arguments are in the solution, made needless: Solution.lost.
void retype_find_lost(Solver *solver, uint32_t rule);

#endif
