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
//  (7) Records are only added. Each starts with the SHA-1 of the one before and its own text, so that
//      a changed, lost or swapped record shows. A last line that is not valid was being written
//      when the machine stopped, and counts as not written.
//  (8) At most one run of a tree is unfinished: who begins a run, or starts to take one back, holds the
//      lock and has seen that all others are finished.
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
//     weft-journal 1 RUN TIME VERSION FAMILIES COMMAND
//     folder PATH
//     change MODE BLOB-BEFORE BLOB-AFTER PATH
//     create MODE BLOB-AFTER PATH
//     begun
//     committed TIME | applied TIME | undoing TIME | left PATH | undone TIME
#include "apply/journal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bug.h"
#include "base/path.h"
#include "patch/plan_path.h"

enum { JOURNAL_VERSION = 1, JOURNAL_MODE = 0644, RUN_FOLDER_MODE = 0700, PERMISSIONS = 0777 };
enum { MOST_BYTES = 1 << 28 }; // of a journal

static const char *const state_words[] = {
    [RUN_BEGUN] = "begun",     [RUN_COMMITTED] = "committed", [RUN_APPLIED] = "applied",
    [RUN_UNDOING] = "undoing", [RUN_UNDONE] = "undone",
};

const char *run_state_name(RunState state) { return state_words[state]; }

