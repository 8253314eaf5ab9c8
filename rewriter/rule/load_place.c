// In: the `carriers:`, `boundaries:` and `forwarders:` of a rule file. Out: their rules, or
// diagnostics. A rule with a mistake is dropped whole.

#include "rule/load_internal.h"

// ---- carriers ------------------------------------------------------------------------------------
typedef struct CarrierNodes {
    const YamlNode *klass, *functions, *parameter, *expression, *origin;
} CarrierNodes;

static const Field carrier_fields[] = {
    {"class", FIELD_STRING, false, offsetof(CarrierNodes, klass)},
    {"functions", FIELD_ONE_OR_MORE, false, offsetof(CarrierNodes, functions)},
    {"parameter", FIELD_STRING, false, offsetof(CarrierNodes, parameter)},
    {"expression", FIELD_STRING, true, offsetof(CarrierNodes, expression)},
    {"origin", FIELD_STRING, false, offsetof(CarrierNodes, origin)},
};

// `class`, or `functions` with a `parameter` of theirs or without.
static bool check_carrier(const Load *load, RuleFile *file, const YamlNode *map, const CarrierNodes *nodes) {
    static const char *const ways[] = {"class", "functions"};
    const YamlNode *given[] = {nodes->klass, nodes->functions};
    size_t way = 0;
    if (!load_has_texts(load)) {
        load_reject_text_key(file, nodes->functions);
        load_reject_text_key(file, nodes->parameter);
    }
    if (!load_alternative(file, map, "a carrier", ways, given, COUNT_OF(ways), &way)) return false;
    if (nodes->klass) return schema_dotted(&file->mistakes, nodes->klass, false);
    return !nodes->parameter || schema_identifier(&file->mistakes, nodes->parameter);
}

static void read_carrier(Load *load, RuleFile *file, const YamlNode *map) {
    CarrierNodes nodes = {0};
    uint32_t before = file->mistakes.count;
    if (load_is_overridden(file, ENTRY_CARRIER, map)) return;
    schema_read(&file->mistakes, map, "a carrier", carrier_fields, COUNT_OF(carrier_fields), &nodes);
    if (map->kind != YAML_MAP || !check_carrier(load, file, map, &nodes) || !nodes.expression) return;
    CarrierRule rule = {.span = map->span};
    Origin origin;
    load_placeholders(file, nodes.expression, "{value}", load_has_texts(load) ? 0 : 1);
    if (nodes.origin && load_origin(file, nodes.origin, &origin)) rule.origin = (uint32_t)origin;
    if (nodes.functions) load_names(load, file, nodes.functions, true, &rule.functions);
    if (file->mistakes.count > before) {
        vec_release(&rule.functions);
        return;
    }
    if (nodes.klass) rule.klass = load_name(load, nodes.klass);
    rule.parameter = load_text(load, nodes.parameter);
    rule.expression = load_text(load, nodes.expression);
    rule.expression_span = nodes.expression->span;
    vec_add(&load->rules->carriers, rule);
}

void load_carriers(Load *load, RuleFile *file, const YamlNode *list) {
    for (const YamlNode *item = list->first; item; item = item->next) {
        read_carrier(load, file, item);
    }
}

// ---- boundaries ----------------------------------------------------------------------------------
typedef struct BoundaryNodes {
    const YamlNode *id, *function, *method, *overrides, *decorated_by, *file, *origin, *create,
        *for_each;
} BoundaryNodes;

static const Field boundary_fields[] = {
    {"id", FIELD_STRING, true, offsetof(BoundaryNodes, id)},
    {"function", FIELD_ONE_OR_MORE, false, offsetof(BoundaryNodes, function)},
    {"method", FIELD_ONE_OR_MORE, false, offsetof(BoundaryNodes, method)},
    {"overrides", FIELD_ONE_OR_MORE, false, offsetof(BoundaryNodes, overrides)},
    {"decorated_by", FIELD_ONE_OR_MORE, false, offsetof(BoundaryNodes, decorated_by)},
    {"file", FIELD_ONE_OR_MORE, false, offsetof(BoundaryNodes, file)},
    {"origin", FIELD_STRING, true, offsetof(BoundaryNodes, origin)},
    {"create", FIELD_STRING, false, offsetof(BoundaryNodes, create)},
    {"for_each", FIELD_MAP, false, offsetof(BoundaryNodes, for_each)},
};

typedef struct ForEachNodes {
    const YamlNode *call, *body;
} ForEachNodes;

static const Field for_each_fields[] = {
    {"call", FIELD_STRING, false, offsetof(ForEachNodes, call)},
    {"body", FIELD_STRING, false, offsetof(ForEachNodes, body)},
};

