// The smallest roles for a migration and for the program after it, as SQL to be read and run by whoever owns the server.
#ifndef WEFT_MIGRATE_GRANTS_H
#define WEFT_MIGRATE_GRANTS_H

#include "migrate/session.h"

// Appends the script. For PostgreSQL also row-level security: each row is seen by its tenant only, whatever the
// program asks, and views ask as who reads them. SQLite has no roles: a comment says so.
void grants_write(const Session *session, const Schema *schema, StrBuf *out);

#endif
