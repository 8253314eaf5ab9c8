// Private to program/: the tables that name.c looks names up in.
#ifndef WEFT_PROGRAM_NAME_TABLE_H
#define WEFT_PROGRAM_NAME_TABLE_H

#include "program/program.h"

// Needs extracted facts, not resolved ones.
void name_table_fill(Program *program);
void name_table_release(Program *program);

#endif
