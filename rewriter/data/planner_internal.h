// What the files that plan share; nobody else includes this. planner.c walks the tables; planner_expand.c makes
// columns and triggers, planner_rows.c batches and probes, planner_switch.c indexes; dialect_catalog.c asks
// whether something is there.
#ifndef WEFT_DATA_PLANNER_INTERNAL_H
#define WEFT_DATA_PLANNER_INTERNAL_H

#include "base/intern.h"
#include "data/dialect_catalog.h"
#include "data/planner.h"
#include "data/value.h"

typedef struct Planner {
    const Target *target;
    const Schema *schema;
    const Dialect *dialect;
    Migration *plan;
    Arena *arena; // of the plan
    Diagnostics *diagnostics;
    Interner *ids;
} Planner;

// A step of PHASE for TABLE, "expand-messages-WHAT"; a number is added to an id that is taken. The pointer is valid
// until the next step.
Step *planner_step(Planner *planner, Phase phase, StepKind kind, Str table, const char *what,
                   const char *title, ...) __attribute__((format(printf, 6, 7)));
// The buffer's text in the plan's arena; the buffer is released.
Str planner_take(Planner *planner, StrBuf *text);
// Columns that the table gets and does not have yet.
StrItems planner_missing(Planner *planner, const TargetTable *table);
// New columns of the table, there or not; with `optional` those that may be NULL, too.
StrItems planner_new_columns(Planner *planner, const TargetTable *table, bool optional);
const SchemaIndex *planner_index(const Planner *planner, const TargetTable *table, Str name);
bool planner_has_trigger(const TargetTable *table, Str name);
// Milliseconds that somebody who wants to write waits while all rows of the table are looked at, and while an index over them
// is built; -1 when its rows are not known. By their number and their bytes, so that the same database has the same plan.
int64_t planner_scan_lock(const SchemaTable *table);
int64_t planner_index_lock(const SchemaTable *table);
// Whether no index, there or planned, begins with the new columns.
bool planner_needs_index(Planner *planner, const TargetTable *table);
// Whether weft's index of the new columns, and all unique ones, are there and nothing of the old is.
bool planner_is_finished(Planner *planner, const TargetTable *table);

Str planner_keep_name(Planner *planner, const TargetTable *table);
Str planner_index_name(Planner *planner, const TargetTable *table);
Str planner_unique_name(Planner *planner, const TargetTable *table, const TargetUnique *unique);
Str planner_plain_name(Planner *planner, const TargetTable *table, const TargetUnique *unique);
Str planner_trigger_name(Planner *planner, const TargetTable *table);

// "tenant_id" TEXT NOT NULL DEFAULT 'default'
Str planner_column_definition(Planner *planner, const TargetKey *key);
Str planner_drop_keep(Planner *planner, const TargetTable *table);
// Statements that take the trigger of expand away; PostgreSQL has a function behind it.
Str planner_drop_trigger(Planner *planner, const TargetTable *table);
Str planner_drop_function(Planner *planner, const TargetTable *table);
Str planner_drop_owners(Planner *planner, Str name); // the table of that name, if it is there

// Each adds its steps for one table.
void planner_owners(Planner *planner, const TargetTable *table);
void planner_expand(Planner *planner, const TargetTable *table);
void planner_backfill(Planner *planner, const TargetTable *table);
void planner_verify(Planner *planner, const TargetTable *table);
void planner_switch(Planner *planner, const TargetTable *table);
void planner_contract(Planner *planner, const TargetTable *table);

#endif
