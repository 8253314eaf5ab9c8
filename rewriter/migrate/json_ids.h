// JSON that holds ids of tenants or chats. A plan gives rows their owners, and looks into no text: where the text of a row
// names an owner, too, only its program knows what that means.
#ifndef WEFT_MIGRATE_JSON_IDS_H
#define WEFT_MIGRATE_JSON_IDS_H

#include "data/target.h"
#include "engine/database.h"

// Looks through the JSON of all tables that get keys, once each, for the names of dimensions and of the columns that keys
// are read from; reports (W631) each column in which some name stands, with the number of rows and the key of one of
// them. False when the database cannot be asked; changes nothing.
bool json_ids_find(Database *database, const Target *target, Diagnostics *diagnostics);

#endif
