// Values of one tenant that the next one can come upon: what an access gave, or what was computed from it,
// is stored where the process keeps it. Private to solve/.
#ifndef WEFT_SOLVE_ESCAPE_LEAKS_H
#define WEFT_SOLVE_ESCAPE_LEAKS_H

#include "solve/solver.h"

// Fills Solution.leaks and Sink.leak. After the outcomes; needs what solver_find_kept marked.
void solver_find_leaks(Solver *solver);
// Adds a W310 for each leak.
void solver_report_leaks(Solver *solver);

#endif
