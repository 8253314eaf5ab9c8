// The output formats of the migration report. One file each, report/format_<name>.c: a view of the
// model (report/model.h) that computes nothing.
#ifndef WEFT_REPORT_FORMAT_H
#define WEFT_REPORT_FORMAT_H

#include "report/model.h"

// How text on a terminal looks; other formats do not ask.
typedef struct ReportStyle {
    bool color;
    uint32_t width; // columns
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

// The version of the JSON formats; docs/schema/report.schema.json describes it.
enum { REPORT_SCHEMA_VERSION = 1 };

ReportWriter report_write_text, report_write_json, report_write_jsonl, report_write_markdown,
    report_write_csv;

#endif
