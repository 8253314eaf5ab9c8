// In: the `sinks:` of a rule file. Out: SinkRules, or diagnostics. A rule with a mistake is dropped
// whole: half a rule would find half of the sinks.

#include "rule/load_internal.h"

typedef struct SinkNodes {
    const YamlNode *id, *family, *symbol, *call, *construct, *singleton;
    const YamlNode *query, *function, *pattern, *attribute, *path, *where, *replace, *into,
        *local, *accessor, *except, *only;
} SinkNodes;

static const Field sink_fields[] = {
    {"id", FIELD_STRING, true, offsetof(SinkNodes, id)},
    {"family", FIELD_STRING, true, offsetof(SinkNodes, family)},
    {"symbol", FIELD_STRING, false, offsetof(SinkNodes, symbol)},
    {"call", FIELD_STRING, false, offsetof(SinkNodes, call)},
    {"construct", FIELD_STRING, false, offsetof(SinkNodes, construct)},
    {"singleton", FIELD_STRING, false, offsetof(SinkNodes, singleton)},
    {"query", FIELD_MAP, false, offsetof(SinkNodes, query)},
    {"function", FIELD_STRING, false, offsetof(SinkNodes, function)},
    {"pattern", FIELD_ANY, false, offsetof(SinkNodes, pattern)},
    {"attribute", FIELD_STRING, false, offsetof(SinkNodes, attribute)},
    {"path", FIELD_STRING, false, offsetof(SinkNodes, path)},
    {"where", FIELD_MAP, false, offsetof(SinkNodes, where)},
    {"replace", FIELD_STRING, false, offsetof(SinkNodes, replace)},
    {"into", FIELD_STRING, false, offsetof(SinkNodes, into)},
    {"local", FIELD_STRING, false, offsetof(SinkNodes, local)},
    {"accessor", FIELD_MAP, false, offsetof(SinkNodes, accessor)},
    {"except", FIELD_MAP, false, offsetof(SinkNodes, except)},
    {"only", FIELD_MAP, false, offsetof(SinkNodes, only)},
};

typedef struct AccessorNodes {
    const YamlNode *keyed_by, *name;
} AccessorNodes;

static const Field accessor_fields[] = {
    {"keyed_by", FIELD_STRINGS, true, offsetof(AccessorNodes, keyed_by)},
    {"name", FIELD_STRING, false, offsetof(AccessorNodes, name)},
};

typedef struct ExceptNodes {
    const YamlNode *attributes, *functions;
} ExceptNodes;

static const Field except_fields[] = {
    {"attributes", FIELD_STRINGS, false, offsetof(ExceptNodes, attributes)},
    {"functions", FIELD_STRINGS, false, offsetof(ExceptNodes, functions)},
};

typedef struct OnlyNodes {
    const YamlNode *attributes;
} OnlyNodes;

static const Field only_fields[] = {
    {"attributes", FIELD_STRINGS, true, offsetof(OnlyNodes, attributes)},
};

// What goes with which kind; the order is that of SinkKind.
static const char *const kind_keys[] = {"symbol", "call",     "construct", "singleton",
                                        "query",  "function", "pattern",   "attribute", "path"};

static bool reject(RuleFile *file, const YamlNode *node, SinkKind kind) {
    if (!node) return true;
    mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->key_span, "'%.*s' does not go with '%s'",
                STR_ARG(node->key), kind_keys[kind]);
    return false;
}

// What C has no words for is no rule about it.
static bool check_kind(const Load *load, RuleFile *file, const YamlNode *target, SinkKind kind) {
    if (!load_has_texts(load) || kind == SINK_SYMBOL || kind == SINK_CALL || kind == SINK_FUNCTION) return true;
    if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, target->key_span, "'%s' does not go with 'language: c'",
                    kind_keys[kind]))
        diagnostic_help(file->mistakes.diagnostics, "in C a sink is a 'symbol', a 'call' or a 'function'");
    return false;
}

static bool demand(RuleFile *file, const YamlNode *target, const YamlNode *node, const char *key) {
    if (node) return true;
    mistake_add(&file->mistakes, DIAGNOSTIC_E406, target->key_span,
                "a sink with '%.*s' lacks the key '%s'", STR_ARG(target->key), key);
    return false;
}

