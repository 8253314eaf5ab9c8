// Giving up a rebuild before its last transaction.
#ifndef WEFT_MIGRATE_REBUILD_H
#define WEFT_MIGRATE_REBUILD_H

#include "migrate/run.h"

// Drops the shadow of STEP, with its log and triggers, in the caller's transaction; the old table is untouched. False
// with the database's fault.
bool rebuild_abandon(MigrationRun *run, const Step *step);

#endif
