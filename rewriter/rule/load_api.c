// In: the `api:` of a rule file. Out: how long the old interface is served, where its callers are counted; and once
// all files are read, the part of the standard runtime that does so. Without `api:` the runtime has no such part.
//
//     api:
//       usage: data/api-usage
//       deprecated: 2026-12-01
//       sunset: 2027-03-01
#include "rule/load_internal.h"

#include <time.h>

#include "base/path.h"

enum { DAYS_MAX = 3650, QUIET_DAYS = 30, DATE_LENGTH = 10 };

typedef struct ApiNodes {
    const YamlNode *usage, *counter, *instance, *overloads, *deprecated, *warn, *brownout, *sunset, *grace_days, *quiet_days,
        *link, *routes;
} ApiNodes;

static const Field api_fields[] = {
    {"usage", FIELD_STRING, true, offsetof(ApiNodes, usage)},
    {"counter", FIELD_STRING, false, offsetof(ApiNodes, counter)},
    {"instance", FIELD_STRING, false, offsetof(ApiNodes, instance)},
    {"overloads", FIELD_BOOL, false, offsetof(ApiNodes, overloads)},
    {"deprecated", FIELD_STRING, false, offsetof(ApiNodes, deprecated)},
    {"warn", FIELD_STRING, false, offsetof(ApiNodes, warn)},
    {"brownout", FIELD_STRING, false, offsetof(ApiNodes, brownout)},
    {"sunset", FIELD_STRING, false, offsetof(ApiNodes, sunset)},
    {"grace_days", FIELD_INTEGER, false, offsetof(ApiNodes, grace_days)},
    {"quiet_days", FIELD_INTEGER, false, offsetof(ApiNodes, quiet_days)},
    {"link", FIELD_STRING, false, offsetof(ApiNodes, link)},
    {"routes", FIELD_LIST, false, offsetof(ApiNodes, routes)},
};

// ---- dates ---------------------------------------------------------------------------------------

// A day that does not exist comes out of the calendar as another one.
static bool is_date(Str text) {
    struct tm parts = {0}, real;
    char again[DATE_LENGTH + 1];
    if (text.length != DATE_LENGTH) return false;
    char copy[DATE_LENGTH + 1] = {0};
    memcpy(copy, text.data, DATE_LENGTH);
    const char *end = strptime(copy, "%Y-%m-%d", &parts);
    if (end == NULL || *end != '\0') return false;
    time_t moment = timegm(&parts);
    return gmtime_r(&moment, &real) != NULL &&
           strftime(again, sizeof again, "%Y-%m-%d", &real) == DATE_LENGTH &&
           strcmp(again, copy) == 0;
}

// One date after the other: each is not before the last one that was given.
static void read_date(Load *load, RuleFile *file, const YamlNode *node, Str *date, Str *last) {
    if (node == NULL) return;
    if (!is_date(node->text)) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span,
                    "'%.*s' takes a day, as 2027-03-01", STR_ARG(node->key));
        return;
    }
    *date = load_text(load, node);
    if (last->length > 0 && str_compare(*date, *last) < 0)
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span,
                    "'%.*s' comes before %.*s, which is an earlier phase", STR_ARG(node->key),
                    STR_ARG(*last));
    *last = *date;
}

static void read_days(RuleFile *file, const YamlNode *node, uint32_t usual, uint32_t *days) {
    *days = usual;
    if (node == NULL) return;
    uint32_t number = 0;
    bool good = true;
    for (size_t i = 0; good && i < node->text.length && number <= DAYS_MAX; i++) {
        good = node->text.data[i] >= '0' && node->text.data[i] <= '9';
        if (good) number = number * 10 + (uint32_t)(node->text.data[i] - '0');
    }
    if (good && number <= DAYS_MAX)
        *days = number;
    else
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' takes 0 to %d days",
                    STR_ARG(node->key), DAYS_MAX);
}

// ---- routes --------------------------------------------------------------------------------------
typedef struct RouteNodes {
    const YamlNode *route, *successor;
} RouteNodes;

