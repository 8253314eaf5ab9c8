// Accepting what weft makes of a test. In: a trial that differs. Out: the folder after/, or the value of
// `expect:` in the text of the rule file. Never changes a test whose fault is another one.
#include <errno.h>

#include "base/file.h"
#include "base/message.h"
#include "base/path.h"
#include "cli/rule_trial.h"

enum { FILE_MODE = 0644, INDENT = 2 };

static bool accept_folder(Trial *trial) {
    Str after = path_join(&trial->arena, trial->test->folder, STR("after"));
    for (uint32_t i = 0; i < trial->after.count; i++) {
        const TestFile *file = &trial->after.items[i];
        if (file_replace(path_join(&trial->arena, after, file->path), file->text, FILE_MODE))
            continue;
        message_add(&trial->fault, "    cannot write '%.*s': %s\n", STR_ARG(file->path),
                    strerror(errno));
        return false;
    }
    return true;
}

// A block scalar holds any text of printable lines; a carriage return would be folded away.
static bool fits_block(Str text) { return str_find(text, '\r') < 0; }

// A key that YAML takes for nothing else.
static bool is_plain(Str path) {
    for (size_t i = 0; i < path.length; i++) {
        char c = path.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        bool inside = i > 0 && ((c >= '0' && c <= '9') || c == '.' || c == '/' || c == '-');
        if (!letter && !inside) return false;
    }
    return true;
}

// "path: |" and the lines, indented by INDENT_COLUMNS; `|-` for a text without a last line end, and an
// explicit indentation where the first line begins with a blank.
static void add_entry(StrBuf *out, const TestFile *file, uint32_t columns) {
    Str rest = file->text, line;
    bool ends = str_ends_with(file->text, STR("\n"));
    bool blank = file->text.length > 0 && (file->text.data[0] == ' ' || file->text.data[0] == '\n');
    const char *quote = is_plain(file->path) ? "" : "\"";
    strbuf_addf(out, "%s%.*s%s: |", quote, STR_ARG(file->path), quote);
    if (blank) strbuf_addf(out, "%d", INDENT);
    if (!ends) strbuf_add_char(out, '-');
    strbuf_add_char(out, '\n');
    while (rest.length > 0 && str_split_next(&rest, '\n', &line)) {
        if (line.length > 0) strbuf_add_repeat(out, ' ', columns + INDENT);
        strbuf_add(out, line);
        strbuf_add_char(out, '\n');
    }
}

static bool accept_inline(Trial *trial, StrBuf *text) {
    const RuleTest *test = trial->test;
    StrBuf entries = {0}, result = {0};
    bool good = test->expect_span.end > 0;
    if (test->in_braces) strbuf_add_char(&entries, '\n');
    for (uint32_t i = 0; i < trial->after.count; i++) {
        const TestFile *file = &trial->after.items[i];
        good = good && fits_block(file->text);
        if (i > 0 || test->in_braces) strbuf_add_repeat(&entries, ' ', test->indent);
        add_entry(&entries, file, test->indent);
    }
    if (good && trial->after.count > 0) {
        Str old = strbuf_str(text);
        uint32_t end = test->expect_span.end; // the last entry brings its own line end
        if (end < old.length && old.data[end] == '\n') end++;
        strbuf_add(&result, str_slice(old, 0, test->expect_span.start));
        strbuf_add(&result, strbuf_str(&entries));
        strbuf_add(&result, str_slice(old, end, old.length));
        strbuf_clear(text);
        strbuf_add(text, strbuf_str(&result));
    } else {
        message_add(&trial->fault,
                    "    not accepted: write `expect:` with one file first, or remove it\n");
        good = false;
    }
    strbuf_release(&entries);
    strbuf_release(&result);
    return good;
}

bool trial_accept(Trial *trial, StrBuf *text) {
    if (trial->broken || !trial->differs) return false;
    bool good = trial->test->folder.length > 0 ? accept_folder(trial) : accept_inline(trial, text);
    trial->passed = good;
    return good;
}
