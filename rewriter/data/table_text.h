// The text of a CREATE TABLE of SQLite, changed in place: what is not changed stays as it is written, with
// its collations, checks, comments, STRICT and WITHOUT ROWID.
#ifndef WEFT_DATA_TABLE_TEXT_H
#define WEFT_DATA_TABLE_TEXT_H

#include "base/list.h"

typedef struct TableText {
    Str name;                              // the new one
    List(const StrItems *) without_unique; // sets of columns that are UNIQUE and shall not be
    StrItems columns;                      // definitions to add behind the columns
} TableText;

// SQL as CHANGE says, in ARENA. STR_NONE when it is not understood, or one of the sets is not UNIQUE in it.
Str table_text_rewrite(Arena *arena, Str sql, const TableText *change);

#endif
