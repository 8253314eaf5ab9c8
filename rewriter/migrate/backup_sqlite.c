// SQLite's backup: its pages, copied while one reading transaction holds the moment that the copy is compared with.
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/parallel.h"
#include "engine/sqlite.h"
#include "migrate/backup_engine.h"
#include "migrate/pace.h"

static bool explain(Database *database, const char *what, Diagnostics *diagnostics) {
    database_explain(database, what, diagnostics);
    return false;
}

// From the first query on, this transaction sees one moment of the database.
static bool begin_reading(Database *database) {
    int64_t tables;
    if (!database_execute(database, STR("BEGIN"), NULL, 0)) return false;
    database->in_transaction = true;
    return database_integer(database, STR("SELECT count(*) FROM sqlite_master"), NULL, 0, &tables);
}

// ---- proving ---------------------------------------------------------------------------------------
enum { PAGES, LIVE, COPIED, BYTES, QUESTION_COUNT };

// What is asked at once, each by a connection of its own: one thread would take as long as all of them.
typedef struct Proof {
    Database *database, copy, pages;
    const Schema *schema;
    Str path;
    Arena arenas[QUESTION_COUNT];
    bool good[QUESTION_COUNT];
    Value pages_say; // "ok"
    BackupSums live, copied;
    BackupFile file;
    int error; // errno of the file
} Proof;

static void ask(void *context, uint32_t question, unsigned worker) {
    Proof *proof = context;
    Arena *arena = &proof->arenas[question];
    bool found;
    (void)worker;
    switch (question) {
    case PAGES:
        proof->good[PAGES] = database_first(&proof->pages, arena, STR("PRAGMA integrity_check(1)"), NULL, 0,
                                            &proof->pages_say, 1, &found);
        break;
    case LIVE: proof->good[LIVE] = backup_sum(proof->database, proof->schema, arena, &proof->live); break;
    case COPIED: proof->good[COPIED] = backup_sum(&proof->copy, proof->schema, arena, &proof->copied); break;
    case BYTES:
        proof->good[BYTES] = file_digest(proof->path, &proof->file.digest, &proof->file.bytes);
        proof->error = errno;
        break;
    default: break;
    }
}

static bool judge_pages(const Proof *proof, Diagnostics *diagnostics) {
    const Value *answer = &proof->pages_say;
    if (answer->kind == VALUE_TEXT && str_is(answer->text, "ok")) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E665, SPAN_NONE, "the database is damaged: %.*s",
                   STR_ARG(answer->kind == VALUE_TEXT ? answer->text : STR("no answer")));
    diagnostic_help(diagnostics, "restore it from a copy first; weft has changed nothing in it");
    return false;
}

static bool judge(Proof *proof, Diagnostics *diagnostics) {
    if (!proof->good[PAGES]) return explain(&proof->pages, "check the backup", diagnostics);
    if (!judge_pages(proof, diagnostics)) return false;
    if (!proof->good[COPIED]) return explain(&proof->copy, "read the backup", diagnostics);
    if (!proof->good[LIVE]) return explain(proof->database, "read the database", diagnostics);
    if (!proof->good[BYTES]) return backup_refuse("read the backup", strerror(proof->error), diagnostics);
    return backup_compare(proof->schema, &proof->live, &proof->copied, diagnostics);
}

static bool prove(Proof *proof, Diagnostics *diagnostics) {
    bool opened = database_open(&proof->copy, ENGINE_SQLITE, proof->path, diagnostics);
    bool good = opened && database_open(&proof->pages, ENGINE_SQLITE, proof->path, diagnostics);
    if (good) {
        parallel_for(QUESTION_COUNT, QUESTION_COUNT, ask, proof);
        good = judge(proof, diagnostics);
        database_close(&proof->pages);
    }
    if (opened) database_close(&proof->copy);
    for (int i = 0; i < QUESTION_COUNT; i++) arena_release(&proof->arenas[i]);
    return good;
}

bool backup_make_sqlite(Database *database, const Schema *schema, Str path, BackupFile *file,
                        Diagnostics *diagnostics) {
    Proof proof = {.database = database, .schema = schema, .path = path, .pages_say = value_null()};
    double began = pace_now();
    bool good = (begin_reading(database) && sqlite_copy(database, path)) ||
                explain(database, "make a backup", diagnostics);
    good = good && (file_sync(path) || backup_refuse("make a backup", strerror(errno), diagnostics));
    double copied = pace_now();
    good = good && prove(&proof, diagnostics);
    database_rollback(database);
    *file = proof.file;
    file->copied = copied - began;
    file->proven = pace_now() - copied;
    return good;
}

bool backup_restore_sqlite(Database *database, Str path, Diagnostics *diagnostics) {
    return sqlite_put_back(database, path) || explain(database, "restore the backup", diagnostics);
}
