// References between tables of SQLite, which are not enforced where the program does not switch that on. How many rows refer
// to none is counted in the question that is asked of the rows anyway; `PRAGMA foreign_key_check` reads them once more.
#ifndef WEFT_MIGRATE_REFERENCES_H
#define WEFT_MIGRATE_REFERENCES_H

#include "data/dialect.h"

// Adds the sum, over rows of TABLE, of their foreign keys that lead nowhere: an expression for a SELECT from the table under
// its own name. A key whose target no unique index finds is left out, as SQLite cannot check it. False, with nothing
// added, when none is left.
bool references_add_lost(const Dialect *dialect, const Schema *schema, const SchemaTable *table, StrBuf *sql);

#endif
