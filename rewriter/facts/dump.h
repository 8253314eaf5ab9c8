// The facts as text, for --dump=facts and golden tests: one line a row, table after table, places
// as line:column. The same facts always give the same bytes, and a row that moved changes its own
// lines only: there are no row numbers.
#ifndef WEFT_FACTS_DUMP_H
#define WEFT_FACTS_DUMP_H

#include "facts/facts.h"

// Appends every row; what resolution added too, when it is there.
void facts_dump(const Facts *facts, StrBuf *out);

// ---- for the other dump files ----
// " word" for each bit of FLAGS; NAMES[i] names bit i.
void dump_flags(uint32_t flags, const char *const *names, uint32_t count, StrBuf *out);
// "path:line:column" and "line:column" of an offset in the file of MODULE.
void dump_place(const Facts *facts, ModuleId module, uint32_t offset, StrBuf *out);
void dump_position(const Facts *facts, ModuleId module, uint32_t offset, StrBuf *out);

// ---- dump_expr.c ----
// Appends one expression with its parts: (call (attribute (name bot) send) (string "hi")). Flags
// follow the kind: (name+stored x).
void facts_dump_expr(const Facts *facts, ExprId expr, StrBuf *out);

// ---- dump_resolution.c ----
void dump_resolution(const Facts *facts, StrBuf *out);

#endif
