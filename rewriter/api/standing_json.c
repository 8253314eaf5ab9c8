// In: callers and dates. Out: JSON, with the keys that docs/api.md lists. What is not known is null.
#include "api/standing.h"

#include <time.h>

#include "program/name.h"
#include "report/course.h"
#include "report/json_value.h"

enum { SCHEMA_VERSION = 1, INDENT = 2 };

static json_t *date_json(int64_t seconds) {
    Arena scratch = {0};
    json_t *text = seconds > 0 ? json_text(course_date(&scratch, seconds)) : json_null();
    arena_release(&scratch);
    return text;
}

// ---- dates ---------------------------------------------------------------------------------------

static json_t *timeline_json(const Timeline *timeline) {
    json_t *root = json_object(), *phases = json_array();
    json_put(root, "today", json_text(timeline->today));
    json_put(root, "phase", json_string(api_phase_name(timeline->phase)));
    json_put(root, "start_date", json_text_or_null(timeline->begins[API_PHASE_DEPRECATED]));
    json_put(root, "end_date", json_text_or_null(timeline->begins[API_PHASE_OVER]));
    for (int i = API_PHASE_DEPRECATED; i < API_PHASE_COUNT; i++) {
        if (timeline->begins[i].length == 0) continue;
        json_t *phase = json_object();
        json_put(phase, "name", json_string(api_phase_name((ApiPhase)i)));
        json_put(phase, "begins", json_text(timeline->begins[i]));
        json_put(phase, "days", json_integer(timeline->days[i]));
        json_add(phases, phase);
    }
    json_put(root, "phases", phases);
    return root;
}

void api_timeline_write_json(const ApiStanding *standing, FILE *out) {
    json_t *root = timeline_json(&standing->timeline);
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_write(root, INDENT, out);
}

// ---- callers -------------------------------------------------------------------------------------

static json_t *caller_json(const ApiStanding *standing, const UsageCaller *caller) {
    json_t *row = json_object();
    bool in_tree = fact_is(program_find_module(standing->program, caller->module));
    json_put(row, "module", json_text(caller->module));
    json_put(row, "distribution", json_text_or_null(caller->distribution));
    json_put(row, "in_tree", json_boolean(in_tree));
    json_put(row, "calls", json_integer(caller->calls));
    json_put(row, "first", date_json(caller->first));
    json_put(row, "last", date_json(caller->last));
    json_put(row, "line", json_text_or_null(caller->line));
    return row;
}

static json_t *call_json(const OldCall *call) {
    json_t *row = json_object();
    json_put(row, "path", json_text(call->path));
    json_put(row, "line", json_integer(call->line));
    json_put(row, "column", json_integer(call->column));
    return row;
}

// One object for each function of either list, both of which are sorted by function.
static json_t *endpoints_json(const ApiStanding *standing) {
    const Usage *usage = &standing->usage;
    const OldCalls *calls = &standing->calls;
    json_t *list = json_array();
    uint32_t u = 0, c = 0;
    while (u < usage->callers.count || c < calls->list.count) {
        bool from_usage = c == calls->list.count ||
                          (u < usage->callers.count &&
                           str_compare(usage->callers.items[u].api, calls->list.items[c].api) <= 0);
        Str api = from_usage ? usage->callers.items[u].api : calls->list.items[c].api;
        json_t *endpoint = json_object(), *callers = json_array(), *sites = json_array();
        int64_t sum = 0;
        for (; u < usage->callers.count && str_equal(usage->callers.items[u].api, api); u++) {
            sum += usage->callers.items[u].calls;
            json_add(callers, caller_json(standing, &usage->callers.items[u]));
        }
        for (; c < calls->list.count && str_equal(calls->list.items[c].api, api); c++)
            json_add(sites, call_json(&calls->list.items[c]));
        json_put(endpoint, "name", json_text(api));
        json_put(endpoint, "legacy_calls", json_integer(sum));
        json_put(endpoint, "callers", callers);
        json_put(endpoint, "calls_in_tree", sites);
        json_add(list, endpoint);
    }
    return list;
}

static json_t *statistics_json(const ApiStanding *standing) {
    const Usage *usage = &standing->usage;
    json_t *statistics = json_object();
    bool counted = usage->files > 0;
    json_put(statistics, "total_legacy_calls", counted ? json_integer(usage->calls) : json_null());
    json_put(statistics, "total_new_calls", json_null()); // they are free, so nobody counts them
    json_put(statistics, "legacy_callers",
             counted ? json_integer(usage->callers.count) : json_null());
    json_put(statistics, "legacy_calls_in_tree", json_integer(standing->calls.list.count));
    json_put(statistics, "files", json_integer(usage->files));
    json_put(statistics, "last_written", date_json(usage->written));
    return statistics;
}

void api_report_write_json(const ApiStanding *standing, FILE *out) {
    json_t *root = json_object(), *routes = json_array();
    const ApiRule *rule = &standing->program->rules->api;
    json_put(root, "schema_version", json_integer(SCHEMA_VERSION));
    json_put(root, "usage_statistics", statistics_json(standing));
    json_put(root, "deprecated_endpoints", endpoints_json(standing));
    for (uint32_t i = 0; i < rule->routes.count; i++) {
        json_t *route = json_object();
        json_put(route, "method", json_text(rule->routes.items[i].method));
        json_put(route, "path", json_text(rule->routes.items[i].path));
        json_put(route, "successor", json_text_or_null(rule->routes.items[i].successor));
        json_add(routes, route);
    }
    json_put(root, "deprecated_routes", routes);
    json_put(root, "timeline", timeline_json(&standing->timeline));
    json_write(root, INDENT, out);
}
