// A command and its migration. In: a plan, a database. Out: the plan is carried out or taken back, with a backup before
// and a record of all of it. Must never begin on a database that is not the one the plan was made for.
#include "migrate/session.h"

#include <inttypes.h>

#include "apply/interrupt.h"
#include "migrate/survey.h"
#include "migrate/tenants.h"
#include "migrate/verify.h"

bool session_fail(Session *session, const char *what) {
    database_explain(&session->database, what, session->diagnostics);
    return false;
}

DataEngine session_engine(Str database) {
    ptrdiff_t end = str_find_str(database, STR("://"));
    DataEngine engine;
    return end > 0 && engine_find(str_slice(database, 0, (size_t)end), &engine) ? engine
                                                                                : ENGINE_SQLITE;
}

static SessionResult refuse(Session *session, const char *what, const char *help) {
    diagnostic_add(session->diagnostics, DIAGNOSTIC_E670, SPAN_NONE, "%s", what);
    diagnostic_help(session->diagnostics, "%s", help);
    return SESSION_FAILED;
}

// Faults that pass by themselves or once somebody has done something: going on is possible.
static SessionResult fault(Session *session, const char *what) {
    DatabaseFault found = session->database.fault;
    database_explain(&session->database, what, session->diagnostics);
    return found == DATABASE_BUSY || found == DATABASE_LOST || found == DATABASE_FULL
               ? SESSION_WAITING
               : SESSION_FAILED;
}

// ---- opening -------------------------------------------------------------------------------------

static bool find_ledger(Session *session) {
    Arena scratch = {0};
    LedgerRow row = {STEP_NEW, STR_NONE, 0, STR_NONE};
    bool exists, good = ledger_exists(&session->database, &exists) &&
                        (!exists || ledger_get(&session->database, &scratch, LEDGER_PLAN, &row));
    if (!good) fault(session, "look for a migration in the database");
    session->has_ledger = good && row.state != STEP_NEW;
    arena_release(&scratch);
    return good;
}

bool session_open(Session *session, const SessionOptions *options, bool locked,
                  Diagnostics *diagnostics) {
    DataEngine engine = session_engine(options->database);
    *session = (Session){.options = options, .diagnostics = diagnostics, .site = {.lock = -1}};
    session->is_open = database_open(&session->database, engine, options->database, diagnostics);
    return session->is_open &&
           site_open(&session->site, options->root, engine, options->database, diagnostics) &&
           (!locked || site_take_lock(&session->site, diagnostics)) &&
           record_read(&session->site, locked, &session->record, diagnostics) &&
           find_ledger(session);
}

void session_close(Session *session) {
    if (session->is_open) database_close(&session->database);
    migration_release(&session->migration);
    record_release(&session->record);
    site_close(&session->site);
    arena_release(&session->arena);
}

bool session_use_plan(Session *session, Str name, Str plan) {
    session->plan = plan;
    Digest digest = digest_of(plan);
    session->digest = digest_text(&digest);
    if (!migration_read(name, plan, &session->migration, session->diagnostics)) return false;
    if (session->migration.engine == session->database.engine) return true;
    diagnostic_add(session->diagnostics, DIAGNOSTIC_E666, SPAN_NONE,
                   "the plan is for %s, and the database is one of %s",
                   engine_name(session->migration.engine), engine_name(session->database.engine));
    return false;
}

bool session_use_kept_plan(Session *session) {
    Str plan;
    if (!site_read(&session->site, &session->arena, "plan.json", &plan, session->diagnostics))
        return false;
    if (plan.length > 0) return session_use_plan(session, STR("plan.json"), plan);
    refuse(session, "no migration of this database has begun",
           "`weft data apply --plan FILE` begins one");
    return false;
}

// ---- beginning -----------------------------------------------------------------------------------

