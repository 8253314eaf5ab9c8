// Where values go: one graph over the whole program, blind to the order of statements, for the question
// what outlives a context (places.h, leaks.c). Private to solve/.
//
// A node is an expression, a name, an attribute of a class, the result of a function, what it raises, or a
// function as a value. An edge says that what is at FROM may get to TO:
//
//     cache[key] = render(user)     user -> parameter of render      FLOW_ENTER
//                                   result of render -> the call     FLOW_LEAVE
//                                   the call -> cache                FLOW_INSIDE, and a Store
//
// Source: the usual subset-based (Andersen 1994), field-based value flow, on the front end's call graph.
#ifndef WEFT_SOLVE_ESCAPE_FLOW_H
#define WEFT_SOLVE_ESCAPE_FLOW_H

#include "base/map.h"
#include "facts/parameter_index.h"
#include "program/rows.h"

typedef struct Solver Solver;

typedef enum FlowKind {
    FLOW_SAME = 1 << 0,    // TO is what FROM is
    FLOW_PART = 1 << 1,    // TO is part of FROM, and nothing better is known: x -> x[0]
    FLOW_MEMBER = 1 << 2,  // TO is an attribute of FROM that has a node of its own
    FLOW_INSIDE = 1 << 3,  // FROM becomes part of TO: x -> [x], a local -> the function that captures it
    FLOW_DERIVED = 1 << 4, // TO is computed from FROM
    FLOW_ENTER = 1 << 5,   // FROM is an argument, or the receiver, and TO the parameter that takes it
    FLOW_LEAVE = 1 << 6,   // FROM is the result of a function and TO a call of it
    FLOW_THROUGH = 1 << 7, // FROM is an argument that TO, the call, gives back or computes with
    FLOW_CAPTURED = FLOW_MEMBER | FLOW_THROUGH, // TO is a name that the function FROM keeps: it lasts as long, and has its
                                                // value from elsewhere
    FLOW_COPY = FLOW_PART | FLOW_INSIDE, // what is in FROM is in TO, which is a container of its own: list(x), x[:]
    FLOW_SEEN = FLOW_PART | FLOW_DERIVED, // what is put into FROM is seen in TO, another name of it or of what it is part of
} FlowKind;
// What is at TO is what is at FROM, and no part or product of it.
#define FLOW_IDENTITY ((uint8_t)(FLOW_SAME | FLOW_ENTER | FLOW_LEAVE))

static inline bool flow_is_seen(uint8_t kinds) { return (kinds & FLOW_SEEN) == FLOW_SEEN; }

// The edges of each node, from it or to it: those of node n are [first[n], first[n + 1]).
typedef struct FlowLinks {
    uint32_t *first;
    uint32_t *nodes; // the other end
    uint8_t *kinds;  // FlowKind
} FlowLinks;

// Something is put where it may stay: name = value, x.name = value, x[key] = value, x.append(value).
typedef struct FlowStore {
    uint32_t value;   // node
    uint32_t place;   // node of x, or of the name
    ClassId klass;    // of the tree, that x is an instance of; none: not known
    bool lasting;     // the place lives as long as the process whatever is known of x
    bool registers;   // code outside the tree keeps it
    bool property;    // the result of `function`, which its object keeps: a cached property
    ExprId key;       // of x[key]; none otherwise
    ExprId at;        // for messages: the target or the call; none for a plain name
    BindingId binding;// none for calls
    SymbolId symbol;  // a plain name of a module or class; none otherwise
    ExprId within;       // `at` is a call of what stores it: the target of that; none otherwise
    ExprId path;         // of a file that is written: where it stands; none otherwise
    FunctionId function; // that stores; never none: what runs at import has no tenant
} FlowStore;

// A finally block of FUNCTION empties what is written there as PLACE.
typedef struct FlowClear {
    FunctionId function;
    Str place;
    uint32_t next; // of the same function; 0 ends
} FlowClear;

// An attribute that has a node: of a class and of all that inherit from it.
typedef struct FlowAttribute {
    ClassId klass; // the root
    Name name;
} FlowAttribute;

typedef struct Flow {
    uint32_t count; // nodes; node 0 is none
    FlowLinks forward, backward;
    uint32_t *references;     // by expression: 1 + index of its first row in Facts.class_references
    Vec(FlowStore) stores;    // [0] unused
    Vec(FlowAttribute) attributes; // by node of an attribute, from the first one on
    Vec(uint32_t) lasting;    // nodes that live as long as the process, by what they are
    Vec(FlowClear) clears;    // [0] unused
    Map first_clear;          // function -> its first row of clears
} Flow;

// Builds the graph; the callers release it with flow_release.
void flow_build(const Solver *solver, Flow *flow);
void flow_release(Flow *flow);

// Nodes. That of a local name is the name's, wherever it is read.
uint32_t flow_expr(const Program *program, ExprId expr);
uint32_t flow_symbol(const Program *program, SymbolId symbol);
uint32_t flow_result(const Program *program, FunctionId function);
uint32_t flow_function(const Program *program, FunctionId function); // the function as a value
uint32_t flow_raised(const Program *program, FunctionId function);   // exceptions that come out of it
uint32_t flow_thrown(const Program *program, FunctionId function);   // exceptions in it, which it may catch
uint32_t flow_instance(const Program *program, ClassId klass); // what constructors put into any instance

// The function that evaluates an expression, has a name or gives a result; none for the rest: names of
// modules and classes, attributes, functions as values.
FunctionId flow_owner(const Program *program, uint32_t node);

// The nodes of argument INDEX of a call and of the parameter that takes it when the call runs EDGE's callee; index
// call->argument_count is the receiver. False when nothing takes it.
bool flow_argument(const Program *program, const ParameterIndex *parameters, const CallFact *call,
                   const EdgeFact *edge, uint32_t index, uint32_t *from, ParameterId *parameter);

// The symbol that a name stands for, through `global`, `nonlocal` and imports.
SymbolId flow_meant(const Program *program, SymbolId symbol);

// The class at row ROW (0, 1, ...) that BASE may be an instance of, or be itself; false when there are no more.
bool flow_class_at(const Flow *flow, const Program *program, ExprId base, uint32_t row,
                   const ClassReference **found);

// clears.c: finds the places that finally blocks empty. After the stores.
void flow_find_clears(const Program *program, Flow *flow);
// STATEMENT, or one around it, is in a `finally`.
bool flow_in_finally(const Program *program, StatementId statement);
// What is stored is taken away again when the function ends.
bool flow_is_cleared(const Flow *flow, const Program *program, const FlowStore *store);

#endif