// for_each: { call: app.isolation.for_each_context }
static bool read_for_each(Load *load, RuleFile *file, const YamlNode *map, BoundaryRule *rule) {
    static const char *const keys[] = {"call", "body"};
    ForEachNodes nodes = {0};
    size_t index = 0;
    if (!schema_read(&file->mistakes, map, "'for_each'", for_each_fields, COUNT_OF(for_each_fields),
                     &nodes))
        return false;
    const YamlNode *given[] = {nodes.call, nodes.body};
    if (!load_alternative(file, map, "'for_each'", keys, given, COUNT_OF(given), &index))
        return false;
    if (!schema_dotted(&file->mistakes, given[index], false)) return false;
    *(index == 0 ? &rule->each_call : &rule->each_body) = load_text(load, given[index]);
    return true;
}

static void read_targets(Load *load, RuleFile *file, const YamlNode *strings, BoundaryRule *rule) {
    if (rule->kind != BOUNDARY_FILE) {
        load_names(load, file, strings, rule->kind != BOUNDARY_OVERRIDES, &rule->targets);
        return;
    }
    for (const YamlNode *item = schema_first(strings); item; item = schema_next(strings, item)) {
        vec_add(&rule->targets, load_name(load, item));
    }
}

// weft.yml may speak of some names of a list only.
static void drop_overridden(const RuleFile *file, BoundaryRule *rule) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < rule->targets.count; i++)
        if (!load_is_overridden_name(file, ENTRY_BOUNDARY, rule->targets.items[i].text))
            rule->targets.items[kept++] = rule->targets.items[i];
    rule->targets.count = kept;
}

static bool read_place(Load *load, RuleFile *file, const YamlNode *map, const BoundaryNodes *nodes,
                       BoundaryRule *rule) {
    static const char *const keys[] = {"function", "method", "overrides", "decorated_by", "file"};
    static const BoundaryKind kinds[] = {BOUNDARY_FUNCTION, BOUNDARY_FUNCTION, BOUNDARY_OVERRIDES,
                                         BOUNDARY_DECORATED, BOUNDARY_FILE};
    const YamlNode *places[] = {nodes->function, nodes->method, nodes->overrides,
                                nodes->decorated_by, nodes->file};
    size_t index = 0;
    if (!load_alternative(file, map, "a boundary", keys, places, COUNT_OF(places), &index)) {
        return false;
    }
    rule->kind = kinds[index];
    uint32_t before = file->mistakes.count;
    read_targets(load, file, places[index], rule);
    drop_overridden(file, rule);
    return file->mistakes.count == before;
}

static void read_boundary(Load *load, RuleFile *file, const YamlNode *map) {
    BoundaryNodes nodes = {0};
    if (load_is_overridden(file, ENTRY_BOUNDARY, map)) return;
    bool good = schema_read(&file->mistakes, map, "a boundary", boundary_fields,
                            COUNT_OF(boundary_fields), &nodes);
    if (map->kind != YAML_MAP) return;
    BoundaryRule rule = {.span = map->span};
    if (nodes.id) good = load_id(load, file, nodes.id, &load->boundary_ids) && good;
    if (nodes.origin) good = load_origin(file, nodes.origin, &rule.origin) && good;
    if (nodes.create) good = load_placeholders(file, nodes.create, "{parameter:", 0) && good;
    if (nodes.for_each) good = read_for_each(load, file, nodes.for_each, &rule) && good;
    good = read_place(load, file, map, &nodes, &rule) && good;
    if (!good) {
        vec_release(&rule.targets);
        return;
    }
    rule.id = load_text(load, nodes.id);
    rule.create = load_text(load, nodes.create);
    if (nodes.create) rule.create_span = nodes.create->span;
    vec_add(&load->rules->boundaries, rule);
}

void load_boundaries(Load *load, RuleFile *file, const YamlNode *list) {
    for (const YamlNode *item = list->first; item; item = item->next) {
        read_boundary(load, file, item);
    }
}

// ---- forwarders ----------------------------------------------------------------------------------
typedef struct ForwarderNodes {
    const YamlNode *target, *position, *keyword, *receiver, *pass, *receive;
} ForwarderNodes;

static const Field forwarder_fields[] = {
    {"target", FIELD_STRING, true, offsetof(ForwarderNodes, target)},
    {"position", FIELD_INTEGER, false, offsetof(ForwarderNodes, position)},
    {"keyword", FIELD_STRING, false, offsetof(ForwarderNodes, keyword)},
    {"receiver", FIELD_BOOL, false, offsetof(ForwarderNodes, receiver)},
    {"pass", FIELD_STRING, false, offsetof(ForwarderNodes, pass)},
    {"receive", FIELD_STRING, false, offsetof(ForwarderNodes, receive)},
};

