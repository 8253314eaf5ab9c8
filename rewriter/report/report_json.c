// The JSON objects of the migration report that several formats share. In: the model. Out: keys in a fixed
// order, every key always there. docs/report.md lists the keys.
#include "report/report_json.h"

#include "report/format.h"
#include "report/gate.h"
#include "report/json_value.h"

static json_t *tenths(uint32_t value) { return json_real((double)value / 10); }

static json_t *outcomes_json(const uint32_t by_outcome[OUTCOME_COUNT]) {
    json_t *object = json_object();
    for (int i = 0; i < OUTCOME_COUNT; i++)
        json_put(object, outcome_name((Outcome)i), json_integer(by_outcome[i]));
    return object;
}

static json_t *families_json(const Report *report, const uint32_t by_family[FAMILY_MOST]) {
    json_t *object = json_object();
    for (Family i = 0; i < report_families(report)->count; i++)
        json_put(object, report_family_name(report, i), json_integer(by_family[i]));
    return object;
}

// ---- an access, a file ---------------------------------------------------------------------------

void report_put_access(json_t *object, const ReportAccess *access) {
    json_put(object, "line", json_integer(access->start.line));
    json_put(object, "column", json_integer(access->start.column));
    json_put(object, "end_line", json_integer(access->end.line));
    json_put(object, "end_column", json_integer(access->end.column));
    json_put(object, "family", json_string(access->family_word));
    json_put(object, "rule", json_text_or_null(access->rule));
    json_put(object, "symbol", json_text(access->symbol));
    json_put(object, "function", json_text(access->where));
    json_put(object, "outcome", json_string(outcome_name(access->outcome)));
    json_put(object, "code",
             access->has_code ? json_string(diagnostic_code_name(access->code)) : json_null());
    json_put(object, "origins", json_origins(access->origins));
    json_put(object, "isolated", json_boolean(access->isolated));
    json_put(object, "depth", json_integer(access->depth));
    json_put(object, "source_line", json_text(access->line));
}

const char *report_state_word(SourceState state) {
    switch (state) {
    case SOURCE_READ: return "read";
    case SOURCE_UNREADABLE: return "unreadable";
    case SOURCE_UNDECODABLE: return "undecodable";
    case SOURCE_TOO_LARGE: return "too_large";
    case SOURCE_UNPARSABLE: return "unparsable";
    }
    return "";
}

void report_put_file(json_t *object, const Report *report, const ReportFile *file) {
    json_t *dependencies = json_array();
    for (uint32_t i = 0; i < file->dependencies.count; i++)
        json_add(dependencies, json_text(report->files.items[file->dependencies.items[i]].path));
    json_put(object, "path", json_text(file->path));
    json_put(object, "state", json_string(report_state_word(file->state)));
    json_put(object, "complexity_score", tenths(file->score));
    json_put(object, "risk_level", json_string(level_name(file->risk)));
    json_put(object, "accesses", json_integer(file->access_count));
    json_put(object, "isolated", json_integer(file->isolated));
    json_put(object, "accesses_by_family", families_json(report, file->by_family));
    json_put(object, "outcomes", outcomes_json(file->by_outcome));
    json_put(object, "changes", json_integer(file->changes));
    json_put(object, "changes_by_family", families_json(report, file->changes_by_family));
    json_put(object, "insertions", json_integer(file->diff.insertions));
    json_put(object, "deletions", json_integer(file->diff.deletions));
    json_put(object, "functions", json_integer(file->functions));
    json_put(object, "calls", json_integer(file->calls));
    json_put(object, "doubts", json_integer(file->doubts));
    json_put(object, "dependencies", dependencies);
}

// ---- the tree ------------------------------------------------------------------------------------

static json_t *work_json(const ReportWork *work) {
    json_t *object = json_object();
    json_put(object, "places_to_decide", json_integer(work->decisions));
    json_put(object, "sites", json_integer(work->sites));
    json_put(object, "files_to_repair", json_integer(work->repairs));
    return object;
}

