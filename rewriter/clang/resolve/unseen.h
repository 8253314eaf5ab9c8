// Pointers to functions that somebody may set, or call, whom no unit shows.
#ifndef WEFT_CLANG_RESOLVE_UNSEEN_H
#define WEFT_CLANG_RESOLVE_UNSEEN_H

#include "clang/resolve/names.h"

// Marks in FIXED, by FunctionId, pointers in headers that a source which no unit is made of may give a value: it names
// the pointer, or a function that takes one. And the parameters of functions that the tree does not define: who calls
// what they are given is outside of it.
void unseen_fix_pointers(const Names *names, bool *fixed);

#endif
