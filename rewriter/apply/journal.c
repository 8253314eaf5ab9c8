// Write-ahead journals. In: what a run will do, and each state that it comes to. Out: a file from which
// a later weft can finish the run or take it back, wherever the machine stopped.
//
// NOTES ON THE DESIGN
//
// A run replaces files by renaming staged ones over them. One rename is atomic; the journal makes all
// of them one change. "Durable" means synced, unless the user gave --no-fsync. Invariants:
//
//  (1) Before the first rename over a file of the tree, the journal has a durable commit record.
//  (2) Before the commit record, the old bytes of every file that changes are durable in
//      .weft/objects under their blob id, and the run's plan is durable in its folder.
//  (3) Before the commit record nothing in the tree differs but staged files (".weft-" and numbers)
//      and empty folders that the journal names.
//  (4) A file of the run has its old bytes, its new bytes, or was changed by somebody else; which,
//      its blob id tells. So no record is needed per file, and every step may be done twice.
//  (5) A file is written over only after a look that it still has the bytes that this run knows. What
//      somebody else changed is never written over, only reported.
//  (6) The journal file appears under its name complete, by renaming: it has a valid `begun` record,
//      or it is damaged. A run folder without a journal never began.
//  (7) Records are only added. Each starts with the HMAC-SHA-256, by the key of the user (key.h), of the
//      digest before it and its own text, so that a changed, lost or swapped record shows, and nobody
//      else can make one. A last line that is not valid was being written when the machine stopped,
//      and counts as not written.
//  (8) At most one run of a tree is unfinished: who begins a run, or starts to take one back, holds the
//      lock and has seen that all others are finished.
//  (9) The first record names the SHA-256 of the plan, so what can be written is settled with it. A journal that
//      another key wrote, or none (format 1, of weft 0.1.0), is foreign: nothing is done by it until
//      a person has seen its paths and it is recorded anew (adopt.c). So is one of another tree: the
//      first record names the root, too (since format 3).
//
// The states, and who moves a run from one to the next:
//
//             journal_begin (apply.c)
//                   |
//                   v        staged, old bytes kept
//      +-------- BEGUN ------------------------------> COMMITTED
//      |            \            (finish.c)             /   |
//      |             \                                 /    | all renamed (finish.c)
//      | failure,     \  rollback                     /     v
//      | rollback      +----------> UNDOING <--------+-- APPLIED
//      | (undo.c)                      |       rollback (undo.c)
//      |                               | all put back (undo.c)
//      |                               v
//      +---------------------------> UNDONE
//
// BEGUN, COMMITTED and UNDOING are unfinished: `weft resume` goes on to APPLIED or UNDONE, `weft
// rollback` to UNDONE. APPLIED and UNDONE are finished; an UNDONE run that left files as they were can
// be UNDOING again, for those.
//
// A record is one line, "DIGEST WORD ARGUMENT...\n"; in arguments, bytes up to space, '%' and DEL
// are written %XX.
//
//     weft-journal 4 RUN TIME VERSION FAMILIES PLAN-DIGEST ROOT-INODE ROOT-PATH-DIGEST COMMAND
//     folder PATH
//     change MODE BLOB-BEFORE BLOB-AFTER PATH
//     create MODE BLOB-AFTER PATH
//     begun
//     committed TIME | applied TIME | undoing TIME | left PATH | undone TIME
#include "apply/journal_internal.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/bug.h"
#include "base/path.h"

enum { JOURNAL_MODE = 0600, RUN_FOLDER_MODE = 0700 };

static const char *const state_words[] = {
    [RUN_BEGUN] = "begun",     [RUN_COMMITTED] = "committed", [RUN_APPLIED] = "applied",
    [RUN_UNDOING] = "undoing", [RUN_UNDONE] = "undone",
};

const char *run_state_name(RunState state) { return state_words[state]; }

JournalPlace journal_place(const Store *store) {
    struct stat status;
    JournalPlace place = {0, digest_of(store->root)};
    if (fstat(store->files.root, &status) == 0) place.folder = (uint64_t)status.st_ino;
    return place;
}

void journal_release(Journal *journal) {
    vec_release(&journal->families);
    vec_release(&journal->files);
    vec_release(&journal->folders);
    vec_release(&journal->left);
    arena_release(&journal->arena);
}

// ---- writing -------------------------------------------------------------------------------------

static void add_escaped(StrBuf *out, Str text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c <= ' ' || c == '%' || c == 0x7f) {
            strbuf_addf(out, "%%%02X", c);
        } else {
            strbuf_add_char(out, (char)c);
        }
    }
}

// Adds TEXT as one record and empties it.
static void add_record(StrBuf *out, const Key *key, Digest *chain, StrBuf *text) {
    *chain = journal_chain(&key->secret, chain, strbuf_str(text));
    strbuf_addf(out, "%s ", digest_text(chain).digits);
    strbuf_add(out, strbuf_str(text));
    strbuf_add_char(out, '\n');
    strbuf_clear(text);
}

static Str now(Arena *arena) {
    char text[32] = "?";
    time_t seconds = time(NULL);
    struct tm parts;
    if (gmtime_r(&seconds, &parts)) strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return arena_copy(arena, str_from(text));
}

