// Accesses as JUnit XML, which CI systems show as tests. In: the model. Out: one test case a file that
// was read, which fails with the accesses that it still has; those that a baseline knows do not count.
// The format is that of the schema of the Jenkins xUnit plugin.
#include "report/format.h"

#include "report/finding.h"
#include "report/markup.h"

static uint32_t new_accesses(const Report *report, const ReportFile *file) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < file->access_count; i++)
        count += !report->accesses.items[file->first_access + i].known;
    return count;
}

static void add_failure(StrBuf *out, Arena *arena, const Report *report, const ReportFile *file,
                        uint32_t count) {
    strbuf_addf(out,
                "    <failure message=\"%u access%s without an isolation context\" "
                "type=\"unisolated\">",
                count, count == 1 ? "" : "es");
    for (uint32_t i = 0; i < file->access_count; i++) {
        const ReportAccess *access = &report->accesses.items[file->first_access + i];
        if (access->known) continue;
        markup_add(out, file->path);
        strbuf_addf(out, ":%u:%u: ", access->start.line, access->start.column);
        markup_add(out, finding_message(arena, access));
        strbuf_add_char(out, '\n');
    }
    strbuf_add_text(out, "</failure>\n");
}

static void add_case(StrBuf *out, Arena *arena, const Report *report, const ReportFile *file) {
    uint32_t count = new_accesses(report, file);
    strbuf_add_text(out, "  <testcase classname=\"weft\" name=\"");
    markup_add(out, file->path);
    strbuf_add_text(out, "\" file=\"");
    markup_add(out, file->path);
    if (count == 0) {
        strbuf_add_text(out, "\"/>\n");
        return;
    }
    strbuf_add_text(out, "\">\n");
    add_failure(out, arena, report, file, count);
    strbuf_add_text(out, "  </testcase>\n");
}

void report_write_junit(const Report *report, const ReportStyle *style, FILE *out) {
    (void)style;
    Arena arena = {0};
    StrBuf text = {0};
    uint32_t tests = 0, failures = 0;
    for (uint32_t i = 0; i < report->files.count; i++) {
        const ReportFile *file = &report->files.items[i];
        if (file->state != SOURCE_READ) continue;
        tests++;
        failures += new_accesses(report, file) > 0;
    }
    strbuf_addf(&text,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite "
                "name=\"weft\" tests=\"%u\" failures=\"%u\" errors=\"0\" skipped=\"0\">\n",
                tests, failures);
    for (uint32_t i = 0; i < report->files.count; i++)
        if (report->files.items[i].state == SOURCE_READ)
            add_case(&text, &arena, report, &report->files.items[i]);
    strbuf_add_text(&text, "</testsuite>\n</testsuites>\n");
    fwrite(text.data, 1, text.length, out);
    strbuf_release(&text);
    arena_release(&arena);
}
