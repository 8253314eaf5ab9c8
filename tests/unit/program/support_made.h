// Programs made by hand: facts without a language, text or front end.
//
//     made_open(&made, "  - { id: b, function: app.receive, origin: message, create: app.context_of() }\n", "");
//     FunctionId receive = made_function(&made, "receive"), reply = made_function(&made, "reply");
//     made_call(&made, receive, reply); // receive() runs reply()
//     made_read(&made, reply);          // reply() reads app.settings, which the rules name
//     made_build(&made);
//
// One module, `app`; every row has a position of its own, in the order in which it was made.
#ifndef WEFT_TESTS_UNIT_PROGRAM_SUPPORT_MADE_H
#define WEFT_TESTS_UNIT_PROGRAM_SUPPORT_MADE_H

#include "testing.h"

#include "program/program.h"

typedef struct Made Made;
struct Made {
    Sources sources;
    Facts facts;
    Rules rules;
    Program program;
    Diagnostics diagnostics;
    struct Solution *solution; // of solve/support_solved.h; NULL: it was not solved
    void (*release)(Made *made); // of that
    ModuleId module;
    ScopeId module_scope;
    SymbolId settings; // the sink `app.settings`
    uint32_t position; // of the next row
};

// An empty program with the sink `app.settings`. BOUNDARIES are entries of that list in a rule file, MORE are
// further lines of the file; both may be "".
void made_open(Made *made, const char *boundaries, const char *more);
void made_close(Made *made);

FunctionId made_function(Made *made, const char *name);
// A class without bases; its constructor, if it has one, is made by made_method.
ClassId made_class(Made *made, const char *name);
// The same, which inherits from BASE and all that BASE inherits from.
ClassId made_subclass(Made *made, const char *name, ClassId base);
// A function with the receiver as its first parameter. "__init__" is the constructor.
FunctionId made_method(Made *made, ClassId klass, const char *name);
// FUNCTION has the context's parameter already.
void made_context_parameter(Made *made, FunctionId function, bool optional);
// The two functions move together, as a method and its override do.
void made_family(Made *made, FunctionId first, FunctionId second);

// An access to the sink in FUNCTION; none: at module level.
ExprId made_read(Made *made, FunctionId function);
// A call in CALLER (none: at module level) that runs CALLEE.
CallId made_call(Made *made, FunctionId caller, FunctionId callee);
// A call that may run either of two functions.
CallId made_call_of_either(Made *made, FunctionId caller, FunctionId first, FunctionId second);
// A call in CALLER that makes an instance of KLASS.
CallId made_construction(Made *made, FunctionId caller, ClassId klass);
// FUNCTION is stored as a value in CALLER (none: at module level).
void made_escape(Made *made, FunctionId caller, FunctionId function);
// A call in CALLER of something that is called as the function, and is not known.
void made_unknown_call(Made *made, FunctionId caller, FunctionId function);

// Makes Made.program; all rows are made before.
void made_build(Made *made);

#endif
