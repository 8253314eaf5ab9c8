// Calls in a tree that do not pass the context to a function of the public interface that takes it optionally.
#ifndef WEFT_API_OLD_CALL_H
#define WEFT_API_OLD_CALL_H

#include "base/list.h"
#include "program/rows.h"

typedef struct OldCall {
    Str api;               // qualified name of the function
    Str path;              // of the call
    uint32_t line, column; // 1-based
} OldCall;

typedef struct OldCalls {
    Arena arena;
    List(OldCall) list; // by function, path and place
} OldCalls;

// Lists them for PROGRAM, whose rules have `public_api`. Calls that hand on `**keywords` may pass it, and are not listed.
void old_calls_find(const Program *program, OldCalls *calls);
void old_calls_release(OldCalls *calls);

#endif
