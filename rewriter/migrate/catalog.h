// The schema of a live database, as its catalog says it.
#ifndef WEFT_MIGRATE_CATALOG_H
#define WEFT_MIGRATE_CATALOG_H

#include "data/schema.h"
#include "engine/database.h"

// Fills SCHEMA, zeroed, and sorts it. weft's own tables (weft_..) are left out, with what belongs to them. False after a
// diagnostic: the database cannot be asked, or a name in it is no UTF-8. How many rows a table has is known where the catalog
// says it, and not read from the table.
bool catalog_read(Database *database, Schema *schema, Diagnostics *diagnostics);
// The same, and SQLite counts the rows of each table, which reads all of it, and looks at the length of some.
bool catalog_read_counted(Database *database, Schema *schema, Diagnostics *diagnostics);

// One for each engine; called by catalog_read. False with the database's fault.
bool catalog_read_sqlite(Database *database, Schema *schema);
bool catalog_read_postgresql(Database *database, Schema *schema);
bool catalog_read_mariadb(Database *database, Schema *schema);
bool catalog_count_sqlite(Database *database, Schema *schema);

// ---- shared by them ------------------------------------------------------------------------------

// Calls ROW for each row of SQL; a place in it stands for each of the COUNT texts.
bool catalog_ask(Database *database, const char *sql, const Str *texts, uint32_t count,
                 DatabaseRow *row, void *context);
// Value NUMBER of a row, copied into ARENA; empty for NULL.
Str catalog_text(Arena *arena, const Value *values, uint32_t number);
int64_t catalog_integer(const Value *values, uint32_t number); // 0 for no number
bool catalog_is_own(Str name);                                 // a name of weft's
// The same of triggers, but for those of a plan: another plan must know that they are there.
bool catalog_is_own_trigger(Str name);

#endif
