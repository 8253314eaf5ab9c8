// One file in the HTML report. In: the model, the plan. Out: its accesses, its changes with the reason and
// function of each, and its diff, as text whatever the file's encoding is.
#include "report/html_data.h"

#include <stdlib.h>

#include "patch/diff.h"
#include "report/json_value.h"
#include "report/report_json.h"

enum { DIFF_CONTEXT = 3 };

static int function_row(const HtmlRows *rows, FunctionId function) {
    return (int)rows->function_row[function.index] - 1;
}

static json_t *accesses_json(const Report *report, const HtmlRows *rows, const ReportFile *file) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < file->access_count; i++) {
        const ReportAccess *access = &report->accesses.items[file->first_access + i];
        const Sink *sink = &report->input->solution->sinks.items[access->sink];
        json_t *object = json_object();
        report_put_access(object, access);
        json_put(object, "function_row", json_integer(function_row(rows, sink->function)));
        json_add(list, object);
    }
    return list;
}

// ---- the functions around edits ------------------------------------------------------------------
// The functions of a file by where they begin, and those that the last offset asked for was in.
typedef struct Around {
    const FunctionFact *functions;
    Vec(uint32_t) list, open;
    uint32_t next; // of the list
} Around;

static int compare_starts(const void *left, const void *right, void *context) {
    const FunctionFact *functions = context;
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    if (functions[a].start != functions[b].start)
        return functions[a].start < functions[b].start ? -1 : 1;
    return a < b ? -1 : a > b;
}

static void around_begin(Around *around, const Report *report, const HtmlRows *rows, FileId file) {
    *around = (Around){.functions = report->input->program->facts->functions.items};
    for (uint32_t i = rows->first_function[file.index]; i != 0; i = rows->next_function[i])
        vec_add(&around->list, i);
    if (around->list.count > 0)
        qsort_r(around->list.items, around->list.count, sizeof *around->list.items, compare_starts,
                (void *)around->functions);
}

// The innermost function around OFFSET; none at module level. Offsets are asked for in order.
static FunctionId function_around(Around *around, uint32_t offset) {
    const FunctionFact *functions = around->functions;
    while (around->next < around->list.count &&
           functions[around->list.items[around->next]].start <= offset)
        vec_add(&around->open, around->list.items[around->next++]);
    while (around->open.count > 0 &&
           functions[around->open.items[around->open.count - 1]].end <= offset)
        around->open.count--;
    return around->open.count > 0 ? (FunctionId){around->open.items[around->open.count - 1]}
                                  : (FunctionId){0};
}

static void around_end(Around *around) {
    vec_release(&around->list);
    vec_release(&around->open);
}

static const char *safety_word(Safety safety) {
    switch (safety) {
    case SAFETY_SAFE: return "safe";
    case SAFETY_REVIEW: return "review";
    case SAFETY_DISPLAY: return "display";
    }
    return "";
}

static json_t *changes_json(const Report *report, const HtmlRows *rows,
                            const PlannedFile *planned) {
    json_t *list = json_array();
    const SourceFile *source = source_file(report->input->sources, planned->file);
    Around around;
    around_begin(&around, report, rows, planned->file);
    for (uint32_t i = 0; i < planned->edit_count; i++) {
        const Edit *edit = &report->input->plan->edits.list.items[planned->first_edit + i];
        FunctionId function = function_around(&around, edit->start);
        json_t *object = json_object();
        json_put(object, "line", json_integer(source_line_column(source, edit->start).line));
        json_put(object, "family", json_text(edit->family));
        json_put(object, "safety", json_string(safety_word(edit->safety)));
        json_put(object, "reason", json_text(edit->owner));
        json_put(object, "function_row", json_integer(function_row(rows, function)));
        json_add(list, object);
    }
    around_end(&around);
    return list;
}

// Of the texts, not of the bytes on disk: a page has one encoding.
static json_t *diff_json(const Report *report, const PlannedFile *planned) {
    Arena scratch = {0};
    StrBuf out = {0};
    Str before = source_file(report->input->sources, planned->file)->text;
    const Edit *edits = &report->input->plan->edits.list.items[planned->first_edit];
    Str after = edits_apply(&scratch, before, edits, planned->edit_count);
    diff_add_hunks(&out, before, after, DIFF_CONTEXT);
    json_t *text = json_text(strbuf_str(&out));
    strbuf_release(&out);
    arena_release(&scratch);
    return text;
}

json_t *html_file_details(const Report *report, const HtmlRows *rows, const ReportFile *file) {
    json_t *object = json_object();
    json_put(object, "accesses", accesses_json(report, rows, file));
    if (file->plan_file == 0) {
        json_put(object, "changes", json_array());
        json_put(object, "diff", json_string(""));
        return object;
    }
    const PlannedFile *planned = &report->input->plan->files.items[file->plan_file - 1];
    json_put(object, "changes", changes_json(report, rows, planned));
    json_put(object, "diff", diff_json(report, planned));
    return object;
}
