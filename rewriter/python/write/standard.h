// The modules that come with the language, which tools that sort imports have in a group of their own.
#ifndef WEFT_PYTHON_WRITE_STANDARD_H
#define WEFT_PYTHON_WRITE_STANDARD_H

#include <stdbool.h>

#include "base/str.h"

// MODULE, a dotted name, is one of them or below one. `__future__` is none: it has a group before theirs.
bool standard_has(Str module);

#endif
