// Which method of what a call runs, as far as the text of the tree says.
#ifndef WEFT_FACTS_CALLED_METHOD_H
#define WEFT_FACTS_CALLED_METHOD_H

#include "facts/facts.h"

// The object before the dot of CALLEE, and the name behind it; CALLEE may also be a name that is bound once, to such, or
// getattr with a literal. False when it is none of these.
bool facts_called_method(const Facts *facts, ExprId callee, ExprId *object, Str *name);

#endif
