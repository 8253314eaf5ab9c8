// A parameter that nothing in its function reads, in a tree that has no word for that, where a compiler would refuse it.
#ifndef WEFT_CLANG_WRITE_UNREAD_H
#define WEFT_CLANG_WRITE_UNREAD_H

#include "facts/language.h"

// What the strictest unit that reads MODULE wants of such a parameter.
UnusedParameter unread_wants(const Facts *facts, ModuleId module);

// The function begins with a statement that names PARAMETER and does nothing: (void)repo;
void unread_add_statement(const Facts *facts, FunctionId function, Str parameter, TextEdits *out);

// Some unit sees the expression: it does not stand in a branch that none compiles.
bool unread_is_compiled(const Facts *facts, ExprId expr);

#endif
