// In: a dump that is being written. Out: a transaction that sees the same. Must never hold writers off for longer than a
// client program needs to begin.
#include "migrate/backup_moment.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/bug.h"

// A lock that has to wait holds new writers off, too: it gives up soon, and tries again.
enum { LOCK_ATTEMPTS = 20, LOCK_MILLISECONDS = 1000, PAUSE_MILLISECONDS = 100, LOOK_MILLISECONDS = 5, LOOK_BYTES = 1 << 16 };

void backup_moment_start(BackupMoment *moment, Database *database, Database *beside, const Schema *schema, Str path) {
    *moment = (BackupMoment){.database = database, .beside = beside, .schema = schema, .path = path, .failed = database};
}

static bool fail_at(BackupMoment *moment, Database *failed) {
    moment->failed = failed;
    return false;
}

static void pause_for(unsigned milliseconds) {
    struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&time, NULL);
}

// ---- writers wait --------------------------------------------------------------------------------

static bool add_tables(const BackupMoment *moment, StrBuf *sql) {
    bool any = false;
    for (uint32_t i = 0; i < moment->schema->tables.count; i++) {
        const SchemaTable *table = &moment->schema->tables.items[i];
        if (table->kind != TABLE_ORDINARY && table->kind != TABLE_PARTITIONED) continue;
        strbuf_add_text(sql, any ? ", " : "LOCK TABLES ");
        dialect_name(dialect_of(moment->beside->engine), table->name, sql);
        strbuf_add_text(sql, " READ");
        any = true;
    }
    return any;
}

// Who may not lock tables has a backup all the same: it is compared as it is, which does when nobody writes.
static bool hold_writers(BackupMoment *moment) {
    StrBuf sql = {0};
    bool good = database_set_lock_timeout(moment->beside, LOCK_MILLISECONDS), any = add_tables(moment, &sql);
    for (unsigned attempt = 1; good && any && !moment->holds; attempt++) {
        moment->holds = database_execute(moment->beside, strbuf_str(&sql), NULL, 0);
        if (moment->holds || moment->beside->fault == DATABASE_REFUSED) break;
        good = moment->beside->fault == DATABASE_BUSY && attempt < LOCK_ATTEMPTS;
        if (good) pause_for(PAUSE_MILLISECONDS);
    }
    strbuf_release(&sql);
    return good || fail_at(moment, moment->beside);
}

bool backup_moment_begin(BackupMoment *moment, Arena *arena, Str *snapshot) {
    Value name = value_text(STR(""));
    bool found;
    *snapshot = STR("");
    if (moment->database->engine == ENGINE_MARIADB) return hold_writers(moment);
    if (!database_begin(moment->database) ||
        !database_first(moment->database, arena, STR("SELECT pg_export_snapshot()"), NULL, 0, &name, 1, &found))
        return fail_at(moment, moment->database);
    if (name.kind == VALUE_TEXT) *snapshot = name.text;
    return true;
}

// ---- both begin ----------------------------------------------------------------------------------

void backup_moment_dumped(BackupMoment *moment) { moment->dumped = true; }

// mariadb-dump writes some lines, begins its transaction, and writes this line for its first table.
static bool has_begun(const BackupMoment *moment, char *bytes) {
    int file = open(moment->path.data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    ssize_t length = file < 0 ? 0 : read(file, bytes, LOOK_BYTES);
    if (file >= 0) close(file);
    return length > 0 && str_find_str((Str){bytes, (size_t)length}, STR("\n-- Table structure for table ")) >= 0;
}

static void await_dump(BackupMoment *moment) {
    char *bytes = memory_alloc(LOOK_BYTES);
    while (!moment->dumped && !has_begun(moment, bytes)) pause_for(LOOK_MILLISECONDS);
    free(bytes);
}

bool backup_moment_share(BackupMoment *moment) {
    Database *database = moment->database;
    if (database->engine != ENGINE_MARIADB) return true;
    await_dump(moment);
    if (!database_execute(database, STR("START TRANSACTION WITH CONSISTENT SNAPSHOT"), NULL, 0))
        return fail_at(moment, database);
    database->in_transaction = true;
    return !moment->holds || database_execute(moment->beside, STR("UNLOCK TABLES"), NULL, 0) ||
           fail_at(moment, moment->beside);
}
