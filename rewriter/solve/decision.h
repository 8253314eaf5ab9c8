// What changes text, and so what an edit comes from.
#ifndef WEFT_SOLVE_DECISION_H
#define WEFT_SOLVE_DECISION_H

#include "source/diagnostic.h"

typedef enum DecisionKind {
    DECISION_NONE,
    DECISION_SINK,     // the access is replaced; index is that of its expression
    DECISION_FUNCTION, // the parameter, and what the body begins with
    DECISION_CLASS,    // a constructor is written
    DECISION_CALL,     // the argument
    DECISION_FORWARD,  // the context is bound to a function value, an expression
    DECISION_ACCESSOR, // of a singleton, a symbol
    DECISION_IMPORTS,  // of a module; follows from the others, so no sink needs it by itself
} DecisionKind;

typedef struct Decision {
    DecisionKind kind;
    uint32_t index; // of the row of Facts
} Decision;

static inline bool decision_same(Decision a, Decision b) {
    return a.kind == b.kind && a.index == b.index;
}

// A decision that led to a plan which did not pass weft's own check: it is not made again. Taken back are:
// of a sink, a call or a forward that expression; of a function all that stands in it; of a class that its
// instances hold; of an accessor the accessor; of imports all that the module has.
typedef struct TakenBack {
    Decision decision;
    DiagnosticCode fault; // what the check found
    Span span;            // where, in the tree as it is; perhaps none
    Str what, lines;      // its message, and the line as it would have been
} TakenBack;

typedef Vec(TakenBack) TakenBacks;

#endif
