// The migration report as GitHub-flavoured Markdown, for a job summary or a comment. In: the model.
// Out: tables. Names from the tree are code spans, in which nothing is markup.
#include "report/format.h"
#include "base/message.h"
#include "report/text.h"

enum { MOST_FILES = 30 };

// A code span whose fence is longer than any run of backticks in it; `|` would end a table cell even
// there.
static void add_code(StrBuf *out, Str text) {
    StrBuf shown = {0};
    text_add_shown(&shown, text);
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < shown.length; i++) {
        run = shown.data[i] == '`' ? run + 1 : 0;
        if (run > longest) longest = run;
    }
    bool pad = longest > 0;
    strbuf_add_repeat(out, '`', longest + 1);
    if (pad) strbuf_add_char(out, ' ');
    for (size_t i = 0; i < shown.length; i++) {
        if (shown.data[i] == '|') strbuf_add_char(out, '\\');
        strbuf_add_char(out, shown.data[i]);
    }
    if (pad) strbuf_add_char(out, ' ');
    strbuf_add_repeat(out, '`', longest + 1);
    strbuf_release(&shown);
}

// Prose with names from the tree in it: what Markdown or HTML would read as markup is escaped.
static void add_prose(StrBuf *out, Str text) {
    StrBuf shown = {0};
    text_add_shown(&shown, text);
    for (size_t i = 0; i < shown.length; i++) {
        if (strchr("\\`*_[]<>#|&~$@", shown.data[i]) != NULL) strbuf_add_char(out, '\\');
        strbuf_add_char(out, shown.data[i]);
    }
    strbuf_release(&shown);
}

static void add_summary(StrBuf *out, const Report *report) {
    const ReportWork *work = &report->work;
    strbuf_add_text(out, "| | |\n|---|---:|\n");
    message_add(out, "| migration complexity | **%s** (%u.%u of 10) |\n",
                message_text(level_name(report->complexity)), report->score / 10, report->score % 10);
    message_add(out, "| risk | **%s** |\n", message_text(level_name(report->risk)));
    message_add(out, "| files requiring migration | %u of %u |\n", report->migrating_files,
                report->total_files);
    message_add(out, "| accesses | %u |\n", report->accesses.count);
    message_add(out, "| changes required | %u |\n", report->total_changes);
    message_add(out, "| isolated | %u (%u.%u %%) |\n", report->isolated, report->coverage / 10,
                report->coverage % 10);
    message_add(out, "| places to decide | %u: %u sites, %u files to repair |\n", work->decisions,
                work->sites, work->repairs);
}

static void add_families(StrBuf *out, const Report *report) {
    message_add(out, "\n### By family\n\n"
                         "| family | accesses | files | changes | refused | bridged | isolated | "
                         "risk |\n|---|---:|---:|---:|---:|---:|---:|---|\n");
    for (Family i = 0; i < report_families(report)->count; i++) {
        const ReportFamily *family = &report->families[i];
        if (family->accesses == 0 && family->changes == 0) continue;
        message_add(out, "| %s | %u | %u | %u | %u | %u | %u | %s |\n",
                    report_family_name(report, i), family->accesses, family->files, family->changes,
                    family->by_outcome[OUTCOME_REFUSED], family->by_outcome[OUTCOME_BRIDGED],
                    family->isolated, message_text(level_name(family->risk)));
    }
}

static void add_codes(StrBuf *out, const Report *report) {
    if (report->codes.count == 0) return;
    message_add(out, "\n### Refused, bridged and doubtful sites\n\n"
                         "| code | sites | accesses | meaning |\n|---|---:|---:|---|\n");
    for (uint32_t i = 0; i < report->codes.count; i++) {
        const ReportCode *code = &report->codes.items[i];
        message_add(out, "| %s | %u | %u | %s |\n", diagnostic_code_name(code->code), code->count,
                    code->accesses, diagnostic_code_title(code->code));
    }
}

static void add_advice(StrBuf *out, const Report *report) {
    if (report->advice.count == 0) return;
    message_add(out, "\n### Recommendations\n\n");
    for (uint32_t i = 0; i < report->advice.count; i++) {
        message_add(out, "%u. ", i + 1);
        add_prose(out, report->advice.items[i].text);
        strbuf_add_char(out, '\n');
    }
}

static void add_files(StrBuf *out, const Report *report) {
    uint32_t *order, count;
    report_files_by_work(report, &order, &count);
    if (count > 0)
        message_add(out, "\n### Files\n\n| file | accesses | changes | complexity | risk |\n"
                             "|---|---:|---:|---:|---|\n");
    for (uint32_t i = 0; i < count && i < MOST_FILES; i++) {
        const ReportFile *file = &report->files.items[order[i]];
        strbuf_add_text(out, "| ");
        add_code(out, file->path);
        message_add(out, " | %u | %u | %u.%u | %s |\n", file->access_count, file->changes,
                    file->score / 10, file->score % 10, message_text(level_name(file->risk)));
    }
    if (count > MOST_FILES) message_add(out, "\nand %u more files\n", count - MOST_FILES);
    free(order);
}

void report_write_markdown(const Report *report, const ReportStyle *style, FILE *out) {
    (void)style;
    StrBuf text = {0};
    message_add(&text, "## Migration report\n\n");
    add_summary(&text, report);
    add_families(&text, report);
    add_codes(&text, report);
    add_advice(&text, report);
    add_files(&text, report);
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
}
