// The record of a migration. In: what happens. Out: a file of chained lines. Must never lose a line that was written:
// a half line at the end is cut off before the next one is added.
#include "migrate/record.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "data/migration.h"

enum { FILE_MODE = 0600 };

void record_release(Record *record) {
    for (uint32_t i = 0; i < record->lines.count; i++)
        vec_release(&record->lines.items[i].arguments);
    vec_release(&record->lines);
    arena_release(&record->arena);
    *record = (Record){0};
}

// ---- words ---------------------------------------------------------------------------------------

static void add_escaped(StrBuf *out, Str text) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c <= ' ' || c == '%' || c == 0x7f)
            strbuf_addf(out, "%%%02X", c);
        else
            strbuf_add_char(out, (char)c);
    }
    if (text.length == 0) strbuf_add_char(out, '-');
}

static int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 0;
}

static Str unescape(Arena *arena, Str word) {
    char *out = arena_bytes(arena, word.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < word.length; i++) {
        bool escaped = word.data[i] == '%' && i + 2 < word.length;
        out[length++] = escaped
                            ? (char)(digit_of(word.data[i + 1]) * 16 + digit_of(word.data[i + 2]))
                            : word.data[i];
        if (escaped) i += 2;
    }
    out[length] = '\0';
    return (Str){out, length};
}

// ---- reading -------------------------------------------------------------------------------------

static bool damaged(const Site *site, size_t line, Diagnostics *diagnostics) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E673, SPAN_NONE,
                   "line %zu of '%.*s/record' is not what weft wrote there", line,
                   STR_ARG(site->folder));
    diagnostic_help(diagnostics,
                    "nothing is done by a record that somebody changed; compare it with "
                    "the table weft_ledger of the database");
    return false;
}

static bool read_line(Record *record, Str line) {
    Digest digest;
    Str word, rest = line;
    if (!str_split_next(&rest, ' ', &word) || !digest_parse(word, &digest)) return false;
    Digest expected = digest_keyed(&record->key.secret,
                                   (Str){(const char *)record->chain.bytes, DIGEST_SIZE}, rest);
    if (!digest_equal(&digest, &expected)) return false;
    record->chain = digest;
    RecordLine *added = vec_push(&record->lines);
    for (int i = 0; str_split_next(&rest, ' ', &word); i++) {
        Str text = unescape(&record->arena, word);
        if (i == 0)
            added->time = text;
        else if (i == 1)
            added->user = text;
        else if (i == 2)
            added->word = text;
        else
            vec_add(&added->arguments, text);
    }
    return added->word.length > 0;
}

bool record_read(Site *site, bool make_key, Record *record, Diagnostics *diagnostics) {
    *record = (Record){0};
    Str text, line;
    bool good = make_key ? key_make(site->root, &record->key, diagnostics)
                         : key_find(site->root, &record->key, diagnostics);
    if (!good || !site_read(site, &record->arena, "record", &text, diagnostics)) return false;
    ptrdiff_t end = str_find_last(text, '\n');
    record->length = (size_t)(end + 1);
    text = str_slice(text, 0, record->length);
    for (size_t number = 1; text.length > 0 && str_split_next(&text, '\n', &line); number++)
        if (!record->key.exists || !read_line(record, line))
            return damaged(site, number, diagnostics);
    return true;
}

// The phase that a line is about, the first one when it names none.
static Phase phase_of(const RecordLine *line) {
    Phase phase = PHASE_EXPAND;
    if (line->arguments.count > 0) (void)phase_find(line->arguments.items[0], &phase);
    return phase;
}

// DOWN_TO: the first phase that has been taken back since LINE was written.
static bool is_taken_back(const RecordLine *line, Phase down_to) {
    if (str_is(line->word, "verified")) return PHASE_VERIFY >= down_to;
    return str_is(line->word, "phase") && phase_of(line) >= down_to;
}