void journal_release(Journal *journal) {
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

static BlobId next_chain(const BlobId *chain, Str text) {
    StrBuf both = {0};
    strbuf_add(&both, (Str){(const char *)chain->bytes, sizeof chain->bytes});
    strbuf_add(&both, text);
    BlobId next = blob_id_of(strbuf_str(&both));
    strbuf_release(&both);
    return next;
}

// Adds TEXT as one record and empties it.
static void add_record(StrBuf *out, BlobId *chain, StrBuf *text) {
    *chain = next_chain(chain, strbuf_str(text));
    strbuf_addf(out, "%s ", blob_id_text(chain).digits);
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

static void add_beginning(StrBuf *out, Journal *journal) {
    StrBuf text = {0};
    strbuf_addf(&text, "weft-journal %d %u ", JOURNAL_VERSION, journal->run);
    strbuf_addf(&text, "%.*s %.*s %x ", STR_ARG(journal->began), STR_ARG(journal->version),
                journal->families);
    add_escaped(&text, journal->command);
    add_record(out, &journal->chain, &text);
    for (uint32_t i = 0; i < journal->folders.count; i++) {
        strbuf_add_text(&text, "folder ");
        add_escaped(&text, journal->folders.items[i]);
        add_record(out, &journal->chain, &text);
    }
    for (uint32_t i = 0; i < journal->files.count; i++) {
        add_file(&text, &journal->files.items[i]);
        add_record(out, &journal->chain, &text);
    }
    strbuf_add_text(&text, "begun");
    add_record(out, &journal->chain, &text);
    strbuf_release(&text);
}

bool journal_begin(Store *store, Journal *journal, Str plan) {
    const Files *files = &store->files;
    Str folder = store_run_folder(store, journal->run);
    Str draft = path_join(&store->arena, folder, STR("journal.new"));
    StrBuf bytes = {0};
    journal->state = RUN_BEGUN;
    journal->began = now(&journal->arena);
    journal->chain = (BlobId){{0}};
    add_beginning(&bytes, journal);
    journal->length = bytes.length;
    bool good = files_make_folder(files, folder, RUN_FOLDER_MODE) &&
                files_sync_folder(files, path_dirname(folder)) &&
                files_write(files, path_join(&store->arena, folder, STR("plan.json")), plan,
                            JOURNAL_MODE) &&
                files_write(files, draft, strbuf_str(&bytes), JOURNAL_MODE) &&
                files_rename(files, draft, path_join(&store->arena, folder, STR("journal"))) &&
                files_sync_folder(files, folder);
    strbuf_release(&bytes);
    return good;
}

bool journal_advance(Store *store, Journal *journal, RunState state) {
    StrBuf bytes = {0}, text = {0};
    BlobId chain = journal->chain;
    Str time = now(&journal->arena);
    for (uint32_t i = 0; state == RUN_UNDONE && i < journal->left.count; i++) {
        strbuf_add_text(&text, "left ");
        add_escaped(&text, journal->left.items[i]);
        add_record(&bytes, &chain, &text);
    }
    strbuf_addf(&text, "%s %.*s", state_words[state], STR_ARG(time));
    add_record(&bytes, &chain, &text);
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
    strbuf_release(&text);
    return good;
}

// ---- reading -------------------------------------------------------------------------------------

typedef struct Reader {
    Journal *journal;
    bool begun;
    const char *mistake;
} Reader;

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool unescape(Arena *arena, Str text, Str *plain) {
    char *bytes = arena_alloc(arena, text.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '%') {
            bytes[length++] = text.data[i];
            continue;
        }
        if (i + 2 >= text.length) return false;
        int high = hex_value(text.data[i + 1]), low = hex_value(text.data[i + 2]);
        if (high < 0 || low < 0) return false;
        bytes[length++] = (char)(high << 4 | low);
        i += 2;
    }
    *plain = (Str){bytes, length};
    return true;
}

static bool read_number(Str digits, int base, uint32_t *number) {
    char copy[16] = "", *end;
    if (digits.length == 0 || digits.length >= sizeof copy) return false;
    memcpy(copy, digits.data, digits.length);
    unsigned long value = strtoul(copy, &end, base);
    *number = (uint32_t)value;
    return *end == '\0' && copy[0] != '-' && copy[0] != '+' && value <= UINT32_MAX;
}

static bool read_header(Journal *journal, Str rest) {
    Str version, run, began, weft, families;
    uint32_t number;
    if (!str_split_next(&rest, ' ', &version) || !str_split_next(&rest, ' ', &run) ||
        !str_split_next(&rest, ' ', &began) || !str_split_next(&rest, ' ', &weft) ||
        !str_split_next(&rest, ' ', &families))
        return false;
    journal->began = arena_copy(&journal->arena, began);
    journal->version = arena_copy(&journal->arena, weft);
    return read_number(version, 10, &number) && number == JOURNAL_VERSION &&
           read_number(run, 10, &number) && number == journal->run &&
           read_number(families, 16, &journal->families) &&
           unescape(&journal->arena, rest, &journal->command);
}

// What weft has written itself never leads out of the root, nor into .git or .weft.
static bool read_path(Journal *journal, Str text, Str *path) {
    return unescape(&journal->arena, text, path) && plan_path_is_harmless(*path);
}

static bool read_file(Journal *journal, bool is_new, Str rest) {
    JournalFile file = {.is_new = is_new};
    Str mode, before, after;
    uint32_t bits;
    if (!str_split_next(&rest, ' ', &mode) || !read_number(mode, 8, &bits) || bits > PERMISSIONS ||
        (!is_new &&
         (!str_split_next(&rest, ' ', &before) || !blob_id_parse(before, &file.before))) ||
        !str_split_next(&rest, ' ', &after) || !blob_id_parse(after, &file.after) ||
        !read_path(journal, rest, &file.path))
        return false;
    file.mode = (mode_t)bits;
    vec_add(&journal->files, file);
    return true;
}

static bool read_state(Reader *reader, Str word, Str rest) {
    for (RunState state = RUN_COMMITTED; state <= RUN_UNDONE; state++) {
        if (!str_is(word, state_words[state])) continue;
        // Taking back again starts a new list of what is left.
        if (state == RUN_UNDOING) vec_clear(&reader->journal->left);
        reader->journal->state = state;
        reader->journal->ended = arena_copy(&reader->journal->arena, rest);
        return reader->begun;
    }
    return false;
}

// One record that has the right digest.
static bool read_record(Reader *reader, Str text, bool is_first) {
    Journal *journal = reader->journal;
    Str word, path;
    if (!str_split_next(&text, ' ', &word)) return false;
    if (is_first) return str_is(word, "weft-journal") && read_header(journal, text);
    if (str_is(word, "begun")) {
        journal->state = RUN_BEGUN;
        reader->begun = true;
        return true;
    }
    if (str_is(word, "left")) {
        if (!reader->begun || !unescape(&journal->arena, text, &path)) return false;
        vec_add(&journal->left, path);
        return true;
    }
    if (reader->begun) return read_state(reader, word, text);
    if (str_is(word, "folder")) {
        if (!read_path(journal, text, &path)) return false;
        vec_add(&journal->folders, path);
        return true;
    }
    bool is_new = str_is(word, "create");
    return (is_new || str_is(word, "change")) && read_file(journal, is_new, text);
}

// A line's text when its digest is right.
static bool check_line(const Journal *journal, Str line, Str *text, BlobId *chain) {
    BlobId given;
    if (line.length <= BLOB_ID_DIGITS || line.data[BLOB_ID_DIGITS] != ' ' ||
        !blob_id_parse(str_slice(line, 0, BLOB_ID_DIGITS), &given))
        return false;
    *text = str_slice(line, BLOB_ID_DIGITS + 1, line.length);
    *chain = next_chain(&journal->chain, *text);
    return blob_id_equal(chain, &given);
}

static bool read_records(Reader *reader, Str bytes) {
    Journal *journal = reader->journal;
    journal->chain = (BlobId){{0}};
    for (size_t number = 1; journal->length < bytes.length; number++) {
        Str rest = str_slice(bytes, journal->length, bytes.length), text;
        ptrdiff_t end = str_find(rest, '\n');
        size_t length = end < 0 ? rest.length : (size_t)end + 1;
        bool is_last = length == rest.length;
        BlobId chain;
        if (end < 0 || !check_line(journal, str_slice(rest, 0, (size_t)end), &text, &chain)) {
            // Invariant 7: the record that was being written. Invariant 6: none of the first ones.
            if (is_last && reader->begun) return true;
            reader->mistake = "a record does not have its checksum";
            return false;
        }
        if (!read_record(reader, text, number == 1)) {
            reader->mistake = "it has a record that this weft does not know";
            return false;
        }
        journal->chain = chain;
        journal->length += length;
    }
    if (!reader->begun) reader->mistake = "it ends too early";
    return reader->begun;
}

bool journal_read(Store *store, uint32_t run, Journal *journal, Diagnostics *diagnostics) {
    *journal = (Journal){.run = run};
    Reader reader = {.journal = journal};
    Str path = path_join(&store->arena, store_run_folder(store, run), STR("journal")), bytes;
    FileResult found =
        beneath_read(&journal->arena, store->files.root, path, MOST_BYTES, &bytes, NULL);
    if (found == FILE_OK && read_records(&reader, bytes)) return true;
    if (found == FILE_NOT_REGULAR) reader.mistake = "it is no regular file";
    diagnostic_add(diagnostics, DIAGNOSTIC_E607, SPAN_NONE, "cannot use the journal of run %u: %s",
                   run, reader.mistake ? reader.mistake : strerror(errno));
    diagnostic_note(diagnostics, "it is '%.*s'", STR_ARG(path));
    diagnostic_help(diagnostics, "take the files from your version control, or from .weft/objects "
                                 "by their blob ids; then remove the folder of the run");
    return false;
}
