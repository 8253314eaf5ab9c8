// In: the `thread:` of a rule file. Out: requests for signatures, or diagnostics. An entry with a mistake is dropped
// whole.
#include "rule/load_internal.h"

#include <stdlib.h>

typedef struct ThreadNodes {
    const YamlNode *id, *functions, *parameter, *position, *fallback, *value, *hops, *until, *replace, *by_name,
        *describe, *closed_bases, *everywhere, *remove, *rename;
} ThreadNodes;

static const Field thread_fields[] = {
    {"id", FIELD_STRING, true, offsetof(ThreadNodes, id)},
    {"functions", FIELD_ONE_OR_MORE, false, offsetof(ThreadNodes, functions)},
    {"parameter", FIELD_STRING, true, offsetof(ThreadNodes, parameter)},
    {"position", FIELD_ANY, false, offsetof(ThreadNodes, position)},
    {"default", FIELD_ANY, false, offsetof(ThreadNodes, fallback)},
    {"value", FIELD_ANY, false, offsetof(ThreadNodes, value)},
    {"hops", FIELD_INTEGER, false, offsetof(ThreadNodes, hops)},
    {"until", FIELD_LIST, false, offsetof(ThreadNodes, until)},
    {"replace", FIELD_STRING, false, offsetof(ThreadNodes, replace)},
    {"by_name", FIELD_BOOL, false, offsetof(ThreadNodes, by_name)},
    {"describe", FIELD_STRING, false, offsetof(ThreadNodes, describe)},
    {"closed_bases", FIELD_ONE_OR_MORE, false, offsetof(ThreadNodes, closed_bases)},
    {"everywhere", FIELD_BOOL, false, offsetof(ThreadNodes, everywhere)},
    {"remove", FIELD_BOOL, false, offsetof(ThreadNodes, remove)},
    {"rename", FIELD_STRING, false, offsetof(ThreadNodes, rename)},
};

typedef struct UntilNodes {
    const YamlNode *functions, *from;
} UntilNodes;

static const Field until_fields[] = {
    {"functions", FIELD_ONE_OR_MORE, true, offsetof(UntilNodes, functions)},
    {"from", FIELD_ANY, true, offsetof(UntilNodes, from)},
};

// Code on one line, which YAML may take for a number or a truth value: `value: 0`.
static Str read_code(Load *load, RuleFile *file, const YamlNode *node) {
    if (node == NULL) return STR_NONE;
    bool scalar = node->kind != YAML_MAP && node->kind != YAML_LIST;
    if (scalar && node->text.length > 0 && str_find(node->text, '\n') < 0) return load_text(load, node);
    mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "code on one line is expected here");
    return STR_NONE;
}

static bool is_true(const YamlNode *node) { return node && (node->text.data[0] | 0x20) == 't'; }

static void read_until(Load *load, RuleFile *file, const YamlNode *list, SignatureRequest *request) {
    for (const YamlNode *item = list ? list->first : NULL; item; item = item->next) {
        UntilNodes nodes = {0};
        if (!schema_read(&file->mistakes, item, "an entry of 'until'", until_fields, COUNT_OF(until_fields), &nodes))
            continue;
        Str from = read_code(load, file, nodes.from);
        for (const YamlNode *name = schema_first(nodes.functions); name; name = schema_next(nodes.functions, name))
            vec_add(&request->sources, ((SignatureSource){load_text(load, name), from}));
    }
}

static void read_parameter(Load *load, RuleFile *file, const ThreadNodes *nodes, SignatureRequest *request) {
    if (!signature_read_parameter(load_text(load, nodes->parameter), request))
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, nodes->parameter->span,
                    "'parameter' is NAME or NAME: TYPE, such as \"tenant: app.Tenant\"");
    if (nodes->position && !signature_read_position(nodes->position->text, &request->position))
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, nodes->position->span,
                    "'position' is first, last, keyword, or a number from 1");
    if (nodes->rename && schema_identifier(&file->mistakes, nodes->rename)) {
        request->action = SIGNATURE_RENAME;
        request->new_name = load_text(load, nodes->rename);
    }
    if (is_true(nodes->remove)) request->action = SIGNATURE_REMOVE;
}

static void read_texts(Load *load, RuleFile *file, const ThreadNodes *nodes, SignatureRequest *request) {
    for (const YamlNode *name = schema_first(nodes->functions); name; name = schema_next(nodes->functions, name))
        vec_add(&request->functions, load_text(load, name));
    for (const YamlNode *name = schema_first(nodes->closed_bases); name;
         name = schema_next(nodes->closed_bases, name))
        vec_add(&request->closed, load_text(load, name));
    request->default_value = read_code(load, file, nodes->fallback);
    request->value = read_code(load, file, nodes->value);
    request->replace = read_code(load, file, nodes->replace);
    request->about = nodes->describe ? load_text(load, nodes->describe) : STR_NONE;
    request->by_name = is_true(nodes->by_name);
    request->everywhere = is_true(nodes->everywhere);
    read_until(load, file, nodes->until, request);
}

static bool has_id(const Rules *rules, Str id) {
    for (uint32_t i = 0; i < rules->thread.count; i++)
        if (str_equal(rules->thread.items[i].id, id)) return true;
    return false;
}

static void read_entry(Load *load, RuleFile *file, const YamlNode *map) {
    ThreadNodes nodes = {0};
    uint32_t before = file->mistakes.count;
    ThreadRule rule = {.span = map->span};
    if (!schema_read(&file->mistakes, map, "an entry of 'thread'", thread_fields, COUNT_OF(thread_fields), &nodes))
        return;
    rule.id = load_text(load, nodes.id);
    read_parameter(load, file, &nodes, &rule.request);
    read_texts(load, file, &nodes, &rule.request);
    rule.request.hops = nodes.hops ? (uint32_t)strtoul(nodes.hops->text.data, NULL, 10)
                                   : signature_default_hops(&rule.request);
    const char *mistake = file->mistakes.count > before ? NULL : signature_mistake(&rule.request);
    if (mistake) mistake_add(&file->mistakes, DIAGNOSTIC_E407, map->span, "%s", mistake);
    if (has_id(load->rules, rule.id))
        mistake_add(&file->mistakes, DIAGNOSTIC_E413, nodes.id->span, "two entries of 'thread' have the id '%.*s'",
                    STR_ARG(rule.id));
    if (file->mistakes.count == before)
        vec_add(&load->rules->thread, rule);
    else
        signature_request_release(&rule.request);
}

void load_thread(Load *load, RuleFile *file, const YamlNode *list) {
    for (const YamlNode *item = list->first; item; item = item->next) read_entry(load, file, item);
}
