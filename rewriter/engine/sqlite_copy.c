// SQLite's online backup. In: an open database. Out: a new file that is the database at one moment; and such a file put
// back.
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "engine/sqlite.h"

enum { COPY_MODE = 0600 };

// The file is made here, so that nobody else's is written over and nobody else can read it.
static bool make_file(Database *database, Str path) {
    int file = open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, COPY_MODE);
    if (file < 0) return driver_fail(database, DATABASE_REFUSED, strerror(errno));
    close(file);
    return true;
}

// All pages in one step: with smaller ones the copy starts anew whenever another connection has written.
static int copy_pages(sqlite3 *to, sqlite3 *from) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == NULL) return sqlite3_errcode(to);
    int code = sqlite3_backup_step(backup, -1);
    int end = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? SQLITE_OK : end != SQLITE_OK ? end : code;
}

bool sqlite_copy(Database *database, Str path) {
    if (!make_file(database, path)) return false;
    sqlite3 *to;
    int code = sqlite3_open_v2(path.data, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    // A copy that a crash cuts short is thrown away: it needs no journal, and the caller syncs it once.
    if (code == SQLITE_OK)
        code = sqlite3_exec(to, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    if (code == SQLITE_OK) code = copy_pages(to, database->connection);
    bool good =
        code == SQLITE_OK || driver_fail(database, sqlite_fault(code), sqlite3_errstr(code));
    sqlite3_close_v2(to);
    return good;
}

bool sqlite_put_back(Database *database, Str path) {
    sqlite3 *from;
    int code = sqlite3_open_v2(path.data, &from, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) code = copy_pages(database->connection, from);
    bool good =
        code == SQLITE_OK || driver_fail(database, sqlite_fault(code), sqlite3_errstr(code));
    sqlite3_close_v2(from);
    return good;
}
