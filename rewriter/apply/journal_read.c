// Reading journals. In: a file in .weft that anybody may have written. Out: the run that this user's weft has
// recorded, or why it is not one. Must never give out a path that leads out of the root or permissions that
// weft does not set, whoever wrote them.
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "apply/journal_internal.h"
#include "base/path.h"
#include "patch/plan_path.h"

enum { MOST_BYTES = 1 << 28, PERMISSIONS = 0777 };

typedef struct Reader {
    Journal *journal;
    const Key *key;
    JournalPlace place; // of the tree that it is read in
    BlobId first_chain;  // of format 1
    bool begun;          // the record `begun` has come
    const char *mistake; // NULL: none, or errno tells
} Reader;

// ---- words ---------------------------------------------------------------------------------------

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

// A time or a version, which are shown as they are.
static bool read_plain(Arena *arena, Str text, Str *plain) {
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] <= ' ' || text.data[i] > '~') return false;
    *plain = arena_copy(arena, text);
    return true;
}

static bool read_path(Reader *reader, Str text, Str *path) {
    if (!unescape(&reader->journal->arena, text, path)) return false;
    if (plan_path_is_harmless(*path)) return true;
    reader->mistake = "it names a path that is not below the root, or is in .git or .weft";
    return false;
}

static bool read_mode(Reader *reader, Str text, mode_t *mode) {
    uint32_t bits;
    if (!read_number(text, 8, &bits)) return false;
    *mode = (mode_t)bits;
    if (bits <= PERMISSIONS) return true;
    reader->mistake = "it names permissions that weft never gives to a file";
    return false;
}

// ---- records -------------------------------------------------------------------------------------

static bool read_inode(Str digits, uint64_t *number) {
    char copy[20] = "", *end;
    if (digits.length == 0 || digits.length > 16) return false;
    memcpy(copy, digits.data, digits.length);
    *number = strtoull(copy, &end, 16);
    return *end == '\0' && copy[0] != '-' && copy[0] != '+';
}

// A copy of a tree brings a journal along that has the right key.
static bool read_place(Reader *reader, Str *rest) {
    JournalPlace *place = &reader->journal->place;
    Str folder, path;
    if (!str_split_next(rest, ' ', &folder) || !read_inode(folder, &place->folder) ||
        !str_split_next(rest, ' ', &path) || !digest_parse(path, &place->path))
        return false;
    if (place->folder != reader->place.folder && !digest_equal(&place->path, &reader->place.path))
        reader->journal->is_elsewhere = !reader->journal->is_foreign;
    reader->journal->is_foreign = reader->journal->is_foreign || reader->journal->is_elsewhere;
    return true;
}

// Before format 4 they were numbers of families that weft itself had.
static bool read_families(Journal *journal, Str list) {
    uint32_t bits;
    Str part, word;
    if (journal->format < 4) return read_number(list, 16, &bits);
    if (str_is(list, "-")) return true;
    while (str_split_next(&list, ',', &part)) {
        if (journal->families.count == FAMILY_MOST || !unescape(&journal->arena, part, &word) ||
            !family_is_word(word, true))
            return false;
        vec_add(&journal->families, word);
    }
    return journal->families.count > 0;
}

static bool read_header(Reader *reader, Str rest) {
    Journal *journal = reader->journal;
    Str format, run, began, weft, families, plan;
    uint32_t number;
    if (!str_split_next(&rest, ' ', &format) || !str_split_next(&rest, ' ', &run) ||
        !str_split_next(&rest, ' ', &began) || !str_split_next(&rest, ' ', &weft) ||
        !str_split_next(&rest, ' ', &families))
        return false;
    if (journal->format > 1 &&
        (!str_split_next(&rest, ' ', &plan) || !digest_parse(plan, &journal->plan)))
        return false;
    if (journal->format > 2 && !read_place(reader, &rest)) return false;
    return read_plain(&journal->arena, began, &journal->began) &&
           read_plain(&journal->arena, weft, &journal->version) && read_number(run, 10, &number) &&
           number == journal->run && read_families(journal, families) &&
           unescape(&journal->arena, rest, &journal->command);
}

static bool read_file(Reader *reader, bool is_new, Str rest) {
    JournalFile file = {.is_new = is_new};
    Str mode, before, after;
    if (!str_split_next(&rest, ' ', &mode) || !read_mode(reader, mode, &file.mode) ||
        (!is_new &&
         (!str_split_next(&rest, ' ', &before) || !blob_id_parse(before, &file.before))) ||
        !str_split_next(&rest, ' ', &after) || !blob_id_parse(after, &file.after) ||
        !read_path(reader, rest, &file.path))
        return false;
    vec_add(&reader->journal->files, file);
    return true;
}

static bool read_state(Reader *reader, Str word, Str rest) {
    for (RunState state = RUN_COMMITTED; state <= RUN_UNDONE; state++) {
        if (!str_is(word, run_state_name(state))) continue;
        // Taking back again starts a new list of what is left.
        if (state == RUN_UNDOING) vec_clear(&reader->journal->left);
        reader->journal->state = state;
        return reader->begun && read_plain(&reader->journal->arena, rest, &reader->journal->ended);
    }
    return false;
}

