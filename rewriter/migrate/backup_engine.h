// What the parts of a backup share: backup.c, and a file for each way to make and restore one.
#ifndef WEFT_MIGRATE_BACKUP_ENGINE_H
#define WEFT_MIGRATE_BACKUP_ENGINE_H

#include "migrate/backup.h"
#include "migrate/checksum.h"
#include "migrate/file_digest.h"

// Of all tables of a schema, in its order; zero for tables whose rows are elsewhere.
typedef struct BackupSums {
    Checksum *items;
    uint32_t count;
} BackupSums;

// What is on the disk.
typedef struct BackupFile {
    Digest digest; // SHA-256 of all of it
    uint64_t bytes;
    double copied, proven; // seconds that it took to write it, and to prove it
} BackupFile;

bool backup_refuse(const char *what, const char *why, Diagnostics *diagnostics); // E669; false
// False with the database's fault.
bool backup_sum(Database *database, const Schema *schema, Arena *arena, BackupSums *sums);
// False after E669 that names the first table that differs.
bool backup_compare(const Schema *schema, const BackupSums *live, const BackupSums *copy,
                    Diagnostics *diagnostics);

// Make the new file PATH, wait for the disk, and prove that it is the database. SQLite's has been read back to FILE then.
// False after E669.
bool backup_make_sqlite(Database *database, Str path, BackupFile *file, Diagnostics *diagnostics);
bool backup_make_dump(Database *database, const Schema *schema, Str path, BackupFile *file,
                      Diagnostics *diagnostics);

// Put the file PATH back as the database. False after a diagnostic; the database is as it was then (SQLite, PostgreSQL).
bool backup_restore_sqlite(Database *database, Str path, Diagnostics *diagnostics);
bool backup_restore_dump(Database *database, Str path, Diagnostics *diagnostics);

#endif
