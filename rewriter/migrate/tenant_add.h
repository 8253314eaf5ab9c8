// A new tenant: lets one in, with a copy of what another one has where that is wanted.
#ifndef WEFT_MIGRATE_TENANT_ADD_H
#define WEFT_MIGRATE_TENANT_ADD_H

#include "migrate/session.h"

typedef struct TenantAdd {
    Str name;
    Str from;        // whose rows are copied; empty: none are
    StrItems tables; // of which; empty: of all that rows of tenants are in
} TenantAdd;

// Copies the rows, in one transaction, and records that the tenant came. E670 where the migration is not over, the
// tenant is there already, or rows cannot be copied without a row of one tenant referring to one of another; nothing
// is copied then. *ROWS is how many were. False after a diagnostic.
bool tenant_add(Session *session, const Schema *schema, const TenantAdd *add, int64_t *rows);

#endif
