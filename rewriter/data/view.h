// A plan for people: what becomes of each table, and what the phases do.
#ifndef WEFT_DATA_VIEW_H
#define WEFT_DATA_VIEW_H

#include "data/migration.h"
#include "data/target.h"

// The decisions and the plan, as `weft data plan` shows them; WITH_STEPS each step, too.
void view_plan(const Target *target, const Migration *plan, bool has_database, bool with_steps,
               StrBuf *out);
// A schema as `weft data models` shows it.
void view_schema(const Schema *schema, StrBuf *out);
// The plan as SQL to read, each step under a comment.
void view_script(const Migration *plan, StrBuf *out);

#endif
