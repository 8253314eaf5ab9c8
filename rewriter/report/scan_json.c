// Sinks as JSON, schema_version 1. Keys keep the order they are set in, so that equal trees give
// equal bytes. JSON is UTF-8: a path in another encoding has its odd bytes written as \xNN.
#include "report/scan.h"

#include "report/json_value.h"

enum { SCHEMA_VERSION = 1 };

static json_t *row_json(const Families *families, const ScanRow *row) {
    json_t *object = json_object();
    json_put(object, "path", json_text(row->path));
    json_put(object, "line", json_integer(row->at.line));
    json_put(object, "column", json_integer(row->at.column));
    json_put(object, "family", json_string(family_name(families, row->family)));
    json_put(object, "rule", row->rule.length > 0 ? json_text(row->rule) : json_null());
    json_put(object, "pack", row->rule.length > 0 ? json_text(row->pack) : json_null());
    json_put(object, "symbol", json_text(row->symbol));
    json_put(object, "source_line", json_text(row->line));
    json_put(object, "ignored", row->ignored ? json_text(row->reason) : json_null());
    return object;
}

static json_t *summary_json(const ScanRows *rows) {
    json_t *families = json_object();
    for (uint32_t i = 0; i < rows->families->count; i++)
        json_put(families, family_name(rows->families, i), json_integer(rows->by_family[i]));
    json_t *summary = json_object();
    json_put(summary, "total_sinks", json_integer(rows->list.count));
    json_put(summary, "files_with_sinks", json_integer(rows->files));
    json_put(summary, "sinks_by_family", families);
    return summary;
}

void scan_write_json(const ScanRows *rows, FILE *out) {
    json_t *sinks = json_array();
    for (uint32_t i = 0; i < rows->list.count; i++)
        json_add(sinks, row_json(rows->families, &rows->list.items[i]));
    json_t *root = json_object();
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_put(root, "sinks", sinks);
    json_put(root, "summary", summary_json(rows));
    json_write(root, 2, out);
}
