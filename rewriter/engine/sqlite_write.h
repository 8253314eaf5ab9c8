// The file of a copy, for SQLite to write: pages go to the disk in large pieces, and are summed on the way.
#ifndef WEFT_ENGINE_SQLITE_WRITE_H
#define WEFT_ENGINE_SQLITE_WRITE_H

#include "engine/page_sum.h"
#include "engine/sqlite.h"

// Lives where it is from sqlite_write_open to sqlite_write_close: SQLite knows the address.
typedef struct SqliteWriter {
    sqlite3 *connection; // the file as a database
    sqlite3_vfs files;   // has this file only
    char name[40];       // of `files`
} SqliteWriter;

// Opens the new file PATH, which must not be there: nobody else's is written over, and nobody else can read it. There are no
// locks, and no journal can be made. A code of SQLite's; *WRITER is to be closed in any case.
int sqlite_write_open(SqliteWriter *writer, const char *path);
// Writes what is left, and says what was written. It is not synced. A code of SQLite's.
int sqlite_write_finish(SqliteWriter *writer, PageSum *sum);
void sqlite_write_close(SqliteWriter *writer);

#endif
