// In: the sections of a rule file that reports read: `complexity`. Out: weights and scale, each within
// its bounds. A later file overrides an earlier one key by key.
#include "rule/load_internal.h"

#include <stdlib.h>

enum {
    DEFAULT_WEIGHT = 1,
    DEFAULT_SCALE = 10,
    MOST_WEIGHT = 100, // 0 is not allowed: an access more would not count
    MOST_SCALE = 10000,
};

void load_default_complexity(Load *load) {
    ComplexityRule *complexity = &load->rules->complexity;
    for (int i = 0; i < FAMILY_COUNT; i++) complexity->weights[i] = DEFAULT_WEIGHT;
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
    const YamlNode *nodes[FAMILY_COUNT] = {0};
    Field fields[FAMILY_COUNT];
    for (int i = 0; i < FAMILY_COUNT; i++)
        fields[i] =
            (Field){family_name((Family)i), FIELD_INTEGER, false, (size_t)i * sizeof nodes[0]};
    schema_read(&file->mistakes, map, "'weights'", fields, FAMILY_COUNT, nodes);
    for (int i = 0; i < FAMILY_COUNT; i++)
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
