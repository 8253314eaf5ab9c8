// Where a context comes from that the source passes already, because an earlier run or a person wrote it.
// Private to solve/.
//
//     config = get_config(ctx)        ctx: a parameter, a local that was made or read, ...
//     work(ctx=self.ctx)              what the object holds
//     work(ctx=current_context())     the ambient context, read in place
#ifndef WEFT_SOLVE_FIND_WRITTEN_H
#define WEFT_SOLVE_FIND_WRITTEN_H

#include "solve/solver.h"

typedef enum WrittenKind {
    WRITTEN_UNKNOWN,   // a context, perhaps, but nothing says whose
    WRITTEN_PARAMETER, // the context parameter of `function`
    WRITTEN_HELD,      // what the receiver of a method of `klass` keeps
    WRITTEN_CARRIED,   // what a value of `klass` has, or of the class `outside` the tree
    WRITTEN_MADE,      // made in `function`, as the rules say at boundaries
    WRITTEN_AMBIENT,   // the ambient context, read in `function` (none: at import)
} WrittenKind;

typedef struct Written {
    WrittenKind kind;
    FunctionId function;
    ClassId klass;
    Name outside;
    bool enclosed; // `function` is around the one that uses it
} Written;

// Where the context EXPR comes from. EXPR may be none.
Written written_context(const Solver *solver, ExprId expr);
// What CALL passes as the context: by its name, or at POSITION (-1: by name only). None when nothing.
ExprId written_argument(const Solver *solver, CallId call, int32_t position);
// The same for a value that is handed over with the context bound to it: partial(f, ctx=ctx).
ExprId written_at_edge(const Solver *solver, const EdgeFact *edge);
// The call of EDGE, of which this run asks nothing, passes no context to a callee that takes one optionally.
bool written_lacks(const Solver *solver, const EdgeFact *edge);
// The call that TEXT begins with, "pkg.module.function" of "pkg.module.function({context})"; empty when
// it begins with something else.
Str written_head(Str text);
// The function is an accessor that an earlier run wrote: it has the rules' decorator.
bool written_is_accessor(const Solver *solver, FunctionId function);
// EXPR stands in what such an accessor makes, or one of this run.
bool written_inside_accessor(const Solver *solver, ExprId expr);

#endif
