// Whether a unit is compiled so that a parameter which nothing reads is an error.
#ifndef WEFT_CLANG_UNIT_WARNING_H
#define WEFT_CLANG_UNIT_WARNING_H

#include "facts/facts.h"

// What the words of a command behind the compiler, in their order, make of a parameter that nothing reads: an error, and
// in which way it can be marked then. A word about it counts before one about many warnings, of two the later one.
UnusedParameter warning_of_unused(const Str *words, uint32_t count);

#endif
