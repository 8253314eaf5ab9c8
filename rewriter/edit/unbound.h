// Names that are read where nothing binds them.
#ifndef WEFT_EDIT_UNBOUND_H
#define WEFT_EDIT_UNBOUND_H

#include "edit/module_rows.h"

typedef enum UnboundKind {
    UNBOUND_NAME,    // nothing binds it
    UNBOUND_RUNNING, // bound for type checkers only, read when the program runs
    UNBOUND_YET,     // module level: bound further down only
    UNBOUND_COUNT
} UnboundKind;

// A name that cannot be read where it is.
typedef struct Unbound {
    UnboundKind kind;
    ExprId expr;
} Unbound;

typedef struct UnboundNames {
    Vec(Unbound) list; // by position in the table
} UnboundNames;

// The unbound names of one module of FACTS, which need not be resolved; ROWS are its rows. None when
// the module has a star import: that may bind anything. Names that functions bind through `global`
// count as bound. Appends to FOUND.
void unbound_find(const Facts *facts, ModuleId module, const ModuleRows *rows,
                  UnboundNames *found);
void unbound_release(UnboundNames *found);

// "nothing binds it there"
const char *unbound_reason(UnboundKind kind);

#endif
