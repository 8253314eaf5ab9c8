// Roles and row-level security. In: the tables of a plan, the views of the live schema. Out: a script. Nothing is run:
// who may make roles is not who migrates.
//
// FORCE makes the policies hold for the owner of a table, too. A session that has not said which tenant it is for sees
// nothing: the setting is '' after a transaction that has set it, and missing before, which nullif and `true` make
// the same. Superusers and roles with BYPASSRLS are held by nothing.
#include "migrate/grants.h"

#include "migrate/tenants.h"

#define TENANT "nullif(current_setting('weft.tenant_id', true), '')"

static Str name_of(const Session *session, Arena *arena, Str name) {
    StrBuf quoted = {0};
    dialect_name(dialect_of(session->database.engine), name, &quoted);
    Str copy = arena_copy(arena, strbuf_str(&quoted));
    strbuf_release(&quoted);
    return copy;
}

static bool has_tenants(const Session *session, const PlannedTable *table) {
    Str dimension = tenants_dimension(session);
    for (uint32_t i = 0; i < table->keys.count; i++)
        if (table->ownership == OWNED && str_equal(table->keys.items[i], dimension)) return true;
    return false;
}

static void add_policy(const Session *session, Arena *arena, Str table, StrBuf *out) {
    Str column = name_of(session, arena, tenants_dimension(session));
    strbuf_addf(out, "ALTER TABLE %s ENABLE ROW LEVEL SECURITY;\n", table.data);
    strbuf_addf(out, "ALTER TABLE %s FORCE ROW LEVEL SECURITY;\n", table.data);
    strbuf_addf(out, "DROP POLICY IF EXISTS weft_tenant ON %s;\n", table.data);
    strbuf_addf(out, "CREATE POLICY weft_tenant ON %s\n    USING (%s::text = " TENANT ")\n",
                table.data, column.data);
    strbuf_addf(out, "    WITH CHECK (%s::text = " TENANT ");\n", column.data);
}

static void add_postgresql(const Session *session, const Schema *schema, Arena *arena,
                           StrBuf *out) {
    strbuf_add_text(
        out, "-- For weft, during the migration: changing a table is for a member of its owner; "
             "CREATEDB is for the\n"
             "-- rehearsal of the backup.\n"
             "CREATE ROLE weft_migrator LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE CREATEDB;\n"
             "-- GRANT the owner of the tables TO weft_migrator;\n\n"
             "-- For the program, when it knows tenants.\n"
             "CREATE ROLE weft_runtime LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;\n");
    for (uint32_t i = 0; i < session->migration.tables.count; i++)
        strbuf_addf(out, "GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO weft_runtime;\n",
                    name_of(session, arena, session->migration.tables.items[i].name).data);
    strbuf_add_text(
        out, "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO weft_runtime;\n\n"
             "-- Each transaction of the program begins with SET LOCAL weft.tenant_id = '..'.\n");
    for (uint32_t i = 0; i < session->migration.tables.count; i++)
        if (has_tenants(session, &session->migration.tables.items[i]))
            add_policy(session, arena,
                       name_of(session, arena, session->migration.tables.items[i].name), out);
    for (uint32_t i = 0; i < schema->views.count; i++)
        strbuf_addf(out, "ALTER VIEW %s SET (security_invoker = true); -- PostgreSQL 15\n",
                    name_of(session, arena, schema->views.items[i].name).data);
}

static void add_mariadb(const Session *session, Arena *arena, StrBuf *out) {
    strbuf_add_text(out, "-- For weft, during the migration, in the database that is migrated.\n");
    strbuf_add_text(
        out,
        "CREATE USER weft_migrator@localhost;\n"
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, TRIGGER, LOCK TABLES ON "
        "DATABASE_NAME.* TO weft_migrator@localhost;\n"
        "-- For the rehearsal of the backup.\n"
        "GRANT ALL ON `weft\\_rehearsal\\_%`.* TO weft_migrator@localhost;\n\n"
        "-- For the program, when it knows tenants. MariaDB has no row-level security.\n"
        "CREATE USER weft_runtime@localhost;\n");
    for (uint32_t i = 0; i < session->migration.tables.count; i++)
        strbuf_addf(
            out,
            "GRANT SELECT, INSERT, UPDATE, DELETE ON DATABASE_NAME.%s TO weft_runtime@localhost;\n",
            name_of(session, arena, session->migration.tables.items[i].name).data);
}

void grants_write(const Session *session, const Schema *schema, StrBuf *out) {
    Arena scratch = {0};
    switch (session->database.engine) {
    case ENGINE_SQLITE:
        strbuf_add_text(out, "-- SQLite has no roles: who may write the file may do anything. Its "
                             "mode is 0600 at best.\n");
        break;
    case ENGINE_POSTGRESQL: add_postgresql(session, schema, &scratch, out); break;
    case ENGINE_MARIADB: add_mariadb(session, &scratch, out); break;
    case ENGINE_COUNT: break;
    }
    arena_release(&scratch);
}
