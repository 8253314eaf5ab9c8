// The rows of the big tables by module. Tables are merged file by file, so they are stretches.
#ifndef WEFT_EDIT_MODULE_ROWS_H
#define WEFT_EDIT_MODULE_ROWS_H

#include "facts/facts.h"

// Rows [first, end) of a table.
typedef struct Rows {
    uint32_t first, end;
} Rows;

typedef struct ModuleRows {
    Rows symbols, exprs, imports, calls, functions, classes;
} ModuleRows;

// By ModuleId, for all modules of FACTS. The caller frees it.
ModuleRows *module_rows_find(const Facts *facts);

#endif
