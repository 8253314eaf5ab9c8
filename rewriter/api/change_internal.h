// What the files that compare interfaces share; nobody else includes this.
#ifndef WEFT_API_CHANGE_INTERNAL_H
#define WEFT_API_CHANGE_INTERNAL_H

#include "api/change.h"
#include "facts/language.h"

// One object in both trees.
typedef struct Compare {
    const ApiSurface *before, *after;
    const ApiItem *old, *new; // NULL: it is gone
    ApiChanges *changes;
} Compare;

// Adds a change of the object; all texts are copied.
void compare_add(const Compare *compare, ApiChangeKind kind, Str parameter, Str before, Str after);
// Whether two pieces of source say the same, however they are laid out.
bool compare_same_text(Str a, Str b);
// signature.c: both are functions.
void compare_functions(const Compare *compare);
// signature_typed.c: the same where arguments go by place and have types.
void compare_typed_functions(const Compare *compare);

#endif
