// Places that the rules call shared on purpose (`shared_state`). Private to solve/.
#ifndef WEFT_SOLVE_ESCAPE_SHARED_H
#define WEFT_SOLVE_ESCAPE_SHARED_H

#include "solve/solver.h"

// Whether a rule names what STORE puts its value into, or what that hangs on: with `app.Registry.items` the
// store of self.items[key] = value in a method of Registry or of a class that inherits from it.
bool shared_by_rule(const Solver *solver, const FlowStore *store);

// Whether a rule names what EXPR reads: a name of a module or a class, or an attribute of an object.
bool shared_is_named(const Solver *solver, ExprId expr);

#endif