#define POSITION_MAX 99

static bool read_position(RuleFile *file, const YamlNode *node, int32_t *position) {
    Str text = node->text;
    long value = -1;
    if (text.length > 0 && text.length <= 4) value = strtol(text.data, NULL, 10);
    if (value >= 0 && value <= POSITION_MAX) {
        *position = (int32_t)value;
        return true;
    }
    mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'position' must be from 0 to %d",
                POSITION_MAX);
    return false;
}

static void read_forwarder(Load *load, RuleFile *file, const YamlNode *map) {
    ForwarderNodes nodes = {0};
    if (load_is_overridden(file, ENTRY_FORWARDER, map)) return;
    bool good = schema_read(&file->mistakes, map, "a forwarder", forwarder_fields,
                            COUNT_OF(forwarder_fields), &nodes);
    ForwarderRule rule = {.position = -1};
    if (nodes.target) good = schema_dotted(&file->mistakes, nodes.target, true) && good;
    if (nodes.position) good = read_position(file, nodes.position, &rule.position) && good;
    if (nodes.keyword) good = schema_identifier(&file->mistakes, nodes.keyword) && good;
    if (nodes.pass) good = load_placeholders(file, nodes.pass, "{context}", 1) && good;
    if (nodes.receive) good = schema_dotted(&file->mistakes, nodes.receive, false) && good;
    if (!good) return;
    rule.receiver = nodes.receiver && (nodes.receiver->text.data[0] | 0x20) == 't';
    if (!nodes.position && !nodes.keyword && !rule.receiver) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E406, nodes.target->key_span,
                    "a forwarder lacks one of 'position', 'keyword' and 'receiver: true'");
        return;
    }
    if ((nodes.pass || nodes.receive) && !rule.receiver) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, nodes.target->key_span,
                    "'pass' and 'receive' are about a task: they need 'receiver: true'");
        return;
    }
    rule.target = load_name(load, nodes.target);
    rule.keyword = load_text(load, nodes.keyword);
    if (nodes.pass) rule.pass = load_text(load, nodes.pass);
    if (nodes.receive) rule.receive = load_text(load, nodes.receive);
    vec_add(&load->rules->forwarders, rule);
}

void load_forwarders(Load *load, RuleFile *file, const YamlNode *list) {
    for (const YamlNode *item = list->first; item; item = item->next) {
        read_forwarder(load, file, item);
    }
}

// asyncio.create_task, gather and the like take coroutines: those have their arguments already.
void rules_add_standard_forwarders(Rules *rules) {
    static const struct {
        const char *target;
        int32_t position;
        const char *keyword;
    } forwarders[] = {
        {"asyncio.to_thread", 0, ""},
        {"*.run_in_executor", 1, "func"},
        {"*.submit", 0, ""},
        {"*.add_done_callback", 0, ""},
        {"*.call_soon", 0, "callback"},
        {"*.call_soon_threadsafe", 0, "callback"},
        {"*.call_later", 1, "callback"},
        {"*.call_at", 1, "callback"},
        {"functools.partial", 0, ""},
        {"functools.reduce", 0, ""},
        {"threading.Thread", -1, "target"},
        {"threading.Timer", 1, "function"},
        {"_thread.start_new_thread", 0, ""},
        {"**.Process", -1, "target"},
        {"**.*Executor.map", 0, "fn"},
        {"**.*Pool.map", 0, "func"},
        {"**.*Pool.map_async", 0, "func"},
        {"**.*Pool.imap", 0, "func"},
        {"**.*Pool.imap_unordered", 0, "func"},
        {"**.*Pool.starmap", 0, "func"},
        {"**.*Pool.starmap_async", 0, "func"},
        {"**.*Pool.apply", 0, "func"},
        {"**.*Pool.apply_async", 0, "func"},
        {"*.add_task", 0, "func"},
        {"gevent.spawn", 0, ""},
        {"gevent.spawn_later", 1, ""},
        {"eventlet.spawn", 0, ""},
        {"sorted", -1, "key"},
        {"min", -1, "key"},
        {"max", -1, "key"},
        {"*.sort", -1, "key"},
        {"map", 0, ""},
        {"filter", 0, ""},
        {"re.sub", 1, "repl"},
        {"re.subn", 1, "repl"},
    };
    for (size_t i = 0; i < COUNT_OF(forwarders); i++) {
        ForwarderRule rule = {.target = {str_from(forwarders[i].target), SPAN_NONE},
                              .position = forwarders[i].position,
                              .keyword = str_from(forwarders[i].keyword)};
        vec_add(&rules->forwarders, rule);
    }
}
