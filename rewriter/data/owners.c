// CSV (RFC 4180) with a header. In: a file that a person wrote. Out: cells, or what is wrong in which line.
#include "data/owners.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/intern.h"
#include "source/utf8.h"

enum { SIZE_MAX_OWNERS = 64 * 1024 * 1024 };

typedef struct Csv {
    Arena *arena;
    Str text;
    size_t at;
    uint32_t line;
    const char *fault; // NULL while all is well
} Csv;

static bool is_end_of_cell(const Csv *csv) {
    return csv->at == csv->text.length || csv->text.data[csv->at] == ',' ||
           csv->text.data[csv->at] == '\n' || csv->text.data[csv->at] == '\r';
}

// Behind an opening quote: two quotes stand for one.
static Str read_quoted(Csv *csv) {
    StrBuf cell = {0};
    for (csv->at++;; csv->at++) {
        if (csv->at == csv->text.length) {
            csv->fault = "a quote is not closed";
            break;
        }
        char c = csv->text.data[csv->at];
        bool next = csv->at + 1 < csv->text.length && csv->text.data[csv->at + 1] == '"';
        if (c == '"' && !next) break;
        if (c == '"') csv->at++;
        if (c == '\n') csv->line++;
        strbuf_add_char(&cell, c);
    }
    if (csv->fault == NULL) csv->at++;
    Str text = arena_copy(csv->arena, strbuf_str(&cell));
    strbuf_release(&cell);
    if (csv->fault == NULL && !is_end_of_cell(csv)) csv->fault = "something follows a quoted cell";
    return text;
}

static Str read_cell(Csv *csv) {
    if (csv->at < csv->text.length && csv->text.data[csv->at] == '"') return read_quoted(csv);
    size_t start = csv->at;
    while (!is_end_of_cell(csv)) csv->at++;
    return str_slice(csv->text, start, csv->at);
}

// Appends the cells of a line; false at the end of the file and after a fault.
static bool read_line(Csv *csv, StrItems *cells, uint32_t *count) {
    if (csv->at == csv->text.length) return false;
    for (*count = 0;;) {
        list_add(csv->arena, cells, read_cell(csv));
        (*count)++;
        if (csv->fault != NULL) return false;
        if (csv->at == csv->text.length || csv->text.data[csv->at] != ',') break;
        csv->at++;
    }
    if (csv->at < csv->text.length && csv->text.data[csv->at] == '\r') csv->at++;
    if (csv->at < csv->text.length && csv->text.data[csv->at] != '\n')
        csv->fault = "a line ends with a lone CR";
    if (csv->at < csv->text.length) csv->at++;
    return csv->fault == NULL;
}

static void read_rows(Csv *csv, Owners *owners) {
    Interner *seen = interner_new();
    uint32_t width, count;
    bool good = read_line(csv, &owners->columns, &width);
    if (!good && csv->fault == NULL) csv->fault = "it is empty";
    while (good) {
        uint32_t line = ++csv->line;
        uint32_t first = owners->cells.count;
        if (!read_line(csv, &owners->cells, &count)) break;
        if (count == 1 && owners->cells.items[first].length == 0) { // an empty line
            owners->cells.count = first;
            continue;
        }
        Str value = owners->cells.items[first];
        if (count != width) csv->fault = "it has another number of cells than the first line";
        if (intern_find(seen, value).index != 0) csv->fault = "its first value was there before";
        intern(seen, value);
        if (csv->fault == NULL) continue;
        csv->line = line;
        break;
    }
    interner_free(seen);
}

static bool refuse(Diagnostics *diagnostics, const DataOwners *rule, uint32_t line,
                   const char *why) {
    diagnostic_add(diagnostics, DIAGNOSTIC_E627, rule->span, "'%.*s' cannot be used: line %u: %s",
                   STR_ARG(rule->file), line, why);
    return false;
}

bool owners_read(Str root, const DataOwners *rule, Arena *arena, Owners *owners,
                 Diagnostics *diagnostics) {
    Csv csv = {.arena = arena, .line = 1};
    int folder = beneath_root(root); // no link leads out of the tree
    FileResult result =
        folder < 0 ? FILE_UNREADABLE
                   : beneath_read(arena, folder, rule->file, SIZE_MAX_OWNERS, &csv.text, NULL);
    int error = errno;
    if (folder >= 0) close(folder);
    if (result != FILE_OK) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E627, rule->span, "cannot read '%.*s': %s",
                       STR_ARG(rule->file),
                       result == FILE_TOO_LARGE     ? "too large"
                       : result == FILE_NOT_REGULAR ? "it is no regular file"
                                                    : strerror(error));
        return false;
    }
    if (str_starts_with(csv.text, STR("\xEF\xBB\xBF")))
        csv.text = str_slice(csv.text, 3, csv.text.length);
    if (utf8_valid_length(csv.text) != csv.text.length || str_find(csv.text, '\0') >= 0)
        return refuse(diagnostics, rule, 1, "the file is not text in UTF-8");
    read_rows(&csv, owners);
    if (csv.fault != NULL) return refuse(diagnostics, rule, csv.line, csv.fault);
    if (!str_equal(owners->columns.items[0], rule->column))
        return refuse(diagnostics, rule, 1, "its first column is not that of the rule");
    if (owners->columns.count < 2) return refuse(diagnostics, rule, 1, "it names no dimension");
    return true;
}
