// In: diagnostics, sorted. Out: a list for JSON. Knows no command.
#include "report/diagnostic_json.h"

#include "report/json_value.h"

static const char *severity_word(Severity severity) {
    switch (severity) {
    case SEVERITY_NOTE: return "note";
    case SEVERITY_WARNING: return "warning";
    case SEVERITY_ERROR: return "error";
    }
    return "";
}

static json_t *one_json(const Diagnostic *diagnostic, const Sources *sources) {
    json_t *object = json_object();
    bool placed = diagnostic->span.file.index != 0;
    const SourceFile *file = placed ? source_file(sources, diagnostic->span.file) : NULL;
    // A file that could not be read has no lines.
    bool has_line = placed && file->text.data != NULL;
    LineColumn at = {0};
    if (has_line) at = source_line_column(file, diagnostic->span.start);
    json_put(object, "code", json_string(diagnostic_code_name(diagnostic->code)));
    json_put(object, "severity", json_string(severity_word(diagnostic->severity)));
    json_put(object, "message", json_text(diagnostic->message));
    json_put(object, "path", placed ? json_text(file->path) : json_null());
    json_put(object, "line", has_line ? json_integer(at.line) : json_null());
    json_put(object, "column", has_line ? json_integer(at.column) : json_null());
    json_put(object, "note", json_text_or_null(diagnostic->note));
    json_put(object, "help", json_text_or_null(diagnostic->help));
    return object;
}

json_t *diagnostics_json(const Diagnostics *diagnostics, const Sources *sources) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < diagnostics->list.count; i++)
        json_add(list, one_json(&diagnostics->list.items[i], sources));
    return list;
}
