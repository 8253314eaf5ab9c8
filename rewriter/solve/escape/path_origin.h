// What paths begin with, as far as it can be followed: whether it is the same for all tenants. Private to solve/.
//
//     ROOT = Path("data")
//     ROOT / "images" / name              fixed: whose image it is, nothing in it says
//     ROOT / context.tenant_id / name     names the tenant
//     Path(given) / name                  nobody knows
#ifndef WEFT_SOLVE_ESCAPE_PATH_ORIGIN_H
#define WEFT_SOLVE_ESCAPE_PATH_ORIGIN_H

#include "solve/solver.h"

// A path may come from several places.
typedef enum PathBit {
    PATH_FIXED = 1 << 0,  // it may begin with what is the same for all tenants, and nothing in it tells them apart
    PATH_TENANT = 1 << 1, // it may have the tenant in it, or come from what each tenant has its own of
    PATH_UNIQUE = 1 << 2, // it may have a name that is made for this once
    PATH_SHARED = 1 << 3, // it comes from what the rules call shared on purpose
    PATH_MADE = 1 << 4,   // it is known to be a path: it is joined, or has a separator
    PATH_OTHER = 1 << 5,  // it may come from what nobody knows
} PathBit;

typedef struct PathOrigin {
    uint32_t bits; // PathBit
    ExprId root;   // what it begins with, where it is fixed
} PathOrigin;

typedef Vec(PathOrigin) PathOriginRows;

typedef struct Paths {
    const Solver *solver;
    const bool *runs; // by function: it runs for tenants. What others hand to it does not count
    Map own;          // expressions that give each tenant its own
    bool *own_class;  // by class: each tenant has an object of its own
    Map augments;     // values that are only added to what a name has
    ParameterIndex parameters;
    Map memo;         // (way of asking, call that was gone into, node) -> 1 + index of its row
    PathOriginRows rows;
} Paths;

// Needs the flow graph and settled sinks.
void paths_begin(Paths *paths, const Solver *solver, const bool *runs);
void paths_release(Paths *paths);
PathOrigin paths_origin(Paths *paths, ExprId expr);

#endif
