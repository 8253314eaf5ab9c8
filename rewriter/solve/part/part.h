// A part of a solution: some of its sinks, with everything that they need and nothing else. The tree
// holds together after any part: what gains the parameter is given it everywhere, a singleton that
// becomes an accessor takes all its readers along.
//
//     def name(): return settings.name     wanted: the sink `settings` alone. The part has it, the parameter of `name`,
//     def size(): return store.size        the call of name(), and the boundary above; neither `store` nor `size`.
//     def on_message(raw): return name(), size()
#ifndef WEFT_SOLVE_PART_H
#define WEFT_SOLVE_PART_H

#include "solve/solution.h"

// Fills PART, which is empty, with the decisions of a whole solution that its sinks with WANTED[index] ask
// for. Nothing is decided anew: a row of PART is one of the whole, so that parts that grow lead to it; all
// sinks wanted is the whole itself. FOUND is what solve_context returned with the whole, which is not
// contracted and must outlive PART.
void solution_part(const Solver *found, const bool *wanted, Solution *part);

#endif
