// The table of formats. In: a name. Out: who writes it.
#include "report/format.h"

static const ReportFormat FORMATS[] = {
    {"text", "for a person at a terminal", report_write_text},
    {"json", "everything, as one object", report_write_json},
    {"jsonl", "one object a line: the summary, then the files and accesses", report_write_jsonl},
    {"markdown", "for a job summary or a comment", report_write_markdown},
    {"html", "a page for a browser: map, flow, files, calls; one file, no network",
     report_write_html},
    {"csv", "one row an access", report_write_csv},
    {"sarif", "SARIF 2.1.0, for code scanning", report_write_sarif},
    {"github", "annotations of a GitHub workflow", report_write_github},
    {"gitlab", "GitLab code quality", report_write_gitlab},
    {"junit", "JUnit XML, one test case a file", report_write_junit},
    {"dot", "a graph for Graphviz; see --around", report_write_dot},
};

const ReportFormat *report_formats(size_t *count) {
    *count = sizeof FORMATS / sizeof *FORMATS;
    return FORMATS;
}

const ReportFormat *report_format_find(Str name) {
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
        if (str_is(name, FORMATS[i].name)) return &FORMATS[i];
    return NULL;
}
