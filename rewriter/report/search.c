// Matches of a pattern as lines or as JSON, schema_version 1. In: matches in path order. Out: text.
#include "report/search.h"
#include "base/message.h"
#include "base/bug.h"
#include "report/json_value.h"
#include "report/text.h"

enum { SCHEMA_VERSION = 1 };

typedef struct Totals {
    uint32_t matches, files; // files: with at least one match
} Totals;

static Totals count(const SearchReport *report) {
    Totals totals = {0};
    for (uint32_t i = 0; i < report->result->files.count; i++) {
        uint32_t matches = report->result->files.items[i].matches.list.count;
        totals.matches += matches;
        totals.files += matches > 0;
    }
    return totals;
}

// ---- text ----------------------------------------------------------------------------------------
static void add_line(StrBuf *out, const SourceFile *file, const PatternMatch *match, bool color) {
    LineColumn at = source_line_column(file, match->start);
    strbuf_add_text(out, color ? "\033[1m" : "");
    text_add_shown(out, file->path);
    strbuf_addf(out, "%s:%u:%u: ", color ? "\033[m" : "", at.line, at.column);
    text_add_shown(out, str_trim(source_line(file, at.line)));
    strbuf_add_char(out, '\n');
}

void search_write_text(const SearchReport *report, bool color, FILE *out) {
    Totals totals = count(report);
    StrBuf text = {0};
    for (uint32_t i = 0; i < report->result->files.count; i++) {
        const FileMatches *file = &report->result->files.items[i];
        const SourceFile *source = source_file(report->sources, file->file);
        for (uint32_t k = 0; k < file->matches.list.count; k++)
            add_line(&text, source, &file->matches.list.items[k], color);
    }
    if (totals.matches == 0)
        message_add(&text, "no match found\n");
    else
        message_add(&text, "\n%u match%s in %u file%s\n", totals.matches,
                    totals.matches == 1 ? "" : "es", totals.files, totals.files == 1 ? "" : "s");
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}

// ---- JSON ----------------------------------------------------------------------------------------
static json_t *variables_json(const SearchReport *report, const FileMatches *file,
                              const SourceFile *source, const PatternMatch *match) {
    json_t *object = json_object();
    for (uint32_t i = 0; i < match->capture_count; i++) {
        const PatternCapture *capture = &file->matches.captures.items[match->first_capture + i];
        Str name = report->rule->variables.items[capture->variable];
        json_t *value = json_text(str_slice(source->text, capture->start, capture->end));
        if (json_object_setn_new_nocheck(object, name.data, name.length, value) != 0)
            BUG("no JSON value for a metavariable");
    }
    return object;
}

static json_t *match_json(const SearchReport *report, const FileMatches *file,
                          const PatternMatch *match) {
    const SourceFile *source = source_file(report->sources, file->file);
    LineColumn start = source_line_column(source, match->start);
    LineColumn end = source_line_column(source, match->end);
    json_t *object = json_object();
    json_put(object, "path", json_text(source->path));
    json_put(object, "line", json_integer(start.line));
    json_put(object, "column", json_integer(start.column));
    json_put(object, "end_line", json_integer(end.line));
    json_put(object, "end_column", json_integer(end.column));
    json_put(object, "text", json_text(str_slice(source->text, match->start, match->end)));
    json_put(object, "variables", variables_json(report, file, source, match));
    return object;
}

void search_write_json(const SearchReport *report, FILE *out) {
    Totals totals = count(report);
    json_t *matches = json_array();
    for (uint32_t i = 0; i < report->result->files.count; i++) {
        const FileMatches *file = &report->result->files.items[i];
        for (uint32_t k = 0; k < file->matches.list.count; k++)
            json_add(matches, match_json(report, file, &file->matches.list.items[k]));
    }
    json_t *summary = json_object();
    json_put(summary, "total_matches", json_integer(totals.matches));
    json_put(summary, "files_with_matches", json_integer(totals.files));
    json_t *root = json_object();
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_put(root, "matches", matches);
    json_put(root, "summary", summary);
    json_write(root, 2, out);
}
