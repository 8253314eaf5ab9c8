// SQLite's online backup. In: an open database. Out: a new file that is the database at one moment; and such a file put
// back.
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "engine/sqlite_write.h"

// All pages in one step: with smaller ones the copy starts anew whenever another connection has written.
static int copy_pages(sqlite3 *to, sqlite3 *from) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == NULL) return sqlite3_errcode(to);
    int code = sqlite3_backup_step(backup, -1);
    int end = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? SQLITE_OK : end != SQLITE_OK ? end : code;
}

// ---- pages pass through --------------------------------------------------------------------------

// Each page is needed once, and the next one takes its place while that is still near the processor: with the ordinary two
// megabytes for each side a copy takes a quarter more of its time.
enum { FEW_PAGES = 10 };

static int keep_number(void *context, int count, char **values, char **names) {
    int *number = context;
    (void)names;
    if (count > 0 && values[0] != NULL) *number = (int)strtol(values[0], NULL, 10);
    return 0;
}

// PAGES, or with a sign KiB.
static void set_cache(sqlite3 *connection, int pages) {
    char *sql = sqlite3_mprintf("PRAGMA main.cache_size = %d", pages);
    if (sql != NULL) sqlite3_exec(connection, sql, NULL, NULL, NULL); // else it is slower
    sqlite3_free(sql);
}

static int copy_through(sqlite3 *to, sqlite3 *from) {
    int before = 0;
    sqlite3_exec(from, "PRAGMA main.cache_size", keep_number, &before, NULL);
    set_cache(to, FEW_PAGES);
    set_cache(from, FEW_PAGES);
    int code = copy_pages(to, from);
    if (before != 0) set_cache(from, before);
    return code;
}

bool sqlite_copy(Database *database, Str path, PageSum *sum) {
    SqliteWriter writer;
    errno = 0;
    int code = sqlite_write_open(&writer, path.data);
    int cause = code == SQLITE_CANTOPEN ? sqlite3_system_errno(writer.connection) : 0;
    if (code == SQLITE_OK) code = copy_through(writer.connection, database->connection);
    if (code == SQLITE_OK) code = sqlite_write_finish(&writer, sum);
    bool good = code == SQLITE_OK ||
                driver_fail(database, sqlite_fault(code), cause != 0 ? strerror(cause) : sqlite3_errstr(code));
    sqlite_write_close(&writer);
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