static bool check_combination(RuleFile *file, const SinkNodes *nodes, const YamlNode *map,
                              const YamlNode *target, SinkKind kind) {
    static const char *const ways[] = {"replace", "accessor"};
    const YamlNode *given[] = {nodes->replace, nodes->accessor};
    size_t way = 0;
    if (kind != SINK_PATTERN && !reject(file, nodes->where, kind)) return false;
    if (kind != SINK_SYMBOL && !reject(file, nodes->only, kind)) return false;
    if (kind != SINK_PATH && !reject(file, nodes->into, kind)) return false;
    switch (kind) {
    case SINK_SYMBOL:
        return reject(file, nodes->accessor, kind) &&
               demand(file, target, nodes->replace, "replace");
    case SINK_CALL:
        return reject(file, nodes->except, kind) &&
               load_alternative(file, map, "a sink with 'call'", ways, given, COUNT_OF(ways), &way);
    case SINK_CONSTRUCT:
    case SINK_FUNCTION:
        return reject(file, nodes->replace, kind) && reject(file, nodes->accessor, kind) &&
               reject(file, nodes->except, kind) && reject(file, nodes->local, kind);
    case SINK_SINGLETON:
        return reject(file, nodes->replace, kind) &&
               demand(file, target, nodes->accessor, "accessor");
    case SINK_ATTRIBUTE:
    case SINK_PATTERN:
    case SINK_QUERY:
        return reject(file, nodes->accessor, kind) && reject(file, nodes->local, kind) &&
               demand(file, target, nodes->replace, "replace");
    case SINK_PATH:
        return reject(file, nodes->accessor, kind) && reject(file, nodes->replace, kind) &&
               demand(file, target, nodes->into, "into");
    }
    return false;
}

static bool read_accessor(Load *load, RuleFile *file, const YamlNode *map, SinkRule *rule) {
    AccessorNodes nodes = {0};
    bool good = schema_read(&file->mistakes, map, "an accessor", accessor_fields,
                            COUNT_OF(accessor_fields), &nodes);
    rule->accessor = true;
    load->needs_accessors = true;
    const YamlNode *keys = nodes.keyed_by;
    for (const YamlNode *key = schema_first(keys); key; key = schema_next(keys, key)) {
        Str name = load_text(load, key);
        vec_add(&rule->keyed_by, name);
        vec_add(&load->dimensions, ((Mention){name, key->span}));
    }
    if (nodes.name) {
        good = schema_identifier(&file->mistakes, nodes.name) && good;
        rule->accessor_name = load_text(load, nodes.name);
    }
    return good;
}

// `attributes` or `functions`: an access stays because of what it reads, a query and code that matches
// because of who asks; the read of a symbol because of either.
static bool read_except(Load *load, RuleFile *file, const YamlNode *map, const char *key, bool either,
                        SinkRule *rule) {
    ExceptNodes nodes = {0};
    static const char *const keys[] = {"attributes", "functions"};
    bool good = schema_read(&file->mistakes, map, "'except'", except_fields,
                            COUNT_OF(except_fields), &nodes);
    const YamlNode *lists[] = {nodes.attributes, nodes.functions};
    size_t which = 0;
    bool both = either && nodes.attributes && nodes.functions;
    if (!both && !load_alternative(file, map, "'except'", keys, lists, COUNT_OF(keys), &which)) return false;
    if (!either && (which == 1) != (key != NULL)) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, lists[which]->key_span,
                    key ? "'%s' does not go with '%s'" : "'%s' does not go with this sink",
                    keys[which], key);
        return false;
    }
    if (nodes.functions) load_names(load, file, nodes.functions, true, &rule->except_functions);
    const YamlNode *list = nodes.attributes;
    for (const YamlNode *item = schema_first(list); item; item = schema_next(list, item)) {
        good = schema_identifier(&file->mistakes, item) && good;
        vec_add(&rule->except_attributes, load_text(load, item));
    }
    return good;
}

