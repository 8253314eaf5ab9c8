// Rows as JSON lines, for people and for importing them elsewhere:
//
//   {"table": "messages", "row": {"id": 7, "tenant_id": "acme", "text": "hi", "raw": {"hex": "ff00"}}}
#ifndef WEFT_MIGRATE_EXPORT_H
#define WEFT_MIGRATE_EXPORT_H

#include <stdio.h>

#include "data/schema.h"
#include "engine/database.h"

// Writes the rows of TABLE for which WHERE (SQL, with VALUES bound) holds; *ROWS is how many. False with the database's
// fault; whether all arrived, ferror(out) tells.
bool export_rows(Database *database, const SchemaTable *table, Str where, const Value *values,
                 uint32_t count, FILE *out, int64_t *rows);
// The new file PATH, for this user alone; NULL with errno.
FILE *export_open(Str path);
// Whether all of it is on the disk. Closes OUT; false with errno.
bool export_close(FILE *out);

#endif
