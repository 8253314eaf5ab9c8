// The tables of a tree's C files, and what the compiler said of its names, to one program: which declarations are one
// function, who calls it, whose address is taken, what a variable is.
#ifndef WEFT_CLANG_RESOLVE_H
#define WEFT_CLANG_RESOLVE_H

#include "facts/language.h"

// Language.resolve.
void clang_resolve(Facts *facts, void (*declare)(void *data), void *data);

#endif
