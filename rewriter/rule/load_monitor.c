// In: the `monitor:` of a rule file. Out: limits. What weft.yml says of a limit stands instead of what packs say.
//
//     monitor:
//       alerts:
//         disk_usage: { threshold: 0.8, unit: ratio }
//         response_time: { threshold: 1000, unit: ms, expression: "avg(bot_response_seconds) * 1000" }
#include "rule/load_internal.h"

enum { MINUTES_MAX = 10080, MINUTES_USUAL = 5 };

typedef struct MonitorNodes {
    const YamlNode *alerts;
} MonitorNodes;

typedef struct AlertNodes {
    const YamlNode *threshold, *unit, *expression, *minutes;
} AlertNodes;

static const Field alert_fields[] = {
    {"threshold", FIELD_NUMBER, true, offsetof(AlertNodes, threshold)},
    {"unit", FIELD_STRING, false, offsetof(AlertNodes, unit)},
    {"expression", FIELD_STRING, false, offsetof(AlertNodes, expression)},
    {"minutes", FIELD_INTEGER, false, offsetof(AlertNodes, minutes)},
};

// Those that weft has metrics for itself.
static bool is_own(Str name) {
    static const char *const own[] = {"disk_usage", "memory_usage", "legacy_calls",
                                      "stalled_minutes"};
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (str_is(name, own[i])) return true;
    return false;
}

static bool read_minutes(RuleFile *file, const YamlNode *node, uint32_t *minutes) {
    *minutes = MINUTES_USUAL;
    if (node == NULL) return true;
    *minutes = 0;
    for (size_t i = 0; i < node->text.length && *minutes <= MINUTES_MAX; i++) {
        char c = node->text.data[i];
        if (c < '0' || c > '9') break;
        *minutes = *minutes * 10 + (uint32_t)(c - '0');
    }
    if (node->text.data[0] != '-' && *minutes <= MINUTES_MAX) return true;
    mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'minutes' takes 0 to %d",
                MINUTES_MAX);
    return false;
}

static void put_alert(Load *load, RuleFile *file, const AlertRule *alert) {
    Rules *rules = load->rules;
    uint32_t at = 0;
    while (at < rules->alerts.count && str_compare(rules->alerts.items[at].name, alert->name) < 0)
        at++;
    if (at < rules->alerts.count && str_equal(rules->alerts.items[at].name, alert->name)) {
        if (load_stands_over(load, file, rules->alerts.items[at].span)) rules->alerts.items[at] = *alert;
        // else the first pack has said it
        return;
    }
    vec_add(&rules->alerts, *alert);
    for (uint32_t i = rules->alerts.count - 1; i > at; i--)
        rules->alerts.items[i] = rules->alerts.items[i - 1];
    rules->alerts.items[at] = *alert;
}

static void read_alert(Load *load, RuleFile *file, const YamlNode *map) {
    AlertNodes nodes = {0};
    AlertRule alert = {0};
    bool good = schema_is_identifier(map->key);
    if (!good)
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, map->key_span,
                    "'%.*s' is no name of an alert: letters, digits and '_'",
                    STR_ARG(clipped(map->key)));
    good = schema_read(&file->mistakes, map, "an alert", alert_fields, COUNT_OF(alert_fields),
                       &nodes) &&
           read_minutes(file, nodes.minutes, &alert.minutes) && good;
    if (!good) return;
    if (nodes.expression == NULL && !is_own(map->key)) {
        if (mistake_add(&file->mistakes, DIAGNOSTIC_E406, map->key_span,
                        "the alert '%.*s' lacks the key 'expression'", STR_ARG(map->key)))
            diagnostic_note(load->diagnostics, "weft itself measures disk_usage, memory_usage, "
                                               "legacy_calls and stalled_minutes");
        return;
    }
    alert.span = map->key_span;
    alert.name = arena_copy(&load->rules->arena, map->key);
    alert.threshold = load_text(load, nodes.threshold);
    alert.unit = load_text(load, nodes.unit);
    alert.expression = load_text(load, nodes.expression);
    put_alert(load, file, &alert);
}

void load_monitor(Load *load, RuleFile *file, const YamlNode *section) {
    static const Field fields[] = {{"alerts", FIELD_MAP, true, offsetof(MonitorNodes, alerts)}};
    MonitorNodes nodes = {0};
    schema_read(&file->mistakes, section, "'monitor'", fields, COUNT_OF(fields), &nodes);
    for (const YamlNode *map = nodes.alerts ? nodes.alerts->first : NULL; map; map = map->next)
        read_alert(load, file, map);
}
