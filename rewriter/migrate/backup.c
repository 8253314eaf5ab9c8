// Backups. In: an open database. Out: a file that was proven to be the same database, and a line in the record. A
// backup that nobody has restored is a hope: so each is opened, checked and compared before anything is changed.
#include "migrate/backup_engine.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/message.h"
#include "base/path.h"

bool backup_refuse(const char *what, const char *why, Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E669, SPAN_NONE, "cannot %s: %s", what, why);
    diagnostic_note(diagnostics, "nothing was changed in the database");
    return false;
}

// ---- names ---------------------------------------------------------------------------------------

static Str new_name(Arena *arena, Str folder, const char *ending) {
    char text[32] = "";
    time_t seconds = time(NULL);
    struct tm parts;
    if (gmtime_r(&seconds, &parts)) strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &parts);
    for (unsigned number = 0;; number++) {
        struct stat status;
        Str name = number == 0 ? arena_format(arena, "backup-%s.%s", text, ending)
                               : arena_format(arena, "backup-%s-%u.%s", text, number, ending);
        Str path = path_join(arena, folder, name);
        if (lstat(path.data, &status) != 0) return path;
    }
}

// The absolute path of FOLDER, since a record outlives the folder that the command ran in.
static bool find_folder(Arena *arena, Str folder, Str fallback, Str *real,
                        Diagnostics *diagnostics) {
    if (folder.length == 0) {
        *real = fallback;
        return true;
    }
    Str what = message_format(arena, "put a backup into '%.*s'", STR_ARG(folder));
    return path_real(arena, folder, real) || backup_refuse(what.data, strerror(errno), diagnostics);
}

// ---- comparing -----------------------------------------------------------------------------------

static StrItems columns_of(Arena *arena, const SchemaTable *table) {
    StrItems columns = {0};
    for (uint32_t i = 0; i < table->columns.count; i++)
        list_add(arena, &columns, table->columns.items[i].name);
    return columns;
}

bool backup_sum(Database *database, const Schema *schema, Arena *arena, BackupSums *sums) {
    sums->count = schema->tables.count;
    sums->items = arena_array(arena, Checksum, sums->count + 1);
    for (uint32_t i = 0; i < schema->tables.count; i++) {
        const SchemaTable *table = &schema->tables.items[i];
        StrItems columns = columns_of(arena, table);
        if (table->kind != TABLE_ORDINARY && table->kind != TABLE_PARTITIONED) continue;
        if (!checksum_of_table(database, &columns, table->name, &sums->items[i])) return false;
    }
    return true;
}

bool backup_compare(const Schema *schema, const BackupSums *live, const BackupSums *copy,
                    Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < schema->tables.count; i++) {
        if (checksum_equal(&live->items[i], &copy->items[i])) continue;
        diagnostic_add(diagnostics, DIAGNOSTIC_E669, SPAN_NONE,
                       "the backup is not the database: '%.*s' has %" PRId64
                       " rows in it and %" PRId64 " in the database%s",
                       STR_ARG(schema->tables.items[i].name), copy->items[i].rows,
                       live->items[i].rows,
                       copy->items[i].rows == live->items[i].rows ? ", with other contents" : "");
        diagnostic_note(diagnostics, "nothing was changed in the database");
        return false;
    }
    return true;
}

// ---- one backup ----------------------------------------------------------------------------------

static bool make_file(Database *database, const Schema *schema, Str path, BackupFile *file,
                      Diagnostics *diagnostics) {
    if (database->engine == ENGINE_SQLITE) return backup_make_sqlite(database, path, file, diagnostics);
    return backup_make_dump(database, schema, path, file, diagnostics) &&
           (file_digest(path, &file->digest, &file->bytes) ||
            backup_refuse("read the backup", strerror(errno), diagnostics));
}

static bool copy_to(Arena *arena, Str path, const Digest *digest, Str folder,
                    Diagnostics *diagnostics) {
    Digest copied;
    Str to, real;
    if (!find_folder(arena, folder, STR_NONE, &real, diagnostics)) return false;
    to = path_join(arena, real, path_basename(path));
    Str what = message_format(arena, "copy the backup to '%.*s'", STR_ARG(to));
    if (!file_copy(path, to, &copied))
        return backup_refuse(what.data, strerror(errno), diagnostics);
    return digest_equal(&copied, digest) ||
           backup_refuse(what.data, "other bytes arrived", diagnostics);
}

static bool finish(Str path, const BackupFile *file, const BackupOptions *options, Site *site, Record *record,
                   const char *word, Arena *arena, Diagnostics *diagnostics) {
    for (uint32_t i = 0; i < options->copies.count; i++)
        if (!copy_to(arena, path, &file->digest, options->copies.items[i], diagnostics)) return false;
    Str size = arena_format(arena, "%" PRIu64, file->bytes), copied = arena_format(arena, "copied:%.3fs", file->copied),
        proven = arena_format(arena, "proven:%.3fs", file->proven);
    return record_add(site, record, diagnostics, word, path.data, size.data,
                      digest_text(&file->digest).digits, copied.data, proven.data, NULL);
}

bool backup_make(Database *database, const Schema *schema, const BackupOptions *options, Site *site,
                 Record *record, const char *word, Diagnostics *diagnostics) {
    Arena arena = {0};
    Str folder, path = STR_NONE;
    bool good = find_folder(&arena, options->folder, site->folder, &folder, diagnostics);
    if (good) {
        path = new_name(&arena, folder, database->engine == ENGINE_SQLITE ? "db" : "dump");
        BackupFile file = {0};
        good = make_file(database, schema, path, &file, diagnostics) &&
               finish(path, &file, options, site, record, word, &arena, diagnostics);
        if (!good) unlink(path.data);
    }
    arena_release(&arena);
    return good;
}

bool backup_find(Arena *arena, const Record *record, Backup *backup, Diagnostics *diagnostics) {
    const RecordLine *line = record_find(record, "backup", NULL);
    Digest digest;
    if (line == NULL || line->arguments.count < 3)
        return backup_refuse("restore the database", "no backup was made by weft", diagnostics);
    backup->path = arena_copy(arena, line->arguments.items[0]);
    Str what = message_format(arena, "restore '%.*s'", STR_ARG(backup->path));
    if (!file_digest(backup->path, &digest, &backup->bytes))
        return backup_refuse(what.data, strerror(errno), diagnostics);
    backup->digest = digest_text(&digest);
    return str_is(line->arguments.items[2], backup->digest.digits) ||
           backup_refuse(what.data, "its bytes are not those that weft wrote", diagnostics);
}