static bool read_record(Reader *reader, Str text, bool is_first) {
    Journal *journal = reader->journal;
    Str word, path;
    if (!str_split_next(&text, ' ', &word)) return false;
    if (is_first) return str_is(word, "weft-journal") && read_header(reader, text);
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
        if (!read_path(reader, text, &path)) return false;
        vec_add(&journal->folders, path);
        return true;
    }
    bool is_new = str_is(word, "create");
    return (is_new || str_is(word, "change")) && read_file(reader, is_new, text);
}

// ---- checksums -----------------------------------------------------------------------------------

// Format 1 had checksums without a key, which anybody can make.
static bool check_plain(Reader *reader, Str given, Str text) {
    BlobId id;
    if (!blob_id_parse(given, &id)) return false;
    StrBuf both = {0};
    strbuf_add(&both,
               (Str){(const char *)reader->first_chain.bytes, sizeof reader->first_chain.bytes});
    strbuf_add(&both, text);
    reader->first_chain = blob_id_of(strbuf_str(&both));
    strbuf_release(&both);
    return blob_id_equal(&id, &reader->first_chain);
}

// The first record decides whose the journal is; of one that is not ours, no digest says anything.
static bool check_keyed(Reader *reader, Str given, Str text, bool is_first) {
    Journal *journal = reader->journal;
    Digest digest;
    if (!digest_parse(given, &digest)) return false;
    Digest next = journal_chain(&reader->key->secret, &journal->chain, text);
    bool good = reader->key->exists && digest_equal(&digest, &next);
    if (is_first) journal->is_foreign = !good;
    journal->chain = next;
    return good || journal->is_foreign;
}

// A line's text when its checksum is right.
static bool check_line(Reader *reader, Str line, bool is_first, Str *text) {
    Str given;
    *text = line;
    if (!str_split_next(text, ' ', &given) || text->length == 0) return false;
    return reader->journal->format == 1 ? check_plain(reader, given, *text)
                                        : check_keyed(reader, given, *text, is_first);
}

// ---- the whole file ------------------------------------------------------------------------------

static bool read_format(Reader *reader, Str bytes) {
    Str line, word;
    uint32_t format;
    bool good = str_split_next(&bytes, '\n', &line) && str_split_next(&line, ' ', &word) &&
                str_split_next(&line, ' ', &word) && str_is(word, "weft-journal") &&
                str_split_next(&line, ' ', &word) && read_number(word, 10, &format) && format > 0;
    if (!good) {
        reader->mistake = "it does not begin as a journal does";
        return false;
    }
    reader->journal->format = format;
    reader->journal->is_foreign = format == 1;
    return true;
}

static bool read_records(Reader *reader, Str bytes) {
    Journal *journal = reader->journal;
    for (size_t number = 1; journal->length < bytes.length; number++) {
        Str rest = str_slice(bytes, journal->length, bytes.length), text;
        Digest before = journal->chain;
        ptrdiff_t end = str_find(rest, '\n');
        size_t length = end < 0 ? rest.length : (size_t)end + 1;
        if (end < 0 || !check_line(reader, str_slice(rest, 0, (size_t)end), number == 1, &text)) {
            journal->chain = before;
            // Invariant 7: the record that was being written. Invariant 6: none of the first ones.
            if (length == rest.length && reader->begun) return true;
            reader->mistake = "a record does not have its checksum";
            return false;
        }
        if (!read_record(reader, text, number == 1)) {
            if (reader->mistake == NULL)
                reader->mistake = "it has a record that this weft does not know";
            return false;
        }
        journal->length += length;
    }
    if (!reader->begun) reader->mistake = "it ends too early";
    return reader->begun;
}

static void report(const Reader *reader, Str path, DiagnosticCode code, Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, code, SPAN_NONE, "cannot use the journal of run %u: %s",
                   reader->journal->run, reader->mistake ? reader->mistake : strerror(errno));
    diagnostic_note(diagnostics, "it is '%.*s'", STR_ARG(path));
    if (code == DIAGNOSTIC_E612)
        diagnostic_help(diagnostics, "use the weft that wrote it, or a newer one");
    else
        diagnostic_help(diagnostics,
                        "take the files from your version control, or from .weft/objects "
                        "by their blob ids; then remove the folder of the run");
}

bool journal_read(Store *store, uint32_t run, Journal *journal, Diagnostics *diagnostics) {
    *journal = (Journal){.run = run};
    Reader reader = {.journal = journal, .place = journal_place(store)};
    Str path = path_join(&store->arena, store_run_folder(store, run), STR("journal")), bytes;
    if ((reader.key = store_key(store, diagnostics)) == NULL) return false;
    FileResult found =
        beneath_read(&journal->arena, store->files.root, path, MOST_BYTES, &bytes, NULL);
    bool good = found == FILE_OK && read_format(&reader, bytes);
    if (good && journal->format > JOURNAL_FORMAT) {
        reader.mistake = "it is of a format that this weft does not know";
        report(&reader, path, DIAGNOSTIC_E612, diagnostics);
        return false;
    }
    if (good && read_records(&reader, bytes)) return !journal->is_foreign;
    journal->is_foreign = false;
    if (found == FILE_NOT_REGULAR) reader.mistake = "it is no regular file";
    if (found == FILE_TOO_LARGE) reader.mistake = "it is too large for one";
    report(&reader, path, DIAGNOSTIC_E607, diagnostics);
    return false;
}
