// Who owns rows: the values of the first dimension.
//
// When the rows have got their owners, the tenants that there are then are noted beside the record. Rows of others
// are rows of new tenants: a rollback has no place for them.
#ifndef WEFT_MIGRATE_TENANTS_H
#define WEFT_MIGRATE_TENANTS_H

#include <stdio.h>

#include "base/vec.h"
#include "migrate/session.h"

typedef struct Tenant {
    Value name;
    int64_t rows; // in all tables
} Tenant;

typedef struct Tenants {
    Arena arena;
    Vec(Tenant) list; // in the order of their names' bytes
} Tenants;

void tenants_release(Tenants *tenants);
// The tables of the plan that have the first dimension by now, as the live SCHEMA says. Dimension: "tenant_id".
bool tenants_has(const Session *session, const Schema *schema, const PlannedTable *table);
Str tenants_dimension(const Session *session); // empty: the plan has none
// All that own rows of such tables. False after a diagnostic.
bool tenants_list(Session *session, const Schema *schema, Tenants *tenants);
// Notes the owners that the surveys of RUN found as those that were there. False after a diagnostic.
bool tenants_note(Session *session, MigrationRun *run);
// Forgets whom an earlier run of the same plan noted. False after a diagnostic.
bool tenants_forget(Session *session);
// Writes the rows of tenants that were not noted to a new file beside the record, in PATH; empty when there are
// none. *COUNT is how many; NAMES is a list of who they are for people. False after a diagnostic.
bool tenants_export_new(Session *session, const Schema *schema, Arena *arena, Str *path,
                        int64_t *count, Str *names);
// Deletes those rows, in one transaction. False after a diagnostic; nothing is deleted then.
bool tenants_delete_new(Session *session, const Schema *schema);
// Writes all rows of the tenant NAME to OUT. *ROWS is how many. False after a diagnostic; whether all arrived, ferror tells.
bool tenants_export(Session *session, const Schema *schema, Str name, FILE *out, int64_t *rows);
// Deletes all rows of the tenant NAME in one transaction, and records that. False after a diagnostic.
bool tenants_delete(Session *session, const Schema *schema, Str name, int64_t *rows);

#endif
