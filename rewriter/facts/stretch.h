// The rows of one module in a table: those of a file stand together, in the order of files, so they are found by bisection.
#ifndef WEFT_FACTS_STRETCH_H
#define WEFT_FACTS_STRETCH_H

#include "facts/facts.h"

// Rows [first, end).
typedef struct Stretch {
    uint32_t first, end;
} Stretch;

// The rows of a table that belong to one module: they stand side by side.
Stretch facts_symbols_of(const Facts *facts, ModuleId module);
Stretch facts_statements_of(const Facts *facts, ModuleId module);
Stretch facts_exprs_of(const Facts *facts, ModuleId module);
Stretch facts_bindings_of(const Facts *facts, ModuleId module);
Stretch facts_functions_of(const Facts *facts, ModuleId module);
Stretch facts_calls_of(const Facts *facts, ModuleId module);
Stretch facts_imports_of(const Facts *facts, ModuleId module);
Stretch facts_directives_of(const Facts *facts, ModuleId module);

#endif
