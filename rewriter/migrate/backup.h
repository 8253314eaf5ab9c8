// A copy of the whole database before the first change, and the proof that it can be used.
#ifndef WEFT_MIGRATE_BACKUP_H
#define WEFT_MIGRATE_BACKUP_H

#include "base/vec.h"
#include "data/schema.h"
#include "migrate/record.h"

typedef struct BackupOptions {
    Str folder;      // where it goes; empty: the place of the migration
    Vec(Str) copies; // more folders, each of which gets a copy
} BackupOptions;

typedef struct Backup {
    Str path;
    uint64_t bytes;
    DigestText digest; // SHA-256
} Backup;

// Makes a backup, restores it beside the database (for SQLite it is a database already), compares all tables of
// SCHEMA with it by counts and checksums, and notes it in the record as WORD ("backup", or "present" for what is
// given up). False after E669; what was written is removed.
bool backup_make(Database *database, const Schema *schema, const BackupOptions *options, Site *site,
                 Record *record, const char *word, Diagnostics *diagnostics);
// The newest one of the plan that is in the record, once its bytes are seen to be those that were written. False
// after E669.
bool backup_find(Arena *arena, const Record *record, Backup *backup, Diagnostics *diagnostics);

#endif