static bool read_only(Load *load, RuleFile *file, const YamlNode *map, SinkRule *rule) {
    OnlyNodes nodes = {0};
    bool good = schema_read(&file->mistakes, map, "'only'", only_fields, COUNT_OF(only_fields), &nodes);
    const YamlNode *list = nodes.attributes;
    for (const YamlNode *item = schema_first(list); item; item = schema_next(list, item)) {
        good = schema_identifier(&file->mistakes, item) && good;
        vec_add(&rule->only_attributes, load_text(load, item));
    }
    return good;
}

// `package.module.Class.attribute`.
static bool check_attribute(RuleFile *file, const YamlNode *target) {
    if (str_find(target->text, '.') > 0) return true;
    if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, target->span,
                    "'%.*s' names no attribute of a class", STR_ARG(target->text)))
        diagnostic_help(file->mistakes.diagnostics, "write module.Class.attribute");
    return false;
}

static bool read_details(Load *load, RuleFile *file, const SinkNodes *nodes, SinkRule *rule) {
    bool good = true;
    if (nodes->id) good = load_id(load, file, nodes->id, &load->sink_ids);
    if (nodes->family) good = load_family(load, file, nodes->family, &rule->family) && good;
    if (nodes->accessor) good = read_accessor(load, file, nodes->accessor, rule) && good;
    const char *asked = nodes->query ? "query" : nodes->pattern ? "pattern" : nodes->path ? "path" : NULL;
    if (nodes->except) good = read_except(load, file, nodes->except, asked, nodes->symbol, rule) && good;
    if (nodes->only) good = read_only(load, file, nodes->only, rule) && good;
    if (nodes->local) good = schema_identifier(&file->mistakes, nodes->local) && good;
    if (nodes->replace && !nodes->pattern)
        good = load_placeholders(file, nodes->replace,
                                 nodes->query       ? "{receiver} {context}"
                                 : nodes->attribute ? "{context} {receiver}"
                                 : nodes->call      ? "{context} {arguments}"
                                                    : "{context}",
                                 nodes->query ? 2 : 1) &&
               good;
    rule->id = load_text(load, nodes->id);
    rule->local = load_text(load, nodes->local);
    if (!nodes->pattern) rule->replace = load_text(load, nodes->replace);
    if (nodes->replace) rule->replace_span = nodes->replace->span;
    return good;
}

static void read_sink(Load *load, RuleFile *file, const YamlNode *map) {
    SinkNodes nodes = {0};
    if (load_is_overridden(file, ENTRY_SINK, map)) return;
    bool good =
        schema_read(&file->mistakes, map, "a sink", sink_fields, COUNT_OF(sink_fields), &nodes);
    if (map->kind != YAML_MAP) return;
    SinkRule rule = {.span = map->span};
    good = read_details(load, file, &nodes, &rule) && good;

    const YamlNode *targets[] = {nodes.symbol,    nodes.call,  nodes.construct,
                                 nodes.singleton, nodes.query, nodes.function,
                                 nodes.pattern,   nodes.attribute, nodes.path};
    size_t kind = 0;
    if (load_alternative(file, map, "a sink", kind_keys, targets, COUNT_OF(targets), &kind)) {
        const YamlNode *target = targets[kind];
        rule.kind = (SinkKind)kind;
        if (!check_kind(load, file, target, rule.kind)) {
            good = false;
        } else if (rule.kind == SINK_QUERY) {
            good = load_query(load, file, target, &rule) && good;
        } else if (rule.kind == SINK_PATTERN) {
            good = load_pattern(load, file, target, nodes.where, nodes.replace, &rule) && good;
        } else if (rule.kind == SINK_PATH) {
            good = load_path(load, file, target, nodes.into, &rule) && good;
        } else {
            rule.target = load_name(load, target);
            good = (rule.kind == SINK_FUNCTION ? schema_qualified(&file->mistakes, target)
                                               : schema_dotted(&file->mistakes, target, false)) &&
                   good;
            good = (rule.kind != SINK_ATTRIBUTE || check_attribute(file, target)) && good;
        }
        good = check_combination(file, &nodes, map, target, rule.kind) && good;
    } else {
        good = false;
    }
    if (good) {
        vec_add(&load->rules->sinks, rule);
        return;
    }
    sink_rule_release(&rule);
}

void load_sinks(Load *load, RuleFile *file, const YamlNode *list) {
    for (const YamlNode *item = list->first; item; item = item->next) read_sink(load, file, item);
}