static bool has_first(const RecordLine *line, const char *first) {
    return first == NULL || (line->arguments.count > 0 && str_is(line->arguments.items[0], first));
}

// Of the lines before END, back to the nearest `plan`.
static const RecordLine *find_before(const Record *record, uint32_t end, const char *word, const char *first) {
    Phase down_to = PHASE_COUNT;
    for (uint32_t i = end; i-- > 0;) {
        const RecordLine *line = &record->lines.items[i];
        if (str_is(line->word, "undone") && phase_of(line) < down_to) down_to = phase_of(line);
        if (str_is(line->word, word) && has_first(line, first) && !is_taken_back(line, down_to)) return line;
        if (str_is(line->word, "plan")) break;
    }
    return NULL;
}

const RecordLine *record_find(const Record *record, const char *word, const char *first) {
    return find_before(record, record->lines.count, word, first);
}

bool record_plan_is_over(const Record *record, Str plan) {
    uint32_t end = record->lines.count;
    for (uint32_t i = end; i-- > 0;) {
        const RecordLine *line = &record->lines.items[i];
        if (!str_is(line->word, "plan")) continue;
        if (line->arguments.count > 0 && str_equal(line->arguments.items[0], plan))
            return find_before(record, end, "phase", phase_name(PHASE_CONTRACT)) != NULL;
        end = i;
    }
    return false;
}

// ---- writing -------------------------------------------------------------------------------------

static void add_time(StrBuf *out) {
    char text[32] = "?";
    time_t seconds = time(NULL);
    struct tm parts;
    if (gmtime_r(&seconds, &parts)) strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    strbuf_add_text(out, text);
}

static void add_user(StrBuf *out) {
    struct passwd entry, *found = NULL;
    char buffer[4096];
    if (getpwuid_r(geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != NULL)
        add_escaped(out, str_from(found->pw_name));
    else
        strbuf_addf(out, "%ld", (long)geteuid());
}

static bool append(Site *site, Record *record, Str line) {
    int file =
        open(site_path(site, "record").data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, FILE_MODE);
    if (file < 0) return false;
    bool good = ftruncate(file, (off_t)record->length) == 0;
    for (size_t done = 0; good && done < line.length;) {
        ssize_t written =
            pwrite(file, line.data + done, line.length - done, (off_t)(record->length + done));
        good = written > 0;
        if (good) done += (size_t)written;
    }
    good = good && fsync(file) == 0;
    int error = errno;
    close(file);
    errno = error;
    return good;
}

static void add_words(StrBuf *text, const char *word, va_list arguments) {
    add_time(text);
    strbuf_add_char(text, ' ');
    add_user(text);
    for (const char *next = word; next != NULL; next = va_arg(arguments, const char *)) {
        strbuf_add_char(text, ' ');
        add_escaped(text, str_from(next));
    }
}

bool record_add(Site *site, Record *record, Diagnostics *diagnostics, const char *word, ...) {
    StrBuf text = {0}, line = {0};
    va_list arguments;
    va_start(arguments, word);
    add_words(&text, word, arguments);
    va_end(arguments);
    Digest before = record->chain;
    Digest digest = digest_keyed(&record->key.secret,
                                 (Str){(const char *)before.bytes, DIGEST_SIZE}, strbuf_str(&text));
    strbuf_addf(&line, "%s %s\n", digest_text(&digest).digits, text.data);
    bool good = append(site, record, strbuf_str(&line));
    if (good) {
        // As it will be read.
        Str kept = arena_copy(&record->arena, str_slice(strbuf_str(&line), 0, line.length - 1));
        good = read_line(record, kept);
        record->length += line.length;
    } else {
        diagnostic_add(diagnostics, DIAGNOSTIC_E672, SPAN_NONE, "cannot write '%.*s/record': %s",
                       STR_ARG(site->folder), strerror(errno));
    }
    strbuf_release(&text);
    strbuf_release(&line);
    return good;
}
