// The migration report as JSON and as JSON lines, schema_version 1. In: the model. Out: one object, or one
// a line.
#include "report/format.h"

#include "report/json_value.h"
#include "report/report_json.h"

static json_t *file_accesses(const Report *report, const ReportFile *file) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < file->access_count; i++) {
        json_t *object = json_object();
        report_put_access(object, &report->accesses.items[file->first_access + i]);
        json_add(list, object);
    }
    return list;
}

void report_write_json(const Report *report, const ReportStyle *style, FILE *out) {
    (void)style;
    json_t *root = json_object(), *files = json_array(), *unread = json_array();
    report_put_summary(root, report);
    for (uint32_t i = 0; i < report->files.count; i++) {
        const ReportFile *file = &report->files.items[i];
        if (file->state != SOURCE_READ) {
            json_t *entry = json_object();
            json_put(entry, "path", json_text(file->path));
            json_put(entry, "state", json_string(report_state_word(file->state)));
            json_add(unread, entry);
        }
        if (!file->migrates && !file->access_count) continue;
        json_t *object = json_object();
        report_put_file(object, report, file);
        json_put(object, "details", file_accesses(report, file));
        json_add(files, object);
    }
    json_put(root, "file_analyses", files);
    json_put(root, "files_not_analysed", unread);
    json_write(root, 2, out);
}

// One object a line, each with its `type`: a stream that a log collector can take.
void report_write_jsonl(const Report *report, const ReportStyle *style, FILE *out) {
    (void)style;
    json_t *summary = json_object();
    json_put(summary, "type", json_string("summary"));
    report_put_summary(summary, report);
    json_write(summary, 0, out);
    for (uint32_t i = 0; i < report->files.count; i++) {
        const ReportFile *file = &report->files.items[i];
        if (!file->migrates && !file->access_count && file->state == SOURCE_READ) continue;
        json_t *object = json_object();
        json_put(object, "type", json_string("file"));
        report_put_file(object, report, file);
        json_write(object, 0, out);
        for (uint32_t a = 0; a < file->access_count; a++) {
            json_t *access = json_object();
            json_put(access, "type", json_string("access"));
            json_put(access, "path", json_text(file->path));
            report_put_access(access, &report->accesses.items[file->first_access + a]);
            json_write(access, 0, out);
        }
    }
}
