// Which functions change together: those that are one, and those that a pointer may point to.
#ifndef WEFT_CLANG_RESOLVE_FAMILY_H
#define WEFT_CLANG_RESOLVE_FAMILY_H

#include "clang/resolve/names.h"

// Joins the families of FunctionFact by Facts.flows, and fixes those that cannot change whatever calls them.
void family_resolve(const Names *names);

#endif
