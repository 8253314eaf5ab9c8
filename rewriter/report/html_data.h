// Private to report/format_html.c and report/html_*.c: the data that the page of the HTML report shows, as
// elements <script type="application/json">, which a browser never runs.
#ifndef WEFT_REPORT_HTML_DATA_H
#define WEFT_REPORT_HTML_DATA_H

#include <jansson.h>
#include <stdio.h>
#include "report/model.h"

// Files and functions as the page counts them: rows of two tables.
typedef struct HtmlRows {
    Arena arena;
    uint32_t *file_row;     // by index into Report.files: 1 + row; 0 when the page has no such file
    Vec(uint32_t) files;    // by row: index into Report.files. Those that migrate come first
    uint32_t migrating;     // how many do
    uint32_t *function_row; // by FunctionId: 1 + row; 0 when no context passes through it
    Vec(FunctionId) functions;
    uint32_t *accesses; // by FunctionId: how many the function runs
    uint32_t *first_function,
        *next_function; // by FileId: the first; by FunctionId: the next; 0 ends
} HtmlRows;

// ---- html_rows.c ----
void html_rows_build(const Report *report, HtmlRows *rows);
void html_rows_release(HtmlRows *rows);
// Rows of the function tables: functions, and who gives a context to whom.
json_t *html_functions(const Report *report, const HtmlRows *rows);
json_t *html_links(const Report *report, const HtmlRows *rows);

// ---- html_file.c ----
// What a person sees who opens a file: accesses, changes with their reasons, the diff.
json_t *html_file_details(const Report *report, const HtmlRows *rows, const ReportFile *file);

// ---- html_data.c ----
// Writes element "report", with all but the details of files, and for each file that migrates an element
// "file-ROW", so that a browser reads only those that are opened.
void html_data_write(const Report *report, FILE *out);

#endif
