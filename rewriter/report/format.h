// The output formats of the migration report. One file each, report/format_<name>.c: a view of the
// model (report/model.h) that computes nothing.
#ifndef WEFT_REPORT_FORMAT_H
#define WEFT_REPORT_FORMAT_H

#include "report/model.h"

// How to show it. Each format looks at what concerns it.
typedef struct ReportStyle {
    bool color;     // text
    uint32_t width;   // text: columns that tables are made for
    uint32_t columns; // text: of the terminal; 0 where there is none, and sentences are not broken
    Str around; // dot: a function or module by dotted name, or the end of one; empty: the modules
} ReportStyle;

// Writes the whole report to OUT. What cannot be written shows in ferror(OUT).
typedef void ReportWriter(const Report *report, const ReportStyle *style, FILE *out);

typedef struct ReportFormat {
    const char *name;
    const char *meaning; // for --help
    ReportWriter *write;
} ReportFormat;

// All formats, and how many. The first is the default.
const ReportFormat *report_formats(size_t *count);
// The format of that name; NULL when there is none.
const ReportFormat *report_format_find(Str name);

// True when AROUND (see ReportStyle) is the name of some function, class or module with functions.
bool report_around_is_known(const Report *report, Str around);

// The version of the JSON formats; docs/schema/report.schema.json describes it.
enum { REPORT_SCHEMA_VERSION = 2 };

ReportWriter report_write_text, report_write_json, report_write_jsonl, report_write_markdown,
    report_write_html, report_write_csv, report_write_sarif, report_write_github,
    report_write_gitlab, report_write_junit, report_write_dot;

#endif