static SessionResult refuse_schema(Session *session, const Schema *schema) {
    Digest digest = schema_digest(schema);
    diagnostic_add(session->diagnostics, DIAGNOSTIC_E666, SPAN_NONE,
                   "the schema of '%.*s' is not the one that the plan was made for",
                   STR_ARG(session->site.database));
    diagnostic_note(session->diagnostics, "its digest is %.12s.., the plan's %.*s",
                    digest_text(&digest).digits, 12,
                    session->migration.schema_digest.length > 0
                        ? session->migration.schema_digest.data
                        : "none");
    diagnostic_help(session->diagnostics,
                    "`weft data plan` makes one for the schema as it is now; nothing was done");
    return SESSION_STALE;
}

static SessionResult check_schema(Session *session, Schema *schema) {
    if (!catalog_read(&session->database, schema, session->diagnostics)) return SESSION_FAILED;
    Digest digest = schema_digest(schema);
    return str_is(session->migration.schema_digest, digest_text(&digest).digits)
               ? SESSION_DONE
               : refuse_schema(session, schema);
}

// The ledger with its first row; one of an earlier migration, which is over, goes.
static bool make_ledger(Session *session) {
    Database *database = &session->database;
    LedgerRow row = {STEP_RUNNING, str_from(session->digest.digits), 0, STR("0")};
    bool good = database_begin(database) && ledger_drop(database) && ledger_create(database) &&
                ledger_put(database, LEDGER_PLAN, &row) && database_commit(database);
    if (good) return session->has_ledger = true;
    database_rollback(database);
    return false;
}

static SessionResult begin(Session *session) {
    Schema schema = {0};
    const SessionOptions *options = session->options;
    SessionResult result = check_schema(session, &schema);
    bool good = result == SESSION_DONE &&
                record_add(&session->site, &session->record, session->diagnostics, "plan",
                           session->digest.digits, NULL) &&
                site_write(&session->site, "plan.json", session->plan, session->diagnostics) &&
                tenants_forget(session) && verify_note_references(session, &schema) &&
                (options->no_backup ||
                 backup_make(&session->database, &schema, &options->backup, &session->site,
                             &session->record, "backup", session->diagnostics));
    schema_release(&schema);
    if (result != SESSION_DONE) return result;
    if (!good) return SESSION_FAILED;
    return make_ledger(session) ? SESSION_DONE : fault(session, "begin the migration");
}

// Whether the migration that the ledger is about is the one of this plan.
static SessionResult check_ledger(Session *session) {
    LedgerRow row;
    if (!ledger_get(&session->database, &session->arena, LEDGER_PLAN, &row))
        return fault(session, "read the ledger in the database");
    if (str_is(row.position, session->digest.digits)) return SESSION_DONE;
    if (record_plan_is_over(&session->record, row.position)) return begin(session);
    return refuse(session, "the database is in the middle of another plan",
                  "`weft data resume` goes on with that one, `weft data rollback` takes it back");
}

// ---- running -------------------------------------------------------------------------------------

static MigrationRun run_of(Session *session, Phase last) {
    const SessionOptions *options = session->options;
    return (MigrationRun){.database = &session->database,
                          .migration = &session->migration,
                          .dialect = dialect_of(session->database.engine),
                          .site = &session->site,
                          .record = &session->record,
                          .diagnostics = session->diagnostics,
                          .last = last,
                          .offline = options->offline,
                          .wait_seconds = options->wait_seconds,
                          .progress = options->progress,
                          .context = options->context};
}

static SessionResult result_of(const Session *session, MigrationResult result) {
    DatabaseFault found = session->database.fault;
    switch (result) {
    case MIGRATE_DONE: return SESSION_DONE;
    case MIGRATE_STOPPED: return SESSION_STOPPED;
    case MIGRATE_FAILED: break;
    }
    return found == DATABASE_BUSY || found == DATABASE_LOST || found == DATABASE_FULL
               ? SESSION_WAITING
               : SESSION_FAILED;
}

