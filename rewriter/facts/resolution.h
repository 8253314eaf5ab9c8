// The rows that resolution adds to the facts: who calls whom, and what a value may be. In the order of their
// tables in facts_tables.def.
#ifndef WEFT_FACTS_RESOLUTION_H
#define WEFT_FACTS_RESOLUTION_H

#include <stdbool.h>
#include "base/intern.h"
#include "facts/ids.h"

// How we know. In falling order of trust; the first four are safe to edit on.
typedef enum Evidence {
    EVIDENCE_IMPORT,      // a name bound by definition or import
    EVIDENCE_CLASS,       // the type is declared or constructed
    EVIDENCE_SELF,        // through the receiver
    EVIDENCE_INFERRED,    // types flowed through assignments, returns, parameters
    EVIDENCE_UNIQUE_NAME, // nothing but the only function of that name
} Evidence;

typedef enum EdgeKind {
    EDGE_CALL,      // the call runs the function
    EDGE_CONSTRUCT, // the call makes an instance of `klass`; callee = its constructor or none
    EDGE_FORWARD,   // the function is handed over at `expr` and runs with what is bound there
    EDGE_ESCAPE,    // the function or class is stored, registered or returned as a value at `expr`
} EdgeKind;

// One row a (site, target).
typedef struct EdgeFact {
    EdgeKind kind;
    Evidence evidence;
    CallId call; // EDGE_CALL, EDGE_CONSTRUCT; EDGE_FORWARD: the forwarding call
    ExprId expr; // the call expression, or the expression that is the function value
    FunctionId callee;
    ClassId klass;            // EDGE_CONSTRUCT
    bool through_class_value; // the class was a value (type[Base]), not a name
    bool explicit_receiver;   // Base.method(self, ...): the receiver is an argument
    bool super_call;          // super().__init__(...) and the like
    bool wrapped; // a wrapper stands before the callee that hands no further keywords on
    bool by_name; // EDGE_ESCAPE: found by a computed name that may be the callee's
    bool mixed;   // the callee is a value that may be something outside the tree, too
    bool sends;   // EDGE_ESCAPE: the call is a method of the callee, which has a worker run it: send.delay(1)
    bool bound;   // some arguments may have been given before: partial(f, 1), a function in a class
    bool mistyped; // what the call gives it cannot be what its parameters declare; another callee of the call fits
} EdgeFact;

// A function that makes a module-level instance on first use and returns it:
// `global x; if x is None: x = Class(...); return x`; or one whose result a decorator keeps:
// `@lru_cache`, `return Class(...)`.
typedef struct LazyGetter {
    FunctionId function;
    BindingId binding;   // x = Class(...); that of the function where a decorator keeps the result
    SymbolId state;      // x in the module; none where a decorator keeps the result
    ExprId construction; // Class(...)
} LazyGetter;

// A call whose target is unknown although its attribute name equals a function's name.
typedef struct UnresolvedCall {
    CallId call;
    Name name;
} UnresolvedCall;

// What the call runs is declared as callable with the parameters in that list, `Callable[[A, B], R]`.
typedef struct DeclaredCall {
    CallId call;
    ExprId parameters; // the list in the annotation
} DeclaredCall;

typedef enum HopKind {
    HOP_METHOD, // send.delay(1)
    HOP_VALUE,  // Thread(target=send)
    HOP_NAME,   // app.send_task("jobs.send")
} HopKind;

// A call has a function run elsewhere: by a worker, in another thread or process.
typedef struct Hop {
    CallId call;
    ExprId expr; // that is the function, or its name
    FunctionId function;
    HopKind kind;
} Hop;

typedef enum ReplacementKind {
    REPLACED_BY_MOCK,  // takes every argument, and remembers it
    REPLACED_BY_OWN,   // a function or class of the tree: calls of the name have edges to it
    REPLACED_BY_OTHER, // nothing is known of what it takes
} ReplacementKind;

// A call puts something in the place of what other code reads: mock.patch("app.send"). One row for the name, and one
// for each function that it may be; the rows of a call one after another.
typedef struct Replacement {
    CallId call;
    SymbolId symbol;     // a name of a module that is replaced, or what is below it...
    FunctionId function; // ...or a function, for a class its constructor...
    ClassId klass;       // ...or a class...
    Name name;           // ...or whatever has that name: mock.send.assert_called_with(...)
    ReplacementKind kind;
    bool asserted; // the code around says with which arguments it is called
} Replacement;

// A value that is a class or an instance of one, where something is asked of it (Messages.select,
// messages[1], a loop over Messages) or where it is an argument. One row for each class that it may
// be, the rows of a value one after another.
typedef struct ClassReference {
    ExprId expr;
    ClassId klass; // none: some class, not known which
    Name asked; // the attribute, or the special method that the language calls; none: an argument
    bool instance; // an instance of the class; otherwise the class itself
    bool certain;  // it can be nothing but what the rows say
} ClassReference;

// What a parameter gets where no call in the text names its function: the language runs it (box[key] = value, a + b,
// x.name = value, `with guard:`), or code outside the tree does with what it was given.
typedef struct SpecialArgument {
    ExprId value;        // what PARAMETER gets; none: one of the next four
    ParameterId same;    // ...what this parameter gets, of another function
    FunctionId function; // ...this function itself, which PARAMETER's decorates
    FunctionId raised;   // ...what comes out of this function as an exception
    ClassId instance;    // ...any object of the class
    ParameterId parameter;
    ExprId result;       // what the function gives is this, or something made of it; none: nobody sees it
    bool part;           // the value, or something that is in it
    bool inside;         // something new that has the value in it: a record of a log
} SpecialArgument;

// An attribute of a module, which that module imports itself: `desk.store`, where desk has `from shop import store`. Or a
// function that it imports and that a computed name may mean: `globals()[name]`.
typedef struct PassedName {
    ExprId expr;
    SymbolId symbol; // the one of the module; Facts.expr_symbols has what it means in the end
} PassedName;

// A base of a class by its dotted name, also one outside the tree. Of a base that a call made
// (`Base = declarative_base()`) there is a second row with the name of what was called.
typedef struct BaseName {
    ClassId klass;
    Name dotted;
} BaseName;

// What a metavariable of a match may stand for. One row for each class, the rows of a capture one after
// another.
typedef struct CaptureClass {
    uint32_t capture; // index into Facts.captures
    ClassId klass;
    bool is_class; // the class itself; else an instance
    bool certain;  // it can be nothing but the rows of this capture, or null
} CaptureClass;

#endif
