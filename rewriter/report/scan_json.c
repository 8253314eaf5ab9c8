// Sinks as JSON, schema_version 1. Keys keep the order they are set in, so that equal trees give
// equal bytes. JSON is UTF-8: a path in another encoding has its odd bytes written as \xNN.
#include "report/scan.h"

#include <jansson.h>

#include "base/bug.h"
#include "report/text.h"

enum { SCHEMA_VERSION = 1 };

static json_t *json_text(Str text) {
    json_t *value = json_stringn(text.length > 0 ? text.data : "", text.length);
    if (value != NULL) return value;
    StrBuf shown = {0};
    text_add_shown(&shown, text);
    value = json_stringn(shown.data, shown.length);
    strbuf_release(&shown);
    return value;
}

static void set(json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) != 0) BUG("no JSON value for '%s'", key);
}

static json_t *row_json(const ScanRow *row) {
    json_t *object = json_object();
    set(object, "path", json_text(row->path));
    set(object, "line", json_integer(row->at.line));
    set(object, "column", json_integer(row->at.column));
    set(object, "family", json_string(family_name(row->family)));
    set(object, "rule", row->rule.length > 0 ? json_text(row->rule) : json_null());
    set(object, "symbol", json_text(row->symbol));
    set(object, "source_line", json_text(row->line));
    return object;
}

static json_t *summary_json(const ScanRows *rows) {
    json_t *families = json_object();
    for (int i = 0; i < FAMILY_COUNT; i++)
        set(families, family_name((Family)i), json_integer(rows->by_family[i]));
    json_t *summary = json_object();
    set(summary, "total_sinks", json_integer(rows->list.count));
    set(summary, "files_with_sinks", json_integer(rows->files));
    set(summary, "sinks_by_family", families);
    return summary;
}

void scan_write_json(const ScanRows *rows, FILE *out) {
    json_t *sinks = json_array();
    for (uint32_t i = 0; i < rows->list.count; i++)
        if (json_array_append_new(sinks, row_json(&rows->list.items[i])) != 0)
            BUG("row %u does not fit into JSON", i);
    json_t *root = json_object();
    set(root, "schema_version", json_integer(SCHEMA_VERSION));
    set(root, "sinks", sinks);
    set(root, "summary", summary_json(rows));
    // A full disk shows in ferror(out), which the caller looks at.
    (void)json_dumpf(root, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(root);
}
