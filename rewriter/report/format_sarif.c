// The accesses as SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/). In: the model.
// Out: one run with a rule for each kind of access, a result for each access, the chain that brings its
// context as a code flow, and the edit of the access itself as a fix. The whole change is `weft apply`;
// one fix of it alone would not run, and its description says so.
#include "report/format.h"

#include "report/finding.h"
#include "report/json_value.h"
#include "report/text.h"

typedef struct Sarif {
    const Report *report;
    Arena arena;    // of the document
    Arena scratch;  // of one result
    Vec(Str) rules; // in order of first use
    ReportSteps steps;
    uint32_t access, place; // that come next: indexes into Report.accesses and Diagnostics.list
} Sarif;

static json_t *message_json(Str text) {
    json_t *message = json_object();
    json_put(message, "text", json_text(text));
    return message;
}

// ---- places --------------------------------------------------------------------------------------

static json_t *artifact_json(Sarif *sarif, Str path) {
    json_t *artifact = json_object();
    json_put(artifact, "uri", json_text(finding_uri(&sarif->scratch, path)));
    json_put(artifact, "uriBaseId", json_string("SRCROOT"));
    return artifact;
}

static json_t *region_json(LineColumn start, LineColumn end) {
    json_t *region = json_object();
    json_put(region, "startLine", json_integer(start.line));
    json_put(region, "startColumn", json_integer(start.column));
    json_put(region, "endLine", json_integer(end.line));
    json_put(region, "endColumn", json_integer(end.column));
    return region;
}

static json_t *location_json(Sarif *sarif, Str path, LineColumn start, LineColumn end) {
    json_t *location = json_object(), *physical = json_object();
    json_put(physical, "artifactLocation", artifact_json(sarif, path));
    json_put(physical, "region", region_json(start, end));
    json_put(location, "physicalLocation", physical);
    return location;
}

// ---- chains --------------------------------------------------------------------------------------

static json_t *step_json(Sarif *sarif, const ReportStep *step) {
    const Program *program = sarif->report->input->program;
    const SourceFile *source = source_file(program->facts->sources, step->span.file);
    Str name = program_name(program, program_function(program, step->function)->qualified);
    StrBuf text = {0};
    strbuf_add_text(&text,
                    fact_is(step->giver) ? "the context goes on to " : "the context begins in ");
    text_add_shown(&text, name.length > 0 ? name : STR("a lambda"));
    json_t *entry = json_object();
    json_t *location =
        location_json(sarif, source->path, source_line_column(source, step->span.start),
                      source_line_column(source, step->span.end));
    json_put(location, "message", message_json(strbuf_str(&text)));
    json_put(entry, "location", location);
    strbuf_release(&text);
    return entry;
}

static json_t *flow_json(Sarif *sarif, const ReportAccess *access, uint32_t left_out, json_t *last) {
    json_t *steps = json_array(), *flow = json_object(), *thread = json_object();
    json_t *flows = json_array(), *threads = json_array(), *end = json_object();
    for (uint32_t i = 0; i < sarif->steps.count; i++)
        json_add(steps, step_json(sarif, &sarif->steps.items[i]));
    json_put(last, "message", message_json(access->line));
    json_put(end, "location", last);
    json_add(steps, end);
    if (left_out)
        json_put(thread, "message",
                 message_json(arena_format(&sarif->scratch, "%u functions in the middle are left out", left_out)));
    json_put(thread, "locations", steps);
    json_add(threads, thread);
    json_put(flow, "threadFlows", threads);
    json_add(flows, flow);
    return flows;
}

// ---- fixes ---------------------------------------------------------------------------------------

static json_t *replacement_json(const SourceFile *source, const Edit *edit) {
    json_t *replacement = json_object(), *inserted = json_object();
    json_put(replacement, "deletedRegion",
             region_json(source_line_column(source, edit->start),
                         source_line_column(source, edit->end)));
    json_put(inserted, "text", json_text(edit->text));
    json_put(replacement, "insertedContent", inserted);
    return replacement;
}