static const Field route_fields[] = {
    {"route", FIELD_STRING, true, offsetof(RouteNodes, route)},
    {"successor", FIELD_STRING, false, offsetof(RouteNodes, successor)},
};

// "GET /users", or "/users" for any method.
static bool split_route(Str text, ApiRoute *route) {
    ptrdiff_t blank = str_find(text, ' ');
    route->method = blank > 0 ? str_slice(text, 0, (size_t)blank) : STR("*");
    route->path = str_trim(blank > 0 ? str_slice(text, (size_t)blank, text.length) : text);
    bool good = str_starts_with(route->path, STR("/")) && str_find(route->path, ' ') < 0;
    for (size_t i = 0; i < route->method.length; i++) {
        char c = route->method.data[i];
        good = good && ((c >= 'A' && c <= 'Z') || c == '*');
    }
    return good;
}

static void read_route(Load *load, RuleFile *file, const YamlNode *map, ApiRule *rule) {
    RouteNodes nodes = {0};
    ApiRoute route = {0};
    if (!schema_read(&file->mistakes, map, "a route", route_fields, COUNT_OF(route_fields), &nodes))
        return;
    if (!split_route(load_text(load, nodes.route), &route)) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, nodes.route->span,
                    "'route' takes a method and a path, as GET /api/users");
        return;
    }
    route.successor = load_text(load, nodes.successor);
    vec_add(&rule->routes, route);
}

// ---- the section ---------------------------------------------------------------------------------
static bool is_true(const YamlNode *node) { return node->text.data[0] == 't' || node->text.data[0] == 'T'; }

static void read_usage(Load *load, RuleFile *file, const YamlNode *node, ApiRule *rule) {
    if (node == NULL) return;
    Str usual = path_normalize(&load->rules->arena, node->text);
    if (load_is_inside(node->text) && !str_is(usual, ".weft") &&
        !str_starts_with(usual, STR(".weft/"))) {
        rule->usage = load_text(load, node);
        return;
    }
    mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span,
                "'usage' must be a folder below the root, and not .weft");
}

static bool is_for_another(Load *load, RuleFile *file, const YamlNode *section) {
    const ApiRule *earlier = &load->rules->api;
    for (uint32_t i = 0; i < file->over.count; i++)
        if (file->over.items[i]->nodes.api) return true; // which says it all
    if (earlier->span.file.index == 0 || load_stands_over(load, file, earlier->span)) return false;
    if (mistake_add(&file->mistakes, DIAGNOSTIC_E413, section->key_span,
                    "another pack has 'api', too")) {
        diagnostic_relate(load->diagnostics, earlier->span, "it is here");
        load_help_conflict(load, earlier->span, section->key_span);
    }
    return true;
}

void load_api(Load *load, RuleFile *file, const YamlNode *section) {
    ApiNodes nodes = {0};
    ApiRule rule = {.span = section->key_span};
    Str last = STR_NONE;
    schema_read(&file->mistakes, section, "'api'", api_fields, COUNT_OF(api_fields), &nodes);
    if (is_for_another(load, file, section)) return;
    read_usage(load, file, nodes.usage, &rule);
    read_date(load, file, nodes.deprecated, &rule.deprecated, &last);
    read_date(load, file, nodes.warn, &rule.warn, &last);
    read_date(load, file, nodes.brownout, &rule.brownout, &last);
    read_date(load, file, nodes.sunset, &rule.sunset, &last);
    read_days(file, nodes.grace_days, 0, &rule.grace_days);
    read_days(file, nodes.quiet_days, QUIET_DAYS, &rule.quiet_days);
    rule.link = load_text(load, nodes.link);
    if (nodes.instance && schema_dotted(&file->mistakes, nodes.instance, false))
        rule.instance = load_text(load, nodes.instance);
    if (nodes.counter && schema_dotted(&file->mistakes, nodes.counter, false))
        rule.counter = load_text(load, nodes.counter);
    for (const YamlNode *item = nodes.routes ? nodes.routes->first : NULL; item; item = item->next)
        read_route(load, file, item, &rule);
    if (nodes.overloads && is_true(nodes.overloads)) rule.deprecate = STR("warnings.deprecated");
    load->rules->api = rule;
}

