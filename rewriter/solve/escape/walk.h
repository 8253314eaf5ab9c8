// Walks over the flow graph that come out of a function only where they went in. Private to solve/.
//
// A value may also be got by whoever calls a function that is handed about as a value, and whom the call graph does not
// know. So each node has a second one, number + count: not the value is there, but a function that gives it.
//
//     def keep(make): TABLE["x"] = make()
//     keep(lambda: settings.name)      settings.name -> result -> (the lambda, make) as what gives it -> make()
#ifndef WEFT_SOLVE_ESCAPE_WALK_H
#define WEFT_SOLVE_ESCAPE_WALK_H

#include "solve/escape/flow.h"

typedef struct Walk {
    const Program *program;
    const FlowLinks *links;
    bool backward;
    uint8_t before, inside; // kinds that must not be followed before, and after, entering a function
    const bool *ends;       // by node: not gone beyond; NULL: none
    const bool *closed;   // nodes that nothing gets to; NULL: none
    uint32_t count;         // nodes of the graph; the arrays below have twice as many
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
// The node of the graph that NODE of `from` stands for.
uint32_t walk_node(const Walk *walk, uint32_t node);

#endif
