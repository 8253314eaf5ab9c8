// Values of functions in initialisers that no unit compiles.
#ifndef WEFT_CLANG_RESOLVE_UNSEEN_VALUE_H
#define WEFT_CLANG_RESOLVE_UNSEEN_VALUE_H

#include "clang/resolve/names.h"

// The row of the pointer that the name at EXPR, which stands at the top level of a file, is the first value of; none when
// the text does not say. Asks no compiler.
FunctionId unseen_pointer_of(const Names *names, ExprId expr);

#endif
