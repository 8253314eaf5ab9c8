// Which objects and functions outlive a context, because they are put where the process keeps them.
// Private to solve/.
//
//     REGISTRY = {}                       lasts
//     def handle(user):
//         REGISTRY[user] = Handler()      is kept: class Handler lasts, so it must not hold a context,
//                                         and what Handler stores in itself is kept as well
#ifndef WEFT_SOLVE_ESCAPE_PLACES_H
#define WEFT_SOLVE_ESCAPE_PLACES_H

#include "solve/solver.h"

// Two degrees of lasting. An object is KEPT when the process keeps it anywhere, say a message in a queue:
// it must not hold a context for whoever takes it out. It is SHARED when there is one for whoever comes,
// say what a module-level name or a singleton has: a value that is put into it is there for all.
typedef enum PlacesDegree { PLACES_KEPT, PLACES_SHARED } PlacesDegree;

typedef struct Places {
    Solver *solver;
    const Flow *flow;
    PlacesDegree degree;
    uint8_t *lasting; // by node: not 0 for what lasts
    uint8_t *levels;  // by node: how it does; of places.c
    bool *classes;   // by class: instances are kept, or shared
    bool *replaced;  // by expression: an access that gives each tenant its own
    bool *classes_named; // by expression: it is a class itself
    bool *own;       // by class: each tenant has an object of its own
    bool *functions; // by function: a value of it is kept; NULL when nobody asks
    uint32_t *why;   // by node, then by node that is kept: the one that made it so, by the same count; 0: itself
    uint32_t *class_why; // by class: the same
} Places;

// blocked.c: by class, the objects of which are what a symbol rule's `replace` gives, each tenant its own; to be
// freed. And marks, by node, what each tenant has its own of in this attempt.
bool *places_own_classes(const Solver *solver);
void places_block(const Solver *solver, const bool *own, bool *blocked);
// Marks, by node, what the methods of such a class call their object, and the attributes of these objects; and what
// tests have in hand, who say nothing of how the program runs.
void places_mark_own(const Solver *solver, const bool *own, bool *marks);

// Finds both for the singletons of this attempt; needs lifetimes and sinks.
void places_find(Places *places, Solver *solver, PlacesDegree degree);
void places_release(Places *places);
// Parameters of functions whose calls are replaced: nothing gets there any more.
void places_mark_unfed(const Solver *solver, bool *marks);
// PATH, or what it is made of, becomes the tenant's own: own_path.c.
bool places_is_own_path(const Places *places, ExprId path);
// Whether the store puts its value into such a place.
bool places_outlives(const Places *places, const FlowStore *store);

// Why the place of STORE lasts: the nodes from it to what lasts by itself, at most COUNT; gives how many there are.
uint32_t places_reasons(const Places *places, const FlowStore *store, uint32_t *nodes, uint32_t count);

// EXPR, the key of a container say, tells tenants apart: it mentions the context or its first dimension.
bool places_names_tenant(const Solver *solver, ExprId expr);

// places_find of PLACES_KEPT, as solver->class_kept, and as solver->outlives of functions.
void solver_find_kept(Solver *solver);

#endif
