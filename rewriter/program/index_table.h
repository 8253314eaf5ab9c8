// Private to program/: makes the tables that index.h reads.
#ifndef WEFT_PROGRAM_INDEX_TABLE_H
#define WEFT_PROGRAM_INDEX_TABLE_H

#include "program/program.h"

// Needs resolved facts, and the rules for what forwards.
void index_fill(Program *program);

#endif
