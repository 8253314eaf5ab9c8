// Whether the arguments of a call fit the signature of the function that it runs.
#ifndef WEFT_EDIT_CALL_FIT_H
#define WEFT_EDIT_CALL_FIT_H

#include "facts/facts.h"

typedef enum CallFaultKind {
    CALL_LACKS,           // a required parameter gets nothing
    CALL_UNKNOWN_KEYWORD, // no parameter has that name
    CALL_TWICE,           // a parameter gets two values
    CALL_TOO_MANY,        // more positional arguments than parameters for them
} CallFaultKind;

typedef struct CallFault {
    CallFaultKind kind;
    Str name; // of the parameter or the keyword, owned by the facts; CALL_TOO_MANY: empty
} CallFault;

typedef struct CallFaults {
    Vec(CallFault) list;
} CallFaults;

// Appends what is wrong when CALL runs FUNCTION; both may be of different facts. RECEIVERS is the
// number of arguments that stand before the bracket, call_receivers(). What `*x` and `**x` bring is
// unknown and assumed to fit. FUNCTION none: an instance is made that has no constructor, which takes
// nothing.
void call_find_faults(const Facts *call_facts, CallId call, const Facts *function_facts,
                      FunctionId function, uint32_t receivers, CallFaults *faults);
void call_faults_release(CallFaults *faults);
// By kind and name, for call_faults_have; until then they are in the order of parameters and arguments.
void call_faults_sort(CallFaults *faults);
bool call_faults_have(const CallFaults *sorted, const CallFault *fault);

// 1 when the object or class in front of the bracket is the first argument of EDGE's callee.
uint32_t call_receivers(const Facts *facts, const EdgeFact *edge);
// True when nothing but the tree's own constructors says how an instance is made.
bool call_class_is_plain(const ClassFact *klass);

// "does not pass 'x', which its function requires"; TARGET is "function" or "class". To ARENA.
Str call_fault_text(Arena *arena, const CallFault *fault, const char *target);

#endif