static json_t *isolation_json(const Report *report) {
    json_t *object = json_object();
    json_put(object, "accesses", json_integer(report->accesses.count));
    json_put(object, "rewritten", json_integer(report_rewritten(report->by_outcome)));
    json_put(object, "isolated", json_integer(report->isolated));
    json_put(object, "coverage_percent", tenths(report->coverage));
    json_put(object, "only_in_tests", json_integer(report->only_tests));
    json_put(object, "shared_on_purpose", json_integer(report->sharing));
    json_put(object, "but_for_start_up", json_integer(report->starting_up));
    return object;
}

static json_t *migration_summary(const Report *report) {
    json_t *object = json_object();
    for (Family i = 0; i < report_families(report)->count; i++) {
        const ReportFamily *family = &report->families[i];
        json_t *entry = json_object();
        json_put(entry, "accesses", json_integer(family->accesses));
        json_put(entry, "files", json_integer(family->files));
        json_put(entry, "changes", json_integer(family->changes));
        json_put(entry, "isolated", json_integer(family->isolated));
        json_put(entry, "outcomes", outcomes_json(family->by_outcome));
        json_put(entry, "risk_level", json_string(level_name(family->risk)));
        json_put(object, report_family_name(report, i), entry);
    }
    return object;
}

static json_t *phases_json(const Report *report) {
    json_t *list = json_array();
    for (Family i = 0; i < report_families(report)->count; i++) {
        const ReportFamily *family = &report->families[i];
        if (family->accesses == 0 && family->changes == 0) continue;
        json_t *entry = json_object();
        json_put(entry, "phase", json_integer((json_int_t)json_array_size(list) + 1));
        json_put(entry, "family", json_string(report_family_name(report, i)));
        json_put(entry, "files", json_integer(family->files));
        json_put(entry, "accesses", json_integer(family->accesses));
        json_put(entry, "risk_level", json_string(level_name(family->risk)));
        json_add(list, entry);
    }
    return list;
}

static json_t *codes_json(const Report *report, DiagnosticGroup group) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < report->codes.count; i++) {
        const ReportCode *code = &report->codes.items[i];
        if (diagnostic_code_group(code->code) != group) continue;
        json_t *entry = json_object();
        json_put(entry, "code", json_string(diagnostic_code_name(code->code)));
        json_put(entry, "title", json_string(diagnostic_code_title(code->code)));
        json_put(entry, "count", json_integer(code->count));
        json_put(entry, "accesses", json_integer(code->accesses));
        json_put(entry, "remedy", json_text_or_null(code->remedy));
        json_add(list, entry);
    }
    return list;
}

static json_t *origins_counts(const Report *report) {
    json_t *object = json_object();
    for (int i = 0; i < ORIGIN_COUNT; i++)
        json_put(object, origin_name((Origin)(1 << i)), json_integer(report->by_origin[i]));
    return object;
}

static json_t *chains_json(const Report *report) {
    json_t *object = json_object(), *depths = json_array(), *hubs = json_array();
    for (int i = 0; i < DEPTH_COUNT; i++) json_add(depths, json_integer(report->depths[i]));
    for (uint32_t i = 0; i < report->hubs.count; i++) {
        const ReportHub *hub = &report->hubs.items[i];
        json_t *entry = json_object();
        json_put(entry, "function", json_text(hub->name));
        json_put(entry, "path", json_text(hub->place.path));
        json_put(entry, "line", json_integer(hub->place.at.line));
        json_put(entry, "accesses", json_integer(hub->accesses));
        json_put(entry, "callers", json_integer(hub->callers));
        json_add(hubs, entry);
    }
    json_put(object, "deepest", json_integer(report->deepest));
    json_put(object, "accesses_by_depth", depths);
    json_put(object, "hubs", hubs);
    return object;
}

static json_t *structure_json(const Report *report) {
    json_t *object = json_object();
    json_put(object, "functions_changed", json_integer(report->functions));
    json_put(object, "call_sites_changed", json_integer(report->calls));
    json_put(object, "classes_holding", json_integer(report->holders));
    json_put(object, "accessors", json_integer(report->accessors));
    json_put(object, "escapes", json_integer(report->escapes));
    json_put(object, "override_families", json_integer(report->override_families));
    json_put(object, "largest_override_family", json_integer(report->largest_family));
    json_put(object, "largest_override_family_of", json_text_or_null(report->largest_family_name));
    return object;
}