// Index of the first edit of PLANNED at or after OFFSET; they are in order.
static uint32_t first_edit_from(const Plan *plan, const PlannedFile *planned, uint32_t offset) {
    uint32_t low = planned->first_edit, high = low + planned->edit_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (plan->edits.list.items[middle].start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// The edits inside the access; NULL when its own text stays.
static json_t *fixes_json(Sarif *sarif, const ReportAccess *access) {
    const ReportInput *input = sarif->report->input;
    const ReportFile *file = &sarif->report->files.items[access->file];
    Span span = sink_span(input->program, &input->solution->sinks.items[access->sink]);
    if (file->plan_file == 0) return NULL;
    const PlannedFile *planned = &input->plan->files.items[file->plan_file - 1];
    const SourceFile *source = source_file(input->sources, span.file);
    json_t *replacements = json_array();
    uint32_t end = planned->first_edit + planned->edit_count;
    for (uint32_t i = first_edit_from(input->plan, planned, span.start); i < end; i++) {
        const Edit *edit = &input->plan->edits.list.items[i];
        if (edit->start > span.end) break;
        if (edit->end <= span.end && edit->end > edit->start)
            json_add(replacements, replacement_json(source, edit));
    }
    if (json_array_size(replacements) == 0) {
        json_decref(replacements);
        return NULL;
    }
    json_t *change = json_object(), *changes = json_array(), *fix = json_object();
    json_put(change, "artifactLocation", artifact_json(sarif, file->path));
    json_put(change, "replacements", replacements);
    json_add(changes, change);
    json_put(fix, "description",
             message_json(STR("The access itself. It needs the rest of the change: weft apply")));
    json_put(fix, "artifactChanges", changes);
    json_t *fixes = json_array();
    json_add(fixes, fix);
    return fixes;
}

// ---- rules and results ---------------------------------------------------------------------------

static uint32_t rule_index(Sarif *sarif, Str rule) {
    for (uint32_t i = 0; i < sarif->rules.count; i++)
        if (str_equal(sarif->rules.items[i], rule)) return i;
    vec_add(&sarif->rules, rule);
    return sarif->rules.count - 1;
}

static json_t *rules_json(const Sarif *sarif) {
    json_t *rules = json_array();
    for (uint32_t i = 0; i < sarif->rules.count; i++) {
        json_t *rule = json_object();
        json_put(rule, "id", json_text(sarif->rules.items[i]));
        DiagnosticCode code; // a code is a rule of its own
        bool place = diagnostic_code_find(sarif->rules.items[i], &code);
        json_put(rule, "shortDescription",
                 message_json(place ? str_from(diagnostic_code_title(code))
                                    : STR("An access that needs an isolation context")));
        json_add(rules, rule);
    }
    return rules;
}

// A comment in the source accepts the access, with its reason. All results have the list, or none may
// (SARIF 2.1.0, 3.27.23).
static json_t *suppressions_json(const Report *report, const ReportAccess *access) {
    const Solution *solution = report->input->solution;
    json_t *list = json_array();
    if (!outcome_row(access->outcome)->accepted) return list;
    json_t *one = json_object();
    json_put(one, "kind", json_string("inSource"));
    json_put(one, "justification",
             json_text(ignore_reason(solution, &solution->sinks.items[access->sink])));
    json_add(list, one);
    return list;
}

static json_t *result_json(Sarif *sarif, const ReportAccess *access) {
    const Report *report = sarif->report;
    Str path = report->files.items[access->file].path;
    Str rule = finding_rule(&sarif->scratch, access);
    json_t *result = json_object(), *locations = json_array(), *prints = json_object();
    json_put(result, "ruleId", json_text(rule));
    json_put(result, "ruleIndex", json_integer(rule_index(sarif, rule)));
    json_put(result, "level",
             json_string(finding_level(access) == FINDING_ERROR ? "error" : "warning"));
    json_put(result, "message", message_json(finding_message(&sarif->scratch, access)));
    json_add(locations, location_json(sarif, path, access->start, access->end));
    json_put(result, "locations", locations);
    json_put(prints, "weftAccess/v1",
             json_text(finding_fingerprint(&sarif->scratch, report, access)));
    json_put(result, "partialFingerprints", prints);
    json_put(result, "baselineState", json_string(access->known ? "unchanged" : "new"));
    json_put(result, "suppressions", suppressions_json(report, access));
    uint32_t left_out = report_chain(report, access, &sarif->steps);
    if (sarif->steps.count > 0)
        json_put(result, "codeFlows",
                 flow_json(sarif, access, left_out, location_json(sarif, path, access->start, access->end)));
    json_t *fixes = fixes_json(sarif, access);
    if (fixes != NULL) json_put(result, "fixes", fixes);
    return result;
}

static bool is_place(const Diagnostic *diagnostic) {
    return report_is_place(diagnostic->code) && diagnostic->span.file.index;
}

// A place by itself: where a value, or a file, is kept for all tenants, or a function runs for none.
static json_t *place_json(Sarif *sarif, const Diagnostic *place) {
    const SourceFile *source = source_file(sarif->report->input->sources, place->span.file);
    Str rule = str_from(diagnostic_code_name(place->code));
    json_t *result = json_object(), *locations = json_array();
    json_put(result, "ruleId", json_text(rule));
    json_put(result, "ruleIndex", json_integer(rule_index(sarif, rule)));
    json_put(result, "level", json_string("warning"));
    json_put(result, "message", message_json(place->message));
    json_add(locations, location_json(sarif, source->path, source_line_column(source, place->span.start),
                                      source_line_column(source, place->span.end)));
    json_put(result, "locations", locations);
    json_put(result, "suppressions", json_array());
    if (!place->related.file.index) return result;
    const SourceFile *other = source_file(sarif->report->input->sources, place->related.file);
    json_t *related = json_array();
    json_t *at = location_json(sarif, other->path, source_line_column(other, place->related.start),
                               source_line_column(other, place->related.end));
    json_put(at, "message", message_json(place->related_text));
    json_add(related, at);
    json_put(result, "relatedLocations", related);
    return result;
}

// ---- the document --------------------------------------------------------------------------------

// Accesses, then places. Each is made when it is written: together they are many times as large as the report.
static json_t *next_result(void *context) {
    Sarif *sarif = context;
    const Report *report = sarif->report;
    const Diagnostics *diagnostics = report->input->diagnostics;
    arena_release(&sarif->scratch);
    if (sarif->access < report->accesses.count) return result_json(sarif, &report->accesses.items[sarif->access++]);
    while (sarif->place < diagnostics->list.count) {
        const Diagnostic *place = &diagnostics->list.items[sarif->place++];
        if (is_place(place)) return place_json(sarif, place);
    }
    return NULL;
}

static void find_rules(Sarif *sarif) {
    const Report *report = sarif->report;
    const Diagnostics *diagnostics = report->input->diagnostics;
    for (uint32_t i = 0; i < report->accesses.count; i++)
        rule_index(sarif, finding_rule(&sarif->arena, &report->accesses.items[i]));
    for (uint32_t i = 0; i < diagnostics->list.count; i++)
        if (is_place(&diagnostics->list.items[i]))
            rule_index(sarif, str_from(diagnostic_code_name(diagnostics->list.items[i].code)));
}

// Without its results.
static json_t *run_json(const Sarif *sarif) {
    json_t *run = json_object(), *tool = json_object(), *driver = json_object();
    json_t *bases = json_object(), *root = json_object();
    json_put(driver, "name", json_string("weft"));
    json_put(driver, "semanticVersion", json_string(WEFT_VERSION));
    json_put(driver, "rules", rules_json(sarif));
    json_put(tool, "driver", driver);
    json_put(run, "tool", tool);
    json_put(root, "description", message_json(STR("The root of the tree that weft looked at")));
    json_put(bases, "SRCROOT", root);
    json_put(run, "originalUriBaseIds", bases);
    json_put(run, "columnKind", json_string("unicodeCodePoints"));
    json_put(run, "results", json_array());
    return run;
}

void report_write_sarif(const Report *report, const ReportStyle *style, FILE *out) {
    (void)style;
    Sarif sarif = {.report = report};
    json_t *log = json_object(), *runs = json_array();
    json_put(log, "$schema", json_string("https://json.schemastore.org/sarif-2.1.0.json"));
    json_put(log, "version", json_string("2.1.0"));
    find_rules(&sarif);
    json_add(runs, run_json(&sarif));
    json_put(log, "runs", runs);
    json_write_list(log, 2, 4, next_result, &sarif, out); // log, runs, run, results
    vec_release(&sarif.rules);
    vec_release(&sarif.steps);
    arena_release(&sarif.arena);
    arena_release(&sarif.scratch);
}
