// Which arguments are members of structures.
#ifndef WEFT_CLANG_RESOLVE_MEMBER_H
#define WEFT_CLANG_RESOLVE_MEMBER_H

#include "clang/resolve/names.h"

// Fills ArgumentFact.member and .owner_end.
void member_resolve(const Names *names);

#endif
