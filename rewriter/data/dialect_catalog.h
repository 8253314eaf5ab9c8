// Questions to the catalog of an engine, as queries with one value: 1 for yes, 0 for no.
#ifndef WEFT_DATA_DIALECT_CATALOG_H
#define WEFT_DATA_DIALECT_CATALOG_H

#include "data/dialect.h"

// Whether TABLE has all of COLUMNS.
void dialect_has_columns(const Dialect *dialect, Str table, const StrItems *columns, StrBuf *sql);
// Whether it is there, and valid where an engine may leave half an index behind.
void dialect_has_index(const Dialect *dialect, Str table, Str name, StrBuf *sql);
void dialect_has_trigger(const Dialect *dialect, Str table, Str name, StrBuf *sql);
void dialect_has_table(const Dialect *dialect, Str name, StrBuf *sql);
// The opposite of a question.
void dialect_not(Str question, StrBuf *sql);

#endif
