// A plan as a migration of another tool, for those who must go through it. What it does is the same; slices,
// checksums and the ledger are weft's own and not in it.
#ifndef WEFT_DATA_EMIT_H
#define WEFT_DATA_EMIT_H

#include "data/migration.h"
#include "source/diagnostic.h"

typedef enum EmitTool { EMIT_ALEMBIC, EMIT_DJANGO, EMIT_TOOL_COUNT } EmitTool;

const char *emit_tool_name(EmitTool tool); // "alembic"

// Appends a Python file of TOOL. Phases are steps of one migration, in order. False after E626: a table moves into a new
// definition, which needs weft's executor.
bool emit_plan(EmitTool tool, const Migration *plan, StrBuf *out, Diagnostics *diagnostics);

#endif
