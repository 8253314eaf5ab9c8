// Changing the signature of some functions, and everything that calls them, without rules. A solution of its own:
// nothing here knows contexts, boundaries or carriers of a rule pack.
//
//     weft thread app.store.load --parameter 'tenant: app.Tenant' --until 'app.web.*' --from request.tenant
//
// Which functions gain the parameter is found first, by breadth, from the ones that were asked for to their callers
// (spread.c); then every call of them is settled (settle.c): with the parameter of its own function, with something
// else that it has at hand (supply.c), with a text of the request, or not at all.
#ifndef WEFT_SOLVE_SIGNATURE_SIGNATURE_H
#define WEFT_SOLVE_SIGNATURE_SIGNATURE_H

#include "program/program.h"
#include "rule/signature.h"

// A function gains the parameter.
typedef struct SignatureFunction {
    FunctionId function;
    uint32_t place; // index of the parameter that it stands before; parameter_count: behind all
    bool keyword;   // by name only
} SignatureFunction;

// A call, or a function that is handed over as a value, passes it.
typedef struct SignatureCall {
    CallId call;    // none: EXPR is wrapped so that the argument is bound
    ExprId expr;    // the call, or that value
    uint32_t place; // index of the argument that it stands before; argument_count: behind all
    bool by_name;
    Str value;
    bool at_hand;   // VALUE is a name of the place; else a text of the request
} SignatureCall;

// A stretch of the text reads TEXT instead.
typedef struct SignatureText {
    ModuleId module;
    uint32_t start, end;
    Str text;
    ExprId expr; // that goes; none for a name
} SignatureText;

typedef struct SignaturePlan {
    Arena arena;
    Vec(SignatureFunction) functions; // in the order of functions
    Vec(SignatureCall) calls;         // in the order of calls and values
    Vec(ClassId) classes;             // that get a constructor, which keeps the value
    Vec(SignatureText) texts;         // by place
    Vec(StatementId) statements;      // that go
    Vec(ParameterId) lost_parameters;
    Vec(ArgumentId) lost_arguments;
} SignaturePlan;

// Plans REQUEST, which outlives PLAN, for PROGRAM; PLAN is empty. The rules of the program may be empty. False after an
// E510 (a function cannot change as asked), E511 (a call has nothing to pass, or cannot pass it) or E512 (no such
// function): each place is said, and there is no plan. Deterministic.
bool signature_plan(const Program *program, const SignatureRequest *request, SignaturePlan *plan,
                    Diagnostics *diagnostics);
void signature_plan_release(SignaturePlan *plan);

#endif
