// Accesses as a GitLab code quality report. In: the model. Out: a JSON list in path order; those that a
// baseline knows are left out. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
#include "report/format.h"

#include "report/finding.h"
#include "report/json_value.h"

static const char *severity(const ReportAccess *access) {
    if (access->outcome == OUTCOME_REFUSED) return "critical";
    return access->outcome == OUTCOME_BRIDGED ? "major" : "minor";
}

static json_t *entry_json(Arena *arena, const Report *report, const ReportAccess *access) {
    json_t *entry = json_object(), *location = json_object(), *lines = json_object();
    json_put(entry, "description", json_text(finding_message(arena, access)));
    json_put(entry, "check_name", json_text(finding_rule(arena, access)));
    json_put(entry, "fingerprint", json_text(finding_fingerprint(arena, report, access)));
    json_put(entry, "severity", json_string(severity(access)));
    json_put(lines, "begin", json_integer(access->start.line));
    json_put(lines, "end", json_integer(access->end.line));
    json_put(location, "path", json_text(report->files.items[access->file].path));
    json_put(location, "lines", lines);
    json_put(entry, "location", location);
    return entry;
}

void report_write_gitlab(const Report *report, const ReportStyle *style, FILE *out) {
    (void)style;
    Arena arena = {0};
    json_t *list = json_array();
    for (uint32_t i = 0; i < report->accesses.count; i++)
        if (!report->accesses.items[i].known)
            json_add(list, entry_json(&arena, report, &report->accesses.items[i]));
    json_write(list, 2, out);
    arena_release(&arena);
}