// The phases in which rows get their owners, and then the rest: who is there in between is noted.
static MigrationResult run_phases(Session *session, MigrationRun *run, Phase last) {
    run->last = last < PHASE_VERIFY ? last : PHASE_VERIFY;
    MigrationResult result = migration_apply(run);
    if (result != MIGRATE_DONE || last < PHASE_VERIFY) return result;
    bool is_noted = record_find(&session->record, "verified", NULL) != NULL;
    if (!is_noted &&
        !(verify_rows(session, run) && tenants_note(session, run) &&
          record_add(&session->site, &session->record, session->diagnostics, "verified", NULL)))
        return MIGRATE_FAILED;
    run->last = last;
    return migration_apply(run);
}

SessionResult session_apply(Session *session, Phase last) {
    SessionResult result = session->has_ledger ? check_ledger(session) : begin(session);
    if (result != SESSION_DONE) return result;
    interrupt_watch();
    Surveys surveys = {0};
    MigrationRun run = run_of(session, last);
    run.surveys = &surveys;
    MigrationResult done = run_phases(session, &run, last);
    surveys_release(&surveys);
    arena_release(&run.arena);
    if (done == MIGRATE_STOPPED && run.cancelled) return SESSION_CANCELLED;
    if (done == MIGRATE_FAILED)
        record_add(&session->site, &session->record, session->diagnostics, "stopped", "failed",
                   NULL);
    return result_of(session, done);
}

// ---- taking back ---------------------------------------------------------------------------------

static bool refuse_new_tenants(Session *session, int64_t count, Str names, Str path) {
    diagnostic_add(session->diagnostics, DIAGNOSTIC_E671, SPAN_NONE,
                   "%" PRId64 " rows belong to tenants that came since the migration: %.*s", count,
                   STR_ARG(names));
    diagnostic_note(
        session->diagnostics,
        "without their columns nobody could tell whose they are; they are written to '%.*s'",
        STR_ARG(path));
    diagnostic_help(session->diagnostics, "`--discard-tenants` deletes them in the database");
    return false;
}

static bool discard_rows(Session *session, const Schema *schema, Arena *scratch, int64_t count,
                         Str path) {
    Str rows = arena_format(scratch, "%" PRId64, count);
    return tenants_delete_new(session, schema) &&
           record_add(&session->site, &session->record, session->diagnostics, "discarded",
                      rows.data, path.data, NULL);
}

static bool look_for_new_tenants(Session *session, bool discard) {
    Schema schema = {0};
    Arena scratch = {0};
    Str path, names;
    int64_t count;
    bool good = catalog_read(&session->database, &schema, session->diagnostics) &&
                tenants_export_new(session, &schema, &scratch, &path, &count, &names);
    if (good && count > 0)
        good = discard ? discard_rows(session, &schema, &scratch, count, path)
                       : refuse_new_tenants(session, count, names, path);
    arena_release(&scratch);
    schema_release(&schema);
    return good;
}

SessionResult session_rollback(Session *session, Phase down_to, bool discard_tenants) {
    // A ledger without its first row was being made when the machine stopped.
    if (!session->has_ledger && !ledger_drop(&session->database))
        return fault(session, "remove the ledger from the database");
    if (!session->has_ledger)
        return refuse(session, "there is nothing to take back in this database",
                      "`weft data status` says what was done");
    SessionResult result = check_ledger(session);
    if (result != SESSION_DONE) return result;
    bool good = down_to > PHASE_BACKFILL || look_for_new_tenants(session, discard_tenants);
    good = good && record_add(&session->site, &session->record, session->diagnostics, "rollback",
                              phase_name(down_to), NULL);
    if (!good) return SESSION_FAILED;
    interrupt_watch();
    MigrationRun run = run_of(session, PHASE_CONTRACT);
    MigrationResult done = migration_undo(&run, down_to);
    arena_release(&run.arena);
    return result_of(session, done);
}
