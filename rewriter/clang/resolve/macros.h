// Private to resolve/: macros that take arguments are functions with a family, too.
#ifndef WEFT_CLANG_RESOLVE_MACROS_H
#define WEFT_CLANG_RESOLVE_MACROS_H

#include "clang/resolve/names.h"

// Fills Names.macro_functions and the families of macros, after those of functions; marks those that cannot change.
void macros_set_families(Names *names);
// The macro NAME as MODULE sees it; none when it is none, or takes no arguments.
FunctionId macros_find(const Names *names, ModuleId module, Name name);

#endif
