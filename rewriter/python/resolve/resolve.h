// Resolution of Python names, imports, classes, values and calls over merged facts.
#ifndef WEFT_PYTHON_RESOLVE_H
#define WEFT_PYTHON_RESOLVE_H

#include "facts/facts.h"

// Fills every "filled by resolution" field and the resolution tables of FACTS. Single-threaded and
// deterministic.
void python_resolve(Facts *facts, void (*declare)(void *data), void *data);

#endif
