// Which database a program opens, as far as its source says.
#ifndef WEFT_DATA_PROPOSE_DATABASE_H
#define WEFT_DATA_PROPOSE_DATABASE_H

#include "program/program.h"

// Appends "  engine: sqlite\n  database: data/bot.db\n" of the first call that opens one by a literal, with its place;
// nothing without one. Of an address only the name of the database is kept: who asks where and by which password is
// nothing for a rule file.
void propose_database(const Program *program, StrBuf *out);

#endif
