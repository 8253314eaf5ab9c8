// Putting the backup back, and saying what that loses.
#ifndef WEFT_MIGRATE_RESTORE_H
#define WEFT_MIGRATE_RESTORE_H

#include "migrate/session.h"

// Verifies the newest backup of the plan, writes what is newer than it to *REPORT (lines for people, in ARENA: of each
// table how many rows it has and how many differ), keeps a copy of the database as it is now beside the record, and puts the
// backup back. Without CONFIRMED it only reports. False after a diagnostic.
bool restore_backup(Session *session, bool confirmed, Arena *arena, Str *report);

#endif
