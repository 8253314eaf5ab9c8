// Files that say whose existing rows are: CSV whose first line names its columns.
//
//     stream_id,tenant_id,agent_id
//     a544edeb1a9b73e3,acme,mai
#ifndef WEFT_DATA_OWNERS_H
#define WEFT_DATA_OWNERS_H

#include "base/list.h"
#include "rule/data_rule.h"
#include "source/diagnostic.h"

typedef struct Owners {
    StrItems columns; // the first is the column of the table that the file is about
    StrItems cells;   // row by row, as many as there are columns
} Owners;

// Reads the file of RULE below ROOT into OWNERS. False after E627 with the line: it cannot be read, is not CSV, its
// first column is another one than the rule's, a line has another number of cells, a value comes twice.
bool owners_read(Str root, const DataOwners *rule, Arena *arena, Owners *owners,
                 Diagnostics *diagnostics);

#endif
