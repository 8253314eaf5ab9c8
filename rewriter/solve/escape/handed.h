// Functions as values whose way is known to its end: every place that they get to is in the flow graph, and nothing
// there is unknown. Private to solve/.
//
//     def search(query): ...
//     TOOLS = {"search": search}        handed on here
//     def run(name, query):
//         return TOOLS[name](query)     and called here, by an edge of the call graph: the way is known
//
//     schedule.every(5).do(search)      a library has it: the way is not known
#ifndef WEFT_SOLVE_ESCAPE_HANDED_H
#define WEFT_SOLVE_ESCAPE_HANDED_H

#include "solve/solver.h"

typedef enum HandedWay {
    HANDED_LEAVES = 1 << 0, // it gets where nothing is known of it: a library, an attribute of anything
    HANDED_UNSEEN = 1 << 1, // it gets to a call that has no edge to it
} HandedWay;

// Fills Solver.handed for each EDGE_ESCAPE of a function. Needs the flow graph and the boundaries.
void solver_find_handed(Solver *solver);
// Whoever calls what EDGE hands on is an edge to the same function.
bool handed_is_followed(const Solver *solver, uint32_t edge);

// ---- handed_use.c ----
typedef struct HandedUses {
    const Solver *solver;
    ParameterIndex parameters;
    bool *placed;  // by expression: a binding puts it where the graph has it
    bool *strayed; // by expression: a binding puts it where the graph does not
} HandedUses;

// One walk over all expressions; see handed_use.
void handed_uses_build(HandedUses *uses, const Solver *solver);
void handed_uses_release(HandedUses *uses);
// HandedWay bits of what happens to EXPR where it stands. *CALLED becomes the call that it is the callee of.
uint8_t handed_use(const HandedUses *uses, ExprId expr, CallId *called);
// What the function gives goes to calls that have edges to it, and nowhere else.
bool handed_result_is_seen(const Solver *solver, FunctionId function);
// Whose attribute it is, is known.
bool handed_base_is_known(const Solver *solver, ExprId attribute);

#endif
