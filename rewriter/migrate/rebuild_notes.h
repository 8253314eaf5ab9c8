// Notes of what changes in a SQLite table while it is moved into a new definition: the keys of rows that were written,
// deleted, or made way for another one, each once.
//
//     weft_shadow_log        k0, k1, ..: the key
//     weft_shadow_INSERT ..  the triggers, on the old table
#ifndef WEFT_MIGRATE_REBUILD_NOTES_H
#define WEFT_MIGRATE_REBUILD_NOTES_H

#include "data/migration.h"
#include "engine/database.h"

#define REBUILD_NOTES "weft_shadow_log"

// Both in the caller's transaction. False with the database's fault.
bool rebuild_notes_begin(Database *database, const Step *step);
bool rebuild_notes_end(Database *database); // also when there are none

#endif
