// Accesses as GitHub workflow commands, which become annotations of a pull request. In: the model. Out:
// one line each, errors first; those that a baseline knows are left out.
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
#include "report/format.h"

#include "report/finding.h"
#include "report/text.h"
#include "report/workflow.h"

static void add_annotation(StrBuf *out, Arena *arena, const Report *report,
                           const ReportAccess *access) {
    bool error = finding_level(access) == FINDING_ERROR;
    strbuf_addf(out, "::%s file=", error ? "error" : "warning");
    StrBuf path = {0};
    text_add_shown(&path, report->files.items[access->file].path);
    workflow_add_property(out, strbuf_str(&path));
    strbuf_release(&path);
    strbuf_addf(out, ",line=%u,endLine=%u,col=%u", access->start.line, access->end.line,
                access->start.column);
    // The runner takes an end column only together with one line.
    if (access->start.line == access->end.line)
        strbuf_addf(out, ",endColumn=%u", access->end.column);
    strbuf_add_text(out, ",title=");
    workflow_add_property(out, finding_rule(arena, access));
    strbuf_add_text(out, "::");
    workflow_add_data(out, finding_message(arena, access));
    strbuf_add_char(out, '\n');
}

static void add_place(StrBuf *out, const Report *report, const Diagnostic *place) {
    const SourceFile *source = source_file(report->input->sources, place->span.file);
    LineColumn start = source_line_column(source, place->span.start);
    StrBuf path = {0};
    strbuf_add_text(out, "::warning file=");
    text_add_shown(&path, source->path);
    workflow_add_property(out, strbuf_str(&path));
    strbuf_release(&path);
    strbuf_addf(out, ",line=%u,col=%u,title=%s::", start.line, start.column, diagnostic_code_name(place->code));
    StrBuf message = {0};
    text_add_shown(&message, place->message);
    workflow_add_data(out, strbuf_str(&message));
    strbuf_release(&message);
    strbuf_add_char(out, '\n');
}

void report_write_github(const Report *report, const ReportStyle *style, FILE *out) {
    (void)style;
    Arena arena = {0};
    StrBuf text = {0};
    for (int errors = 1; errors >= 0; errors--)
        for (uint32_t i = 0; i < report->accesses.count; i++) {
            const ReportAccess *access = &report->accesses.items[i];
            if (!access->known && (finding_level(access) == FINDING_ERROR) == errors)
                add_annotation(&text, &arena, report, access);
        }
    const Diagnostics *diagnostics = report->input->diagnostics;
    for (uint32_t i = 0; i < diagnostics->list.count; i++)
        if (report_is_place(diagnostics->list.items[i].code) && diagnostics->list.items[i].span.file.index)
            add_place(&text, report, &diagnostics->list.items[i]);
    if (text.length > 0) fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
    arena_release(&arena);
}
