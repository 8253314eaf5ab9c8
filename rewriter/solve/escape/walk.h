// Walks over the flow graph that come out of a function only where they went in. Private to solve/.
#ifndef WEFT_SOLVE_ESCAPE_WALK_H
#define WEFT_SOLVE_ESCAPE_WALK_H

#include "solve/escape/flow.h"

typedef struct Walk {
    const Program *program;
    const FlowLinks *links;
    uint8_t before, inside; // kinds that must not be followed before, and after, entering a function
    const bool *ends;       // by node: not gone beyond; NULL: none
    const bool *closed;   // nodes that nothing gets to; NULL: none
    uint8_t *seen;          // by node: 1 reached before, 2 after entering a function
    uint32_t *cause;        // by node: what the walk started for; 0: never reached
    uint32_t *from;         // by node: the node before it; 0: a start
    Vec(uint32_t) work, entered;
} Walk;

// A walk along the edges, or BACKWARD against them.
void walk_begin(Walk *walk, const Program *program, const Flow *flow, bool backward);
void walk_release(Walk *walk);
// Goes from NODE, for CAUSE (not 0), wherever no earlier start has come, and only over nodes that the walk
// WITHIN has reached, if that is given.
void walk_start(Walk *walk, uint32_t node, uint32_t cause);
void walk_run(Walk *walk, const Walk *within);

#endif
