// Bases outside the tree of which everything is known that a subclass can override.
#ifndef WEFT_PYTHON_RESOLVE_KNOWN_BASES_H
#define WEFT_PYTHON_RESOLVE_KNOWN_BASES_H

#include <stdbool.h>

#include "base/str.h"

// BASE, by its dotted name, is such a class, and a method NAME overrides nothing of it. What the language calls,
// `__name__`, is left to FUNCTION_SPECIAL.
bool known_base_lacks(Str base, Str name);

#endif