// ---- the runtime ---------------------------------------------------------------------------------
static const char *const parts[] = {"/legacy.py", "/deprecation.py"};
#define SETTINGS "/api_rules.py"

static bool is_part(const Rules *rules, const RuntimeFile *file) {
    bool found = false;
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        found = found || str_ends_with(file->path, str_from(parts[i]));
    return found && file->standard && rules->runtime_package.length > 0;
}

// TEXT as a literal of Python; rule files have no control characters in a string.
static void add_literal(StrBuf *code, Str text) {
    strbuf_add_char(code, '"');
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\') strbuf_add_char(code, '\\');
        strbuf_add_char(code, text.data[i]);
    }
    strbuf_add_char(code, '"');
}

static void add_setting(StrBuf *code, const char *name, Str value) {
    strbuf_addf(code, "%s = ", name);
    add_literal(code, value);
    strbuf_add_char(code, '\n');
}

static void write_settings(const Rules *rules, StrBuf *code) {
    const ApiRule *rule = &rules->api;
    strbuf_add_text(code, API_RULES_HEADER "\n\n");
    add_setting(code, "USAGE_FOLDER", rule->usage);
    add_setting(code, "PACKAGE", rules->runtime_package);
    add_setting(code, "DEPRECATED", rule->deprecated);
    add_setting(code, "SUNSET", rule->sunset);
    add_setting(code, "LINK", rule->link);
    strbuf_add_text(code, "ROUTES: list[tuple[str, str, str]] = [");
    for (uint32_t i = 0; i < rule->routes.count; i++) {
        const ApiRoute *route = &rule->routes.items[i];
        strbuf_add_text(code, "\n    (");
        add_literal(code, route->method);
        strbuf_add_text(code, ", ");
        add_literal(code, route->path);
        strbuf_add_text(code, ", ");
        add_literal(code, route->successor);
        strbuf_add_text(code, "),");
    }
    strbuf_add_text(code, rule->routes.count > 0 ? "\n]\n" : "]\n");
}

static void add_settings(Rules *rules) {
    StrBuf code = {0};
    StrBuf path = {0};
    write_settings(rules, &code);
    for (size_t i = 0; i < rules->runtime_package.length; i++) {
        char c = rules->runtime_package.data[i];
        strbuf_add_char(&path, c == '.' ? '/' : c);
    }
    strbuf_add_text(&path, SETTINGS);
    RuntimeFile file = {.path = arena_copy(&rules->arena, strbuf_str(&path)),
                        .bytes = arena_copy(&rules->arena, strbuf_str(&code)),
                        .standard = true,
                        .generated = true,
                        .span = rules->api.span};
    vec_add(&rules->runtime, file);
    strbuf_release(&path);
    strbuf_release(&code);
}

void load_api_finish(Load *load) {
    Rules *rules = load->rules;
    bool wanted = rules->api.span.file.index != 0;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < rules->runtime.count; i++)
        if (wanted || !is_part(rules, &rules->runtime.items[i]))
            rules->runtime.items[kept++] = rules->runtime.items[i];
    rules->runtime.count = kept;
    if (!wanted || rules->runtime_package.length == 0) return; // who counts is who `counter` names
    Str package = rules->runtime_package;
    if (rules->api.deprecate.length > 0)
        rules->api.deprecate = arena_format(&rules->arena, "%.*s.legacy.deprecated", STR_ARG(package));
    if (rules->api.instance.length == 0)
        rules->api.instance =
            arena_format(&rules->arena, "%.*s.legacy.legacy_instance", STR_ARG(package));
    if (rules->api.counter.length == 0)
        rules->api.counter =
            arena_format(&rules->arena, "%.*s.legacy.legacy_call", STR_ARG(package));
    add_settings(rules);
}
