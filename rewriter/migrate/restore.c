// Restoring. In: a backup whose bytes are those that weft wrote. Out: the database as it was, and a list of what came
// after. Must never lose the present state: it is copied first.
#include "migrate/restore.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/message.h"
#include "base/path.h"
#include "engine/sqlite.h"
#include "migrate/backup_engine.h"

// ---- what is newer -------------------------------------------------------------------------------

// Of the backup's tables and columns, how many rows the database has that the backup has not.
static bool count_newer(Database *database, const SchemaTable *table, int64_t *newer) {
    const Dialect *dialect = dialect_of(database->engine);
    StrBuf columns = {0}, name = {0}, sql = {0};
    for (uint32_t i = 0; i < table->columns.count; i++) {
        if (i > 0) strbuf_add_text(&columns, ", ");
        dialect_name(dialect, table->columns.items[i].name, &columns);
    }
    dialect_name(dialect, table->name, &name);
    strbuf_addf(
        &sql, "SELECT count(*) FROM (SELECT %s FROM main.%s EXCEPT SELECT %s FROM weft_backup.%s)",
        columns.data, name.data, columns.data, name.data);
    bool good = database_integer(database, strbuf_str(&sql), NULL, 0, newer);
    strbuf_release(&columns);
    strbuf_release(&name);
    strbuf_release(&sql);
    return good;
}

static bool count_rows(Database *database, Str table, int64_t *rows) {
    StrBuf sql = {0};
    strbuf_add_text(&sql, "SELECT count(*) FROM ");
    dialect_name(dialect_of(database->engine), table, &sql);
    bool good = database_integer(database, strbuf_str(&sql), NULL, 0, rows);
    strbuf_release(&sql);
    return good;
}

// One line for each table of the backup that has changed since.
static bool report_tables(Database *database, const Schema *then, const Schema *now, StrBuf *text) {
    for (uint32_t i = 0; i < then->tables.count; i++) {
        const SchemaTable *table = &then->tables.items[i];
        int64_t rows, newer;
        if (table->kind != TABLE_ORDINARY) continue;
        if (schema_table(now, table->name) == NULL) {
            message_add(text, "%.*s: is gone\n", STR_ARG(table->name));
            continue;
        }
        if (!count_rows(database, table->name, &rows) || !count_newer(database, table, &newer))
            return false;
        if (newer == 0 && rows == table->rows) continue;
        message_add(text,
                    "%.*s: %" PRId64 " rows, %" PRId64 " in the backup; %" PRId64
                    " are new or changed\n",
                    STR_ARG(table->name), rows, table->rows, newer);
    }
    return true;
}

static bool report_sqlite(Session *session, Str path, const Schema *now, StrBuf *text) {
    Database copy;
    Schema then = {0};
    if (!database_open(&copy, ENGINE_SQLITE, path, session->diagnostics)) return false;
    bool good = catalog_read_counted(&copy, &then, session->diagnostics);
    database_close(&copy);
    if (good) {
        good = sqlite_attach(&session->database, path, STR("weft_backup")) &&
               report_tables(&session->database, &then, now, text) &&
               database_execute(&session->database, STR("DETACH weft_backup"), NULL, 0);
        if (!good)
            database_explain(&session->database, "compare it with the backup",
                             session->diagnostics);
    }
    schema_release(&then);
    return good;
}

// A server's dump is not open: what it had is known from the numbers of the plan only.
static bool report_server(Session *session, StrBuf *text) {
    for (uint32_t i = 0; i < session->migration.tables.count; i++) {
        const PlannedTable *table = &session->migration.tables.items[i];
        int64_t rows;
        if (!count_rows(&session->database, table->name, &rows)) {
            database_explain(&session->database, "count the rows", session->diagnostics);
            return false;
        }
        message_add(text, "%.*s: %" PRId64 " rows now", STR_ARG(table->name), rows);
        if (table->rows >= 0)
            message_add(text, ", %" PRId64 " when the plan was made", table->rows);
        strbuf_add_char(text, '\n');
    }
    return true;
}

static bool report_newer(Session *session, const Backup *backup, const Schema *now, Arena *arena,
                         Str *report) {
    StrBuf text = {0};
    bool good = session->database.engine == ENGINE_SQLITE
                    ? report_sqlite(session, backup->path, now, &text)
                    : report_server(session, &text);
    *report = arena_copy(arena, strbuf_str(&text));
    strbuf_release(&text);
    return good;
}

// ---- putting back --------------------------------------------------------------------------------

// The state that is given up, beside the record; its name is kept there.
static bool keep_present(Session *session, const Schema *now) {
    BackupOptions options = {0};
    return backup_make(&session->database, now, &options, &session->site, &session->record,
                       "present", session->diagnostics);
}

static bool put_back(Session *session, Str path) {
    return session->database.engine == ENGINE_SQLITE
               ? backup_restore_sqlite(&session->database, path, session->diagnostics)
               : backup_restore_dump(&session->database, path, session->diagnostics);
}

bool restore_backup(Session *session, bool confirmed, Arena *arena, Str *report) {
    Schema now = {0};
    Backup backup;
    *report = STR_NONE;
    bool good = backup_find(arena, &session->record, &backup, session->diagnostics) &&
                catalog_read(&session->database, &now, session->diagnostics) &&
                report_newer(session, &backup, &now, arena, report);
    if (good && confirmed) {
        good = keep_present(session, &now) && put_back(session, backup.path);
        // What the backup does not know stays on a server, the ledger among it.
        good =
            good && (ledger_drop(&session->database) || session->database.engine == ENGINE_SQLITE);
        good = good && record_add(&session->site, &session->record, session->diagnostics,
                                  "restored", backup.path.data, NULL);
    }
    schema_release(&now);
    return good;
}