static void add_file(StrBuf *text, const JournalFile *file) {
    strbuf_addf(text, "%s %o ", file->is_new ? "create" : "change", (unsigned)file->mode);
    if (!file->is_new) strbuf_addf(text, "%s ", blob_id_text(&file->before).digits);
    strbuf_addf(text, "%s ", blob_id_text(&file->after).digits);
    add_escaped(text, file->path);
}

// Words with commas between them; "-": none.
static void add_families(StrBuf *text, const Journal *journal) {
    for (uint32_t i = 0; i < journal->families.count; i++) {
        if (i > 0) strbuf_add_char(text, ',');
        add_escaped(text, journal->families.items[i]);
    }
    if (journal->families.count == 0) strbuf_add_char(text, '-');
}

static void add_beginning(StrBuf *out, const Key *key, Journal *journal) {
    StrBuf text = {0};
    strbuf_addf(&text, "weft-journal %d %u ", JOURNAL_FORMAT, journal->run);
    strbuf_addf(&text, "%.*s %.*s ", STR_ARG(journal->began), STR_ARG(journal->version));
    add_families(&text, journal);
    strbuf_addf(&text, " %s ", digest_text(&journal->plan).digits);
    strbuf_addf(&text, "%" PRIx64 " %s ", journal->place.folder,
                digest_text(&journal->place.path).digits);
    add_escaped(&text, journal->command);
    add_record(out, key, &journal->chain, &text);
    for (uint32_t i = 0; i < journal->folders.count; i++) {
        strbuf_add_text(&text, "folder ");
        add_escaped(&text, journal->folders.items[i]);
        add_record(out, key, &journal->chain, &text);
    }
    for (uint32_t i = 0; i < journal->files.count; i++) {
        add_file(&text, &journal->files.items[i]);
        add_record(out, key, &journal->chain, &text);
    }
    strbuf_add_text(&text, "begun");
    add_record(out, key, &journal->chain, &text);
    strbuf_release(&text);
}

static void add_state(StrBuf *out, const Key *key, Digest *chain, const Journal *journal,
                      RunState state, Str time) {
    StrBuf text = {0};
    for (uint32_t i = 0; state == RUN_UNDONE && i < journal->left.count; i++) {
        strbuf_add_text(&text, "left ");
        add_escaped(&text, journal->left.items[i]);
        add_record(out, key, chain, &text);
    }
    strbuf_addf(&text, "%s %.*s", state_words[state], STR_ARG(time));
    add_record(out, key, chain, &text);
    strbuf_release(&text);
}

// The journal appears under its name complete.
static bool put(Store *store, const Journal *journal, const StrBuf *bytes) {
    Str folder = store_run_folder(store, journal->run);
    Str draft = path_join(&store->arena, folder, STR("journal.new"));
    return files_write(&store->files, draft, strbuf_str(bytes), JOURNAL_MODE) &&
           files_rename(&store->files, draft, path_join(&store->arena, folder, STR("journal"))) &&
           files_sync_folder(&store->files, folder);
}

static void start(StrBuf *bytes, const Store *store, Journal *journal) {
    BUG_UNLESS(store->key.exists);
    journal->format = JOURNAL_FORMAT;
    journal->chain = (Digest){{0}};
    journal->place = journal_place(store);
    add_beginning(bytes, &store->key, journal);
}

bool journal_begin(Store *store, Journal *journal, Str plan) {
    const Files *files = &store->files;
    Str folder = store_run_folder(store, journal->run);
    StrBuf bytes = {0};
    journal->state = RUN_BEGUN;
    journal->began = now(&journal->arena);
    journal->plan = digest_of(plan);
    start(&bytes, store, journal);
    journal->length = bytes.length;
    bool good = files_make_folder(files, folder, RUN_FOLDER_MODE) &&
                files_sync_folder(files, path_dirname(folder)) &&
                files_write(files, path_join(&store->arena, folder, STR("plan.json")), plan,
                            JOURNAL_MODE) &&
                put(store, journal, &bytes);
    int error = errno;
    strbuf_release(&bytes);
    errno = error;
    return good;
}

bool journal_record_anew(Store *store, Journal *journal) {
    StrBuf bytes = {0};
    start(&bytes, store, journal);
    if (journal->state != RUN_BEGUN)
        add_state(&bytes, &store->key, &journal->chain, journal, journal->state, journal->ended);
    journal->length = bytes.length;
    journal->is_foreign = journal->is_elsewhere = false;
    bool good = put(store, journal, &bytes);
    int error = errno;
    strbuf_release(&bytes);
    errno = error;
    return good;
}

bool journal_advance(Store *store, Journal *journal, RunState state) {
    StrBuf bytes = {0};
    Digest chain = journal->chain;
    Str time = now(&journal->arena);
    add_state(&bytes, &store->key, &chain, journal, state, time);
    Str path = path_join(&store->arena, store_run_folder(store, journal->run), STR("journal"));
    bool good = files_append(&store->files, path, journal->length, strbuf_str(&bytes));
    if (!good) {
        // It may be there although it is not durable: then nobody shall read it.
        int error = errno;
        files_append(&store->files, path, journal->length, STR_NONE);
        errno = error;
    } else {
        journal->length += bytes.length;
        journal->chain = chain;
        journal->state = state;
        journal->ended = time;
    }
    strbuf_release(&bytes);
    return good;
}
