// In: the `retypes:` of a rule file. Out: their rules, or diagnostics. A rule with a mistake is dropped whole.

#include "rule/load_internal.h"

typedef struct RetypeNodes {
    const YamlNode *id, *field, *parameter, *type, *remove;
} RetypeNodes;

static const Field retype_fields[] = {
    {"id", FIELD_STRING, true, offsetof(RetypeNodes, id)},
    {"field", FIELD_STRING, true, offsetof(RetypeNodes, field)},
    {"parameter", FIELD_STRING, true, offsetof(RetypeNodes, parameter)},
    {"type", FIELD_STRING, true, offsetof(RetypeNodes, type)},
    {"remove", FIELD_BOOL, false, offsetof(RetypeNodes, remove)},
};

// STRUCTURE.FIELD
static bool check_field(RuleFile *file, const YamlNode *node) {
    ptrdiff_t dot = str_find(node->text, '.');
    bool good = dot > 0 && schema_is_identifier(str_slice(node->text, 0, (size_t)dot)) &&
                schema_is_identifier(str_slice(node->text, (size_t)dot + 1, node->text.length));
    if (!good && mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' names no field of a structure",
                             STR_ARG(clipped(node->text))))
        diagnostic_help(file->mistakes.diagnostics, "write STRUCTURE.FIELD: dict.privdata");
    return good;
}

// "struct dict *": one star, at the end.
static bool check_type(RuleFile *file, const YamlNode *node) {
    Str text = node->text;
    ptrdiff_t star = str_find(text, '*');
    bool good = star > 0 && (size_t)star + 1 == text.length && str_find(text, ',') < 0 && str_find(text, '(') < 0;
    if (!good && mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' is no pointer",
                             STR_ARG(clipped(text))))
        diagnostic_help(file->mistakes.diagnostics, "write it as it stands in the code: \"struct dict *\"");
    return good;
}

static void read_retype(Load *load, RuleFile *file, const YamlNode *map) {
    RetypeNodes nodes = {0};
    bool good = schema_read(&file->mistakes, map, "an entry of 'retypes'", retype_fields, COUNT_OF(retype_fields),
                            &nodes);
    if (map->kind != YAML_MAP || !good) return;
    good = load_id(load, file, nodes.id, &load->sink_ids);
    good = check_field(file, nodes.field) && good;
    good = schema_identifier(&file->mistakes, nodes.parameter) && good;
    good = check_type(file, nodes.type) && good;
    if (!good) return;
    RetypeRule rule = {.id = load_text(load, nodes.id),
                       .field = load_name(load, nodes.field),
                       .parameter = load_text(load, nodes.parameter),
                       .type = load_text(load, nodes.type),
                       .removes = nodes.remove && str_is(nodes.remove->text, "true"),
                       .span = map->span};
    vec_add(&load->rules->retypes, rule);
}

void load_retypes(Load *load, RuleFile *file, const YamlNode *list) {
    if (!load_has_texts(load)) {
        load_reject_text_key(file, list);
        return;
    }
    for (const YamlNode *item = list->first; item; item = item->next) read_retype(load, file, item);
}
