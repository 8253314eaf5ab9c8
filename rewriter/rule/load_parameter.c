// In: the `parameters:` of a rule file. Out: their rules, or diagnostics. A rule with a mistake is
// dropped whole.

#include "rule/load_internal.h"

typedef struct ParameterNodes {
    const YamlNode *function, *decorated_by, *types;
} ParameterNodes;

static const Field parameter_fields[] = {
    {"function", FIELD_ONE_OR_MORE, false, offsetof(ParameterNodes, function)},
    {"decorated_by", FIELD_ONE_OR_MORE, false, offsetof(ParameterNodes, decorated_by)},
    {"types", FIELD_MAP, true, offsetof(ParameterNodes, types)},
};

static bool read_type(Load *load, RuleFile *file, const YamlNode *node, ParameterRule *rule) {
    bool good = schema_is_identifier(node->key);
    if (!good)
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->key_span,
                    "'%.*s' is not the name of a parameter", STR_ARG(node->key));
    if (node->kind != YAML_STRING) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E406, node->span,
                    "'%.*s' must be the dotted name of a class, not %s", STR_ARG(node->key),
                    yaml_kind_name(node->kind));
        return false;
    }
    if (!schema_dotted(&file->mistakes, node, false) || !good) return false;
    ParameterType type = {arena_copy(&load->rules->arena, node->key), load_name(load, node)};
    vec_add(&rule->types, type);
    return true;
}

static void read_parameter(Load *load, RuleFile *file, const YamlNode *map) {
    static const char *const keys[] = {"function", "decorated_by"};
    ParameterNodes nodes = {0};
    bool good = schema_read(&file->mistakes, map, "an entry of 'parameters'", parameter_fields,
                            COUNT_OF(parameter_fields), &nodes);
    if (map->kind != YAML_MAP) return;
    const YamlNode *places[] = {nodes.function, nodes.decorated_by};
    ParameterRule rule = {.span = map->span};
    size_t index = 0;
    good = load_alternative(file, map, "an entry of 'parameters'", keys, places, COUNT_OF(places),
                            &index) &&
           good;
    uint32_t before = file->mistakes.count;
    if (good) load_names(load, file, places[index], true, &rule.targets);
    rule.decorated = index == 1;
    for (const YamlNode *type = nodes.types ? nodes.types->first : NULL; type; type = type->next)
        good = read_type(load, file, type, &rule) && good;
    if (good && file->mistakes.count == before) {
        vec_add(&load->rules->parameters, rule);
        return;
    }
    vec_release(&rule.targets);
    vec_release(&rule.types);
}

void load_parameters(Load *load, RuleFile *file, const YamlNode *list) {
    for (const YamlNode *item = list->first; item; item = item->next)
        read_parameter(load, file, item);
}