static json_t *advice_json(const Report *report) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < report->advice.count; i++) {
        json_t *entry = json_object();
        json_put(entry, "key", json_string(report->advice.items[i].key));
        json_put(entry, "count", json_integer(report->advice.items[i].count));
        json_put(entry, "text", json_text(report->advice.items[i].text));
        json_add(list, entry);
    }
    return list;
}

void json_put_point(json_t *object, const CoursePoint *point) {
    json_put(object, "date", json_text(point->date));
    json_put(object, "commit", json_text_or_null(point->commit));
    json_put(object, "total_accesses", json_integer(point->accesses));
    json_put(object, "refused", json_integer(point->refused));
    json_put(object, "bridged", json_integer(point->bridged));
    json_put(object, "isolated", json_integer(point->isolated));
    json_put(object, "files_requiring_migration", json_integer(point->files));
    json_put(object, "total_changes_required", json_integer(point->changes));
    json_put(object, "coverage_percent", tenths(point->coverage));
    json_put(object, "complexity_score", tenths(point->score));
    json_put(object, "migration_complexity", json_string(level_name(point->complexity)));
    json_put(object, "risk_level", json_string(level_name(point->risk)));
}

static json_t *course_json(const Report *report) {
    json_t *list = json_array();
    for (uint32_t i = 0; report->course != NULL && i < report->course->points.count; i++) {
        json_t *point = json_object();
        json_put_point(point, &report->course->points.items[i]);
        json_add(list, point);
    }
    return list;
}

// What `weft check` said; null where nothing was judged.
static json_t *check_json(const Gates *gates) {
    if (gates == NULL) return json_null();
    json_t *object = json_object(), *list = json_array();
    for (uint32_t i = 0; i < gates->list.count; i++) {
        const Gate *gate = &gates->list.items[i];
        json_t *entry = json_object();
        json_put(entry, "gate", json_string(gate_name(gate->kind)));
        json_put(entry, "passed", json_boolean(gate->passed));
        json_put(entry, "found", json_text(gate->found));
        json_put(entry, "limit", json_text(gate->limit));
        json_add(list, entry);
    }
    json_put(object, "passed", json_boolean(gates->passed));
    json_put(object, "gates", list);
    return object;
}

void report_put_summary(json_t *root, const Report *report) {
    json_t *tool = json_object(), *risk = json_object();
    json_put(tool, "name", json_string("weft"));
    json_put(tool, "version", json_string(WEFT_VERSION));
    json_put(risk, "risk_level", json_string(level_name(report->risk)));
    json_put(risk, "refused", json_integer(report->by_outcome[OUTCOME_REFUSED]));
    json_put(risk, "taken_back", json_integer(report->taken_back));
    json_put(risk, "bridged", json_integer(report->by_outcome[OUTCOME_BRIDGED]));
    json_put(risk, "unparsable_files", json_integer(report->unparsable_files));
    json_put(risk, "unreadable_files", json_integer(report->unreadable_files));
    json_put(root, "schema_version", json_integer(REPORT_SCHEMA_VERSION));
    json_put(root, "tool", tool);
    json_put(root, "rules", json_text(report->input->program->rules->pack));
    json_put(root, "total_files", json_integer(report->total_files));
    json_put(root, "files_requiring_migration", json_integer(report->migrating_files));
    json_put(root, "total_changes_required", json_integer(report->total_changes));
    json_put(root, "total_accesses", json_integer(report->accesses.count));
    json_put(root, "new_files", json_integer(report->new_files));
    json_put(root, "complexity_score", tenths(report->score));
    json_put(root, "migration_complexity", json_string(level_name(report->complexity)));
    json_put(root, "risk_assessment", risk);
    json_put(root, "work", work_json(&report->work));
    json_put(root, "outcomes", outcomes_json(report->by_outcome));
    json_put(root, "isolation", isolation_json(report));
    json_put(root, "origins", origins_counts(report));
    json_put(root, "migration_summary", migration_summary(report));
    json_put(root, "phases", phases_json(report));
    json_put(root, "refusals", codes_json(report, GROUP_REFUSED));
    json_put(root, "warnings", codes_json(report, GROUP_DOUBT));
    json_put(root, "structure", structure_json(report));
    json_put(root, "chains", chains_json(report));
    json_put(root, "recommendations", advice_json(report));
    json_put(root, "history", course_json(report));
    json_put(root, "check", check_json(report->gates));
}
