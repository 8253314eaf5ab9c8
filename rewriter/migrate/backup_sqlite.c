// SQLite's backup: its pages, copied while one reading transaction holds the moment, and summed on their way. In: an open
// database. Out: a file with the same pages, opened and checked as a database.
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
enum { PAGES, BYTES, QUESTION_COUNT };

// What is asked at once, each by a thread of its own: one would take as long as both.
typedef struct Proof {
    Database restored; // the copy, opened as what it is
    Str path;
    Arena arena; // of the answer
    bool good[QUESTION_COUNT];
    Value answer;          // "ok"
    PageSum written, read; // what SQLite gave for the file, and what is in it
    Digest digest;
    int error; // errno of the file
} Proof;

static void ask(void *context, uint32_t question, unsigned worker) {
    Proof *proof = context;
    bool found;
    (void)worker;
    if (question == PAGES) {
        proof->good[PAGES] = database_first(&proof->restored, &proof->arena, STR("PRAGMA integrity_check(1)"), NULL, 0,
                                            &proof->answer, 1, &found);
    } else {
        proof->good[BYTES] = file_digest_pages(proof->path, proof->written.page, &proof->digest, &proof->read);
        proof->error = errno;
    }
}

// Page by page it is what the database has, or was when it was copied.
static bool judge_bytes(const Proof *proof, Diagnostics *diagnostics) {
    if (!proof->good[BYTES]) return backup_refuse("read the backup", strerror(proof->error), diagnostics);
    if (proof->read.sum == proof->written.sum && proof->read.bytes == proof->written.bytes) return true;
    return backup_refuse("use the backup", "other bytes are on the disk than the database has", diagnostics);
}

static bool judge_pages(Proof *proof, Diagnostics *diagnostics) {
    const Value *answer = &proof->answer;
    if (!proof->good[PAGES]) return explain(&proof->restored, "check the backup", diagnostics);
    if (answer->kind == VALUE_TEXT && str_is(answer->text, "ok")) return true;
    diagnostic_add(diagnostics, DIAGNOSTIC_E665, SPAN_NONE, "the database is damaged: %.*s",
                   STR_ARG(answer->kind == VALUE_TEXT ? answer->text : STR("no answer")));
    diagnostic_help(diagnostics, "restore it from a copy first; weft has changed nothing in it");
    return false;
}

// The bytes first: when they are the database's, what is wrong in the copy is wrong in the database.
static bool prove(Proof *proof, Diagnostics *diagnostics) {
    if (!database_open(&proof->restored, ENGINE_SQLITE, proof->path, diagnostics)) return false;
    parallel_for(QUESTION_COUNT, QUESTION_COUNT, ask, proof);
    bool good = judge_bytes(proof, diagnostics) && judge_pages(proof, diagnostics);
    database_close(&proof->restored);
    arena_release(&proof->arena);
    return good;
}

// The reading transaction ends with the copy: what the pages of the file are compared with was summed on their way, so
// nobody waits for the proof.
bool backup_make_sqlite(Database *database, Str path, BackupFile *file, Diagnostics *diagnostics) {
    Proof proof = {.path = path, .answer = value_null()};
    double began = pace_now();
    bool good = (begin_reading(database) && sqlite_copy(database, path, &proof.written)) ||
                explain(database, "make a backup", diagnostics);
    database_rollback(database);
    good = good && (file_sync(path) || backup_refuse("make a backup", strerror(errno), diagnostics));
    double copied = pace_now();
    good = good && prove(&proof, diagnostics);
    *file = (BackupFile){proof.digest, proof.read.bytes, copied - began, pace_now() - copied};
    return good;
}

bool backup_restore_sqlite(Database *database, Str path, Diagnostics *diagnostics) {
    return sqlite_put_back(database, path) || explain(database, "restore the backup", diagnostics);
}
