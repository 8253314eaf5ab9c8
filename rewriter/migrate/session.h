// One command that works on a database and its migration: what is open, and what is known.
#ifndef WEFT_MIGRATE_SESSION_H
#define WEFT_MIGRATE_SESSION_H

#include "migrate/backup.h"
#include "migrate/catalog.h"
#include "migrate/run.h"

typedef struct SessionOptions {
    Str root;     // real path of the tree, may be empty
    Str database; // a path, or ENGINE://..
    bool offline;
    bool no_backup;
    uint32_t wait_seconds; // for locks of others, and for a server that is away
    BackupOptions backup;
    void (*progress)(void *context, const char *what, uint64_t done, uint64_t total);
    void *context;
} SessionOptions;

typedef struct Session {
    Arena arena;
    const SessionOptions *options;
    Diagnostics *diagnostics;
    Site site;
    Record record;
    Database database;
    Migration migration;
    Str plan;          // its bytes
    DigestText digest; // of them
    bool has_ledger;   // the database is in a migration, or was
    bool is_open;
} Session;

typedef enum SessionResult {
    SESSION_DONE,
    SESSION_STOPPED,   // somebody asked for it; `resume` goes on
    SESSION_CANCELLED, // somebody asked for that; what was done is to be taken back
    SESSION_WAITING,   // locked, lost or full; `resume` goes on
    SESSION_FAILED,    // after a diagnostic
    SESSION_STALE,     // the database is not the one of the plan; nothing was done
} SessionResult;

// Opens the place of the migration and the database, for a command that changes something (LOCKED: nobody else may) or
// only looks. False after a diagnostic.
bool session_open(Session *session, const SessionOptions *options, bool locked,
                  Diagnostics *diagnostics);
void session_close(Session *session);
// Explains the fault of its database: "cannot WHAT". False.
bool session_fail(Session *session, const char *what);
// Which engine a name of a database means: that of its scheme, else SQLite.
DataEngine session_engine(Str database);

// Takes PLAN, the bytes of a plan file called NAME, as the one to carry out. False after E620.
bool session_use_plan(Session *session, Str name, Str plan);
// Takes the one that an earlier command began with; false after E670 without one.
bool session_use_kept_plan(Session *session);

// Carries the plan out, up to the phase LAST. At its first run: compares the schema, makes a backup, makes the ledger.
SessionResult session_apply(Session *session, Phase last);
// Takes the phases from DOWN_TO on back. Rows of tenants that came since the backfill are written to a file first;
// without DISCARD_TENANTS that there are any is E671.
SessionResult session_rollback(Session *session, Phase down_to, bool discard_tenants);

#endif
