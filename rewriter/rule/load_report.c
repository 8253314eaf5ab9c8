// In: the sections of a rule file that reports and the gate read: `complexity`, `check`. Out:
// weights, scale and limits, each within its bounds. A later file overrides an earlier one key by key.
#include "rule/load_internal.h"

#include <stdlib.h>

#include "rule/level.h"

enum {
    DEFAULT_WEIGHT = 1,
    DEFAULT_SCALE = 10,
    MOST_WEIGHT = 100, // 0 is not allowed: an access more would not count
    MOST_SCALE = 10000,
};

void load_default_complexity(Load *load) {
    ComplexityRule *complexity = &load->rules->complexity;
    for (int i = 0; i < FAMILY_MOST; i++) complexity->weights[i] = DEFAULT_WEIGHT;
    complexity->scale = DEFAULT_SCALE;
}

static void set_number(RuleFile *file, const YamlNode *node, long most, uint32_t *target) {
    if (node == NULL) return;
    long number = strtol(node->text.data, NULL, 10); // the schema saw digits
    if (number >= 1 && number <= most) {
        *target = (uint32_t)number;
        return;
    }
    if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' is %s",
                    STR_ARG(node->key), number < 1 ? "too small" : "too large"))
        diagnostic_help(file->mistakes.diagnostics, "it takes a number from 1 to %ld", most);
}

static void load_weights(Load *load, RuleFile *file, const YamlNode *map) {
    const YamlNode *nodes[FAMILY_MOST] = {0};
    Field fields[FAMILY_MOST];
    const Families *known = &load->rules->families;
    Str parameter = load->rules->context.parameter;
    size_t count = 0;
    Family own;
    for (uint32_t i = 1; i < known->count; i++)
        fields[count++] = (Field){family_name(known, i), FIELD_INTEGER, false, i * sizeof nodes[0]};
    if (parameter.length > 0 && !family_find(known, parameter, &own))
        fields[count++] =
            (Field){parameter.data, FIELD_INTEGER, false, FAMILY_CONTEXT * sizeof nodes[0]};
    schema_read(&file->mistakes, map, "'weights'", fields, count, nodes);
    for (uint32_t i = 0; i < known->count; i++)
        set_number(file, nodes[i], MOST_WEIGHT, &load->rules->complexity.weights[i]);
}

typedef struct ComplexityNodes {
    const YamlNode *weights, *scale;
} ComplexityNodes;

void load_complexity(Load *load, RuleFile *file, const YamlNode *section) {
    static const Field fields[] = {
        {"weights", FIELD_MAP, false, offsetof(ComplexityNodes, weights)},
        {"scale", FIELD_INTEGER, false, offsetof(ComplexityNodes, scale)},
    };
    ComplexityNodes nodes = {0};
    schema_read(&file->mistakes, section, "'complexity'", fields, COUNT_OF(fields), &nodes);
    if (nodes.weights) load_weights(load, file, nodes.weights);
    set_number(file, nodes.scale, MOST_SCALE, &load->rules->complexity.scale);
}

// ---- check ---------------------------------------------------------------------------------------

enum { MOST_COMPLEXITY = 10, MOST_PERCENT = 100, MOST_REFUSED = 1000000 };

void load_default_check(Load *load) {
    load->rules->check =
        (CheckRule){.max_complexity = -1, .max_refused = -1, .max_taken_back = -1, .max_shared = -1,
                    .min_isolated = -1, .max_risk = -1};
}

// A number from 0 to MOST, in tenths.
static void set_tenths(RuleFile *file, const YamlNode *node, int most, int32_t *target) {
    if (node == NULL) return;
    double number = strtod(node->text.data, NULL); // the schema saw a number
    if (number >= 0 && number <= most) {
        *target = (int32_t)(number * 10 + 0.5);
    } else if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' is out of range",
                           STR_ARG(node->key))) {
        diagnostic_help(file->mistakes.diagnostics, "it takes a number from 0 to %d", most);
    }
}

static bool is_true(const YamlNode *node) {
    return node != NULL && (node->text.data[0] == 't' || node->text.data[0] == 'T');
}

static void set_level(RuleFile *file, const YamlNode *node, int32_t *target) {
    Str names[LEVEL_COUNT];
    size_t index;
    for (int i = 0; i < LEVEL_COUNT; i++) names[i] = str_from(level_name((Level)i));
    if (node && schema_choice(&file->mistakes, node, "level", names, LEVEL_COUNT, &index))
        *target = (int32_t)index;
}

typedef struct CheckNodes {
    const YamlNode *max_complexity, *max_refused, *max_taken_back, *max_shared, *min_isolated, *max_risk,
        *start_up_counts, *no_new, *strict_baseline, *baseline;
} CheckNodes;

#define CHECK(name, type)                                                                          \
    { #name, type, false, offsetof(CheckNodes, name) }

void load_check(Load *load, RuleFile *file, const YamlNode *section) {
    static const Field fields[] = {
        CHECK(max_complexity, FIELD_NUMBER), CHECK(max_refused, FIELD_INTEGER),
        CHECK(min_isolated, FIELD_NUMBER),   CHECK(max_risk, FIELD_STRING),
        CHECK(start_up_counts, FIELD_BOOL),
        CHECK(no_new, FIELD_BOOL),           CHECK(strict_baseline, FIELD_BOOL),
        CHECK(baseline, FIELD_STRING),       CHECK(max_taken_back, FIELD_INTEGER),
        CHECK(max_shared, FIELD_INTEGER),
    };
    CheckRule *check = &load->rules->check;
    CheckNodes nodes = {0};
    schema_read(&file->mistakes, section, "'check'", fields, COUNT_OF(fields), &nodes);
    int32_t refused = -1, taken_back = -1, shared = -1;
    set_tenths(file, nodes.max_complexity, MOST_COMPLEXITY, &check->max_complexity);
    set_tenths(file, nodes.min_isolated, MOST_PERCENT, &check->min_isolated);
    set_tenths(file, nodes.max_refused, MOST_REFUSED, &refused);
    if (refused >= 0) check->max_refused = refused / 10;
    set_tenths(file, nodes.max_taken_back, MOST_REFUSED, &taken_back);
    if (taken_back >= 0) check->max_taken_back = taken_back / 10;
    set_tenths(file, nodes.max_shared, MOST_REFUSED, &shared);
    if (shared >= 0) check->max_shared = shared / 10;
    set_level(file, nodes.max_risk, &check->max_risk);
    check->start_up_counts = is_true(nodes.start_up_counts);
    check->no_new = is_true(nodes.no_new);
    check->strict_baseline = is_true(nodes.strict_baseline);
    if (nodes.baseline && !load_is_inside(nodes.baseline->text))
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, nodes.baseline->span,
                    "'baseline' must be inside the tree; --baseline names any place");
    else if (nodes.baseline)
        check->baseline = load_text(load, nodes.baseline);
}
