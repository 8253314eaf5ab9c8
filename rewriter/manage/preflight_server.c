// What a server says of this user and of others. In: an open database of a server. Out: answers: may it change the tables,
// may it do more than a migration needs, and who else is connected. Only asks.
#include <inttypes.h>

#include "manage/preflight.h"

// Numbers of one row each.
typedef struct Questions {
    const char *
        missing; // rights that the migration needs and this user has not got, as far as the server tells
    const char *most;      // 1 when this user may do anything on the server
    const char *rehearsal; // 1 when it may make the database that a backup is tried in
    const char *others;    // connections of others to this database
} Questions;

// Changing a table is for its owner, or a member of that role.
static const Questions POSTGRESQL = {
    .missing = "SELECT (SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
               "ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN "
               "('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_toast%' AND NOT "
               "pg_has_role(c.relowner, 'USAGE')) + (CASE WHEN "
               "has_schema_privilege(current_schema(), 'CREATE') THEN 0 ELSE 1 END)",
    .most =
        "SELECT count(*) FROM pg_catalog.pg_roles WHERE rolname = current_user AND (rolsuper OR "
        "rolbypassrls)",
    .rehearsal = "SELECT count(*) FROM pg_catalog.pg_roles WHERE rolname = current_user AND "
                 "(rolcreatedb OR rolsuper)",
    .others = "SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datname = current_database() "
              "AND pid <> pg_backend_pid()",
};

// 'me'@'localhost', as the tables of rights write it.
#define GRANTEE "concat('''', replace(current_user(), '@', '''@'''), '''')"
#define NEEDED                                                                                     \
    "('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'ALTER', 'DROP', 'INDEX', 'TRIGGER', "     \
    "'LOCK TABLES')"

static const Questions MARIADB = {
    .missing = "SELECT 10 - count(DISTINCT privilege_type) FROM (SELECT privilege_type FROM "
               "information_schema.user_privileges WHERE grantee = " GRANTEE " UNION ALL SELECT "
               "privilege_type FROM information_schema.schema_privileges WHERE grantee = " GRANTEE
               " AND database() LIKE table_schema) AS own WHERE privilege_type IN " NEEDED,
    .most = "SELECT count(*) FROM information_schema.user_privileges WHERE grantee = " GRANTEE
            " AND privilege_type = 'SUPER'",
    .rehearsal =
        "SELECT (SELECT count(*) FROM information_schema.user_privileges WHERE grantee = " GRANTEE
        " AND privilege_type = 'CREATE') + (SELECT count(*) FROM "
        "information_schema.schema_privileges WHERE grantee = " GRANTEE
        " AND 'weft_rehearsal_1' LIKE table_schema AND privilege_type = 'CREATE')",
    .others = "SELECT count(*) FROM information_schema.processlist WHERE db = database() AND id <> "
              "connection_id()",
};

static const Questions *questions_of(DataEngine engine) {
    return engine == ENGINE_POSTGRESQL ? &POSTGRESQL : &MARIADB;
}

// -1: the server does not say.
static int64_t ask(Database *database, const char *sql) {
    int64_t number;
    return database_integer(database, str_from(sql), NULL, 0, &number) ? number : -1;
}

void preflight_rights(Preflight *preflight, Database *database) {
    const Questions *questions = questions_of(database->engine);
    int64_t missing = ask(database, questions->missing), most = ask(database, questions->most);
    int64_t rehearsal = ask(database, questions->rehearsal);
    const char *remedy = "`weft data grants` prints the smallest roles; use the first of them";
    if (most > 0)
        preflight_add(
            preflight, "privileges", PREFLIGHT_WARN, remedy,
            "this user may do anything on the server, which is more than a migration needs");
    else if (missing > 0 && database->engine == ENGINE_POSTGRESQL)
        preflight_add(preflight, "privileges", PREFLIGHT_FAIL, remedy,
                      "this user owns not all tables, or may make none: %" PRId64
                      " cannot be changed",
                      missing);
    else if (missing > 0) // a role may have it, which the tables of rights do not show
        preflight_add(preflight, "privileges", PREFLIGHT_UNKNOWN, remedy,
                      "%" PRId64
                      " rights that a migration needs are not granted to this user itself",
                      missing);
    else if (missing < 0 || most < 0)
        preflight_add(preflight, "privileges", PREFLIGHT_UNKNOWN, remedy,
                      "the server does not say what this user may do");
    else if (rehearsal <= 0)
        preflight_add(
            preflight, "privileges", PREFLIGHT_WARN,
            "`weft data grants` says which right; or apply with --no-backup and a backup "
            "of your own",
            "this user may change the tables, but a backup may not be tried: it may make no "
            "database");
    else
        preflight_add(preflight, "privileges", PREFLIGHT_PASS, "",
                      "this user may change the tables and try a backup, and not all else");
}

void preflight_connections(Preflight *preflight, Database *database) {
    int64_t others = ask(database, questions_of(database->engine)->others);
    if (others < 0)
        preflight_add(preflight, "holders", PREFLIGHT_UNKNOWN, "ask the server who is connected",
                      "who uses the database cannot be told");
    else if (others > 0)
        preflight_add(preflight, "holders", PREFLIGHT_WARN,
                      "they may go on: phases wait for their locks; end them to be quicker "
                      "(`weft data apply --offline`)",
                      "%" PRId64 " other connections to the database", others);
    else
        preflight_add(preflight, "holders", PREFLIGHT_PASS, "",
                      "nobody else is connected, as far as this user is told");
}
