// What must hold of all rows when they have got their owners, whatever the probes of the plan ask.
#ifndef WEFT_MIGRATE_VERIFY_H
#define WEFT_MIGRATE_VERIFY_H

#include "migrate/session.h"

// Notes in the record how many references lead nowhere already, before the first change: programs that do not switch
// foreign keys on have such rows. SCHEMA is the live one. Does nothing on engines that enforce them. False after a diagnostic.
bool verify_note_references(Session *session, const Schema *schema);
// Every row of a table that has owners has all that the plan requires; no table of the live database is left out of
// the plan; no reference leads nowhere that led somewhere before. Reads no table that the run has a survey of. False after E667.
bool verify_rows(Session *session, MigrationRun *run);

#endif
