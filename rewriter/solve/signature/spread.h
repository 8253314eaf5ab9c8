// Private to solve/signature/: the state of one plan, and the steps that make it, in their order.
#ifndef WEFT_SOLVE_SIGNATURE_SPREAD_H
#define WEFT_SOLVE_SIGNATURE_SPREAD_H

#include "program/index.h"
#include "program/rows.h"
#include "solve/signature/signature.h"

typedef Vec(FunctionId) FunctionIds;

typedef struct Spread {
    const Program *program;
    const SignatureRequest *request;
    SignaturePlan *plan;
    Diagnostics *diagnostics;
    Name parameter;       // its name; none when no file mentions it
    ClassId type;         // its class; none when that is not of the tree
    FunctionIds targets;  // that the request names, constructors of classes among them
    uint32_t *depth;      // by family: 1 + calls away from a target; 0: it does not gain the parameter
    bool *asked;          // by family: of a target
    uint32_t *rows;       // by function: 1 + index into SignaturePlan.functions; 0: it does not gain it
    bool *replaces;       // by call: a test puts something in the place of what other code reads
    uint32_t *source;     // by function: 1 + index into the sources of the request; 0: none names it
    bool *taken;          // by function: the name of the parameter means something else in it
    StatementId *lead;    // by function: its statement `parameter = replaced`, which goes
    Vec(uint32_t) families; // that gain, in the order in which they were found
    Vec(ExprId) replaced; // what `replace` names, by place
    bool *goes;           // by expression: it is one of those
} Spread;

// target.c: fills `targets`, and plans the constructors of classes that have none. False after E512 or E510.
bool spread_find_targets(Spread *spread);
// replace.c: fills `replaced`; without functions in the request also `targets`. False after E512.
bool spread_find_replaced(Spread *spread);
// name.c: fills `taken` and `lead`. After `replaced`.
void spread_find_taken(Spread *spread);
// The name of the parameter means something else between FUNCTION, or one in it, and the scope of EXPR.
bool spread_is_shadowed(const Spread *spread, FunctionId function, ExprId expr);

// change.c: why no member of the family can gain the parameter; NULL: all can. *WHERE is one that cannot, or a place
// that stands against it.
const char *spread_obstacle(const Spread *spread, uint32_t family, Span *where);
// Nothing in MODULE is edited.
bool spread_is_left_alone(const Program *program, ModuleId module);
// Edges of what calls, makes or hands over a member of the family, each once. To be released.
RowNumbers spread_callers(const Program *program, uint32_t family);

// pass.c: the site of EDGE passes the parameter as it stands; the call names it; EDGE hands a function to what binds arguments.
bool spread_passes(const Spread *spread, const EdgeFact *edge);
bool spread_names_it(const Spread *spread, CallId call);
bool spread_is_binder(const Program *program, const EdgeFact *edge);

// supply.c: what the place of EXPR has at hand.
typedef enum SupplyKind {
    SUPPLY_NOTHING,
    SUPPLY_AT_HAND, // a name
    SUPPLY_TEXT,    // a text of the request
} SupplyKind;
typedef struct SignatureSupply {
    SupplyKind kind;
    Str text;
    FunctionId asks; // SUPPLY_NOTHING: the function that would have to gain the parameter; none: there is none
} SignatureSupply;
// Where the function that evaluates EXPR has the value from.
SignatureSupply spread_supply(const Spread *spread, ExprId expr);

// text.c: the first name in TEXT, code of the request, that means nothing in SCOPE; empty when all do.
Str spread_unknown_name(const Spread *spread, ScopeId scope, Str text);

// settle.c: decides what functions and calls become. False after E510 or E511.
bool spread_settle(Spread *spread);
// Whether FUNCTION takes the parameter when all is done.
bool spread_takes(const Spread *spread, FunctionId function);
// The parameter of FUNCTION that has the name already; none when there is none.
ParameterId spread_own_parameter(const Spread *spread, FunctionId function);

// doubt.c: says which tests a person should look at.
void spread_report_doubts(Spread *spread);

// alter.c: a parameter that goes, or is called otherwise. False after errors.
bool spread_remove(Spread *spread);
bool spread_rename(Spread *spread);

// "app.store.load", of the function or the class that it constructs.
Str spread_name(const Spread *spread, FunctionId function);
Span spread_span(const Program *program, FunctionId function);

#endif
