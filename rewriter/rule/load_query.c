// In: the `query:` of a sink. Out: which classes are tables, and who is asked for their rows.
// A query without anyone to ask is a mistake: it would find nothing and say nothing.

#include "rule/load_internal.h"

typedef struct QueryNodes {
    const YamlNode *model, *methods, *refuse_methods, *uncertain, *calls, *refuse;
} QueryNodes;

static const Field query_fields[] = {
    {"model", FIELD_ONE_OR_MORE, true, offsetof(QueryNodes, model)},
    {"methods", FIELD_STRINGS, false, offsetof(QueryNodes, methods)},
    {"refuse_methods", FIELD_STRINGS, false, offsetof(QueryNodes, refuse_methods)},
    {"uncertain", FIELD_STRING, false, offsetof(QueryNodes, uncertain)},
    {"calls", FIELD_LIST, false, offsetof(QueryNodes, calls)},
    {"refuse", FIELD_STRINGS, false, offsetof(QueryNodes, refuse)},
};

typedef struct CallNodes {
    const YamlNode *target, *wrap, *given;
} CallNodes;

static const Field call_fields[] = {
    {"target", FIELD_ONE_OR_MORE, true, offsetof(CallNodes, target)},
    {"wrap", FIELD_STRING, true, offsetof(CallNodes, wrap)},
    {"given", FIELD_STRING, false, offsetof(CallNodes, given)},
};

// Only `object` needs a dot in every target: something must stand before it.
static bool check_targets(RuleFile *file, const YamlNode *targets, const YamlNode *wrap) {
    bool good = true;
    for (const YamlNode *item = schema_first(targets); item; item = schema_next(targets, item)) {
        if (str_find_last(item->text, '.') > 0) continue;
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, item->span,
                    "'%.*s' has no object before a dot that '%.*s' could wrap",
                    STR_ARG(item->text), STR_ARG(wrap->text));
        good = false;
    }
    return good;
}

static bool read_call(Load *load, RuleFile *file, const YamlNode *map, QueryCall *call) {
    static const char *const what = "an entry of 'calls'";
    CallNodes nodes = {0};
    if (!schema_read(&file->mistakes, map, what, call_fields, COUNT_OF(call_fields), &nodes))
        return false;
    const Str wraps[] = {STR("function"), STR("object")};
    const Str givens[] = {STR("model"), STR("mention")};
    size_t wrap = 0, given = 0;
    bool good = schema_choice(&file->mistakes, nodes.wrap, "wrap", wraps, COUNT_OF(wraps), &wrap);
    if (nodes.given) {
        good = schema_choice(&file->mistakes, nodes.given, "given", givens, COUNT_OF(givens),
                             &given) &&
               good;
        call->given = given ? GIVEN_MENTION : GIVEN_MODEL;
    }
    call->wraps_object = wrap == 1;
    load_names(load, file, nodes.target, true, &call->targets);
    if (call->wraps_object) good = check_targets(file, nodes.target, nodes.wrap) && good;
    return good;
}

static bool read_calls(Load *load, RuleFile *file, const YamlNode *list, SinkRule *rule) {
    bool good = true;
    for (const YamlNode *item = list ? list->first : NULL; item; item = item->next) {
        QueryCall *call = vec_push(&rule->calls);
        *call = (QueryCall){0};
        good = read_call(load, file, item, call) && good;
    }
    return good;
}

static bool read_uncertain(RuleFile *file, const YamlNode *node, SinkRule *rule) {
    const Str ways[] = {STR("refuse"), STR("wrap")};
    size_t index = 0;
    if (node && !schema_choice(&file->mistakes, node, "way", ways, COUNT_OF(ways), &index)) return false;
    rule->wraps_uncertain = index == 1;
    return true;
}

bool load_query(Load *load, RuleFile *file, const YamlNode *map, SinkRule *rule) {
    QueryNodes nodes = {0};
    bool good =
        schema_read(&file->mistakes, map, "'query'", query_fields, COUNT_OF(query_fields), &nodes);
    if (good && !nodes.methods && !nodes.calls) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E406, map->key_span,
                    "'query' lacks one of 'methods' and 'calls'");
        good = false;
    }
    load_names(load, file, nodes.model, false, &rule->models);
    if (rule->models.count) rule->target = rule->models.items[0];
    const YamlNode *lists[] = {nodes.methods, nodes.refuse_methods};
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        for (const YamlNode *item = schema_first(lists[i]); item;
             item = schema_next(lists[i], item)) {
            good = schema_identifier(&file->mistakes, item) && good;
            Str name = load_text(load, item);
            rule->makes_rows = rule->makes_rows || (i == 0 && str_is(name, "__init__"));
            if (i == 0) vec_add(&rule->methods, name);
            else vec_add(&rule->refuse_methods, name);
        }
    }
    good = read_uncertain(file, nodes.uncertain, rule) && good;
    good = read_calls(load, file, nodes.calls, rule) && good;
    load_names(load, file, nodes.refuse, true, &rule->refuse);
    return good;
}
