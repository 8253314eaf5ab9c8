// One moment of a server's database, for two connections that do not share a transaction: that of its client program, which
// writes a dump, and weft's, which sums what the dump must hold.
//
//     backup_moment_begin     PostgreSQL: the transaction, and its name for pg_dump
//                             MariaDB: writers wait
//     the client program starts
//     backup_moment_share     MariaDB: once it has begun its transaction: begins another one, and lets writers go on
//
// MariaDB has no names for what a transaction sees. So nobody writes between the beginnings of both: for as long as
// mariadb-dump needs to connect and to write its first lines.
#ifndef WEFT_MIGRATE_BACKUP_MOMENT_H
#define WEFT_MIGRATE_BACKUP_MOMENT_H

#include "migrate/backup_engine.h"

typedef struct BackupMoment {
    Database *database; // gets the transaction
    Database *beside;   // holds writers off
    const Schema *schema;
    Str path;             // of the dump
    Database *failed;     // the one whose fault is to be explained
    bool holds;
    _Atomic bool dumped;
} BackupMoment;

// Fills *MOMENT in; nothing is asked yet.
void backup_moment_start(BackupMoment *moment, Database *database, Database *beside, const Schema *schema, Str path);
// *SNAPSHOT is what pg_dump shall be told; empty for MariaDB. False with the fault of *moment->failed.
bool backup_moment_begin(BackupMoment *moment, Arena *arena, Str *snapshot);
// The client program has ended, well or not.
void backup_moment_dumped(BackupMoment *moment);
// From now on the transaction of *moment->database sees what the dump has. Waits for the client program, which runs in
// another thread, or has ended. False with the fault of *moment->failed.
bool backup_moment_share(BackupMoment *moment);

#endif
