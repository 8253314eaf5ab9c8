// Baselines. In: a text file, or a report. Out: known accesses, stale entries, or the file. Never writes
// a part of a file.
#include "report/baseline.h"

#include <errno.h>

#include "base/file.h"
#include "report/text.h"

enum { SIZE_LIMIT = 64 << 20, FILE_MODE = 0644 };

static const char HEADER[] =
    "# Accesses without an isolation context that are accepted for now: see `weft check --help`.\n"
    "# Written by weft check --update-baseline. For merges without conflicts, .gitattributes has\n"
    "# a line for this file: <file> merge=union\n";

static int compare_entries(const void *left, const void *right) {
    const BaselineEntry *a = left, *b = right;
    int order = str_compare(a->text, b->text);
    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

static void sort_entries(Baseline *baseline) {
    uint32_t kept = 0;
    BaselineEntry *list = baseline->list.items;
    if (baseline->list.count == 0) return;
    qsort(list, baseline->list.count, sizeof *list, compare_entries);
    for (uint32_t i = 0; i < baseline->list.count; i++)
        if (kept == 0 || !str_equal(list[kept - 1].text, list[i].text)) list[kept++] = list[i];
    baseline->list.count = kept;
}

static bool is_conflict_mark(Str line) {
    return str_starts_with(line, STR("<<<<<<<")) || str_starts_with(line, STR("=======")) ||
           str_starts_with(line, STR(">>>>>>>"));
}

bool baseline_read(Str path, Baseline *baseline, Diagnostics *diagnostics) {
    *baseline = (Baseline){0};
    Str bytes, line;
    if (file_read(&baseline->arena, path, SIZE_LIMIT, &bytes, NULL) != FILE_OK) {
        diagnostic_add(diagnostics, DIAGNOSTIC_E701, SPAN_NONE, "cannot read the baseline '%.*s'",
                       STR_ARG(path));
        diagnostic_help(diagnostics, "weft check --update-baseline writes it");
        return false;
    }
    for (uint32_t number = 1; str_split_next(&bytes, '\n', &line); number++) {
        line = str_trim(line);
        if (is_conflict_mark(line)) {
            diagnostic_add(diagnostics, DIAGNOSTIC_E701, SPAN_NONE,
                           "%.*s:%u: the baseline has a merge conflict", STR_ARG(path), number);
            diagnostic_help(diagnostics, "keep the lines of both sides and remove the marks; with "
                                         "merge=union in .gitattributes git does so by itself");
            return false;
        }
        if (line.length > 0 && line.data[0] != '#')
            vec_add(&baseline->list, ((BaselineEntry){line, number, false}));
    }
    sort_entries(baseline);
    return true;
}

void baseline_release(Baseline *baseline) {
    vec_release(&baseline->list);
    arena_release(&baseline->arena);
}

// The identity as it stands in the file: printable, one line.
static Str entry_text(Arena *arena, const Report *report, const ReportAccess *access) {
    StrBuf shown = {0};
    text_add_shown(&shown, report_identity(arena, report, access));
    Str text = arena_copy(arena, str_trim(strbuf_str(&shown)));
    strbuf_release(&shown);
    return text;
}

bool baseline_has(Baseline *baseline, Str entry) {
    uint32_t low = 0, high = baseline->list.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        bool before = str_compare(baseline->list.items[middle].text, entry) < 0;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    if (low == baseline->list.count || !str_equal(baseline->list.items[low].text, entry))
        return false;
    baseline->list.items[low].found = true;
    return true;
}

uint32_t baseline_stale(const Baseline *baseline) {
    uint32_t stale = 0;
    for (uint32_t i = 0; i < baseline->list.count; i++) stale += !baseline->list.items[i].found;
    return stale;
}

uint32_t baseline_match(Baseline *baseline, Report *report) {
    for (uint32_t i = 0; i < report->accesses.count && baseline->list.count > 0; i++) {
        ReportAccess *access = &report->accesses.items[i];
        if (baseline_has(baseline, entry_text(&baseline->arena, report, access)))
            access->known = true;
    }
    return baseline_stale(baseline);
}

bool baseline_write_entries(Str path, const char *header, Baseline *baseline,
                            Diagnostics *diagnostics) {
    StrBuf text = {0};
    sort_entries(baseline);
    strbuf_add_text(&text, header);
    for (uint32_t i = 0; i < baseline->list.count; i++) {
        strbuf_add(&text, baseline->list.items[i].text);
        strbuf_add_char(&text, '\n');
    }
    bool good = file_replace(path, strbuf_str(&text), FILE_MODE);
    if (!good)
        diagnostic_add(diagnostics, DIAGNOSTIC_E901, SPAN_NONE, "cannot write '%.*s': %s",
                       STR_ARG(path), strerror(errno));
    strbuf_release(&text);
    return good;
}

bool baseline_write(Str path, const Report *report, Diagnostics *diagnostics) {
    Baseline all = {0};
    for (uint32_t i = 0; i < report->accesses.count; i++) {
        const ReportAccess *access = &report->accesses.items[i];
        if (outcome_row(access->outcome)->accepted) continue; // a comment accepts it
        vec_add(&all.list, ((BaselineEntry){.text = entry_text(&all.arena, report, access)}));
    }
    bool good = baseline_write_entries(path, HEADER, &all, diagnostics);
    baseline_release(&all);
    return good;
}
