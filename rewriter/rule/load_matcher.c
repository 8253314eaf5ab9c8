// In: matchers of a rule file: a pattern as a text, or a map whose keys must all hold. Out: Matchers
// (facts/pattern.h) in the rules' arena, or diagnostics. Whether a pattern is code, and a kind one of the
// grammar, is for the front end to say.

#include "rule/load_internal.h"

typedef struct MatcherNodes {
    const YamlNode *pattern, *selector, *strictness, *kind, *regex, *inside, *has, *precedes,
        *follows, *all, *any, *not_, *matches, *stop_at, *field;
} MatcherNodes;

#define MATCHER(name, type)                                                                        \
    { #name, type, false, offsetof(MatcherNodes, name) }

// The order is that in which they are asked; the first ones are the quickest.
static const Field matcher_fields[] = {
    MATCHER(pattern, FIELD_ANY),
    MATCHER(kind, FIELD_STRING),
    MATCHER(regex, FIELD_STRING),
    MATCHER(inside, FIELD_ANY),
    MATCHER(has, FIELD_ANY),
    MATCHER(precedes, FIELD_ANY),
    MATCHER(follows, FIELD_ANY),
    MATCHER(all, FIELD_LIST),
    MATCHER(any, FIELD_LIST),
    {"not", FIELD_ANY, false, offsetof(MatcherNodes, not_)},
    MATCHER(matches, FIELD_STRING),
    MATCHER(selector, FIELD_STRING),
    MATCHER(strictness, FIELD_STRING),
    MATCHER(stop_at, FIELD_ANY),
    MATCHER(field, FIELD_STRING),
};
enum { QUESTIONS = 11 }; // fields that ask something; the others say how

typedef struct MatcherLoad {
    Load *load;
    RuleFile *file;
    StrList *names, *many;
} MatcherLoad;

static Matcher *read_matcher(const MatcherLoad *load, const YamlNode *node, bool relation);

static Matcher *new_matcher(const MatcherLoad *load, MatcherKind kind, const YamlNode *node) {
    Matcher *matcher = arena_alloc(&load->load->rules->arena, sizeof *matcher);
    *matcher = (Matcher){.kind = kind, .span = node->span};
    return matcher;
}

static Matcher *wrong(const MatcherLoad *load, const YamlNode *node, const char *wanted) {
    if (node->kind != YAML_BROKEN)
        mistake_add(&load->file->mistakes, DIAGNOSTIC_E404, node->span, "expected %s, found %s",
                    wanted, yaml_kind_name(node->kind));
    return NULL;
}

// ---- patterns ------------------------------------------------------------------------------------
static bool is_scalar(const YamlNode *node) {
    return node->kind == YAML_STRING || node->kind == YAML_BOOL || node->kind == YAML_INTEGER ||
           node->kind == YAML_FLOAT;
}

static void collect_names(const MatcherLoad *load, Str text) {
    if (!load->names) return;
    pattern_variables(text, load->names);
    for (uint32_t i = 0; i < load->names->count; i++)
        if (pattern_has_many(text, load->names->items[i]))
            vec_add(load->many, load->names->items[i]);
}

static Matcher *read_text(const MatcherLoad *load, const YamlNode *node) {
    if (!is_scalar(node)) return wrong(load, node, "a pattern");
    Matcher *matcher = new_matcher(load, MATCHER_PATTERN, node);
    matcher->text = load_text(load->load, node);
    collect_names(load, matcher->text);
    return matcher;
}

static bool read_strictness(const MatcherLoad *load, const YamlNode *node, Matcher *pattern) {
    static const Strictness values[] = {STRICTNESS_SMART, STRICTNESS_CST, STRICTNESS_AST,
                                        STRICTNESS_RELAXED, STRICTNESS_SIGNATURE};
    const Str names[] = {STR("smart"), STR("cst"), STR("ast"), STR("relaxed"), STR("signature")};
    size_t index;
    if (!schema_choice(&load->file->mistakes, node, "strictness", names, COUNT_OF(names), &index))
        return false;
    pattern->strictness = values[index];
    return true;
}

// `selector` and `strictness` say how the pattern beside them is meant.
static bool refine_pattern(const MatcherLoad *load, const MatcherNodes *nodes, Matcher *pattern) {
    if (!pattern) {
        const YamlNode *stray = nodes->selector ? nodes->selector : nodes->strictness;
        if (stray)
            mistake_add(&load->file->mistakes, DIAGNOSTIC_E407, stray->key_span,
                        "'%.*s' goes with 'pattern'", STR_ARG(stray->key));
        return stray == NULL;
    }
    if (nodes->selector) pattern->selector = load_text(load->load, nodes->selector);
    return !nodes->strictness || read_strictness(load, nodes->strictness, pattern);
}

// ---- questions -----------------------------------------------------------------------------------
static Matcher *read_list(const MatcherLoad *load, MatcherKind kind, const YamlNode *node) {
    Matcher *matcher = new_matcher(load, kind, node);
    const Matcher **end = &matcher->first;
    if (node->count == 0) {
        mistake_add(&load->file->mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' must not be empty",
                    STR_ARG(node->key));
        return NULL;
    }
    for (const YamlNode *item = node->first; item; item = item->next) {
        Matcher *operand = read_matcher(load, item, false);
        if (!operand) return NULL;
        *end = operand;
        end = &operand->next;
    }
    return matcher;
}

// How far a relation looks: `stop_at: neighbor`, `end`, or a matcher.
static bool read_reach(const MatcherLoad *load, const YamlNode *node, Matcher *relation) {
    static const char *const wanted = "'neighbor', 'end' or a matcher";
    if (!node) return true;
    if (node->kind == YAML_MAP) {
        // What stops the search keeps no metavariables.
        MatcherLoad inner = {load->load, load->file, NULL, NULL};
        relation->reach = REACH_UNTIL;
        relation->until = read_matcher(&inner, node, false);
        return relation->until != NULL;
    }
    if (str_is(node->text, "neighbor")) return true;
    relation->reach = REACH_END;
    return str_is(node->text, "end") || wrong(load, node, wanted) != NULL;
}

// The operand of a relation stands beside `stop_at` and `field`, or is a pattern as a text.
static Matcher *read_relation(const MatcherLoad *load, MatcherKind kind, const YamlNode *node) {
    Matcher *relation = new_matcher(load, kind, node);
    relation->first = read_matcher(load, node, true);
    if (!relation->first) return NULL;
    const YamlNode *first = node->kind == YAML_MAP ? node->first : NULL;
    for (const YamlNode *value = first; value; value = value->next) {
        if (str_is(value->key, "stop_at") && !read_reach(load, value, relation)) return NULL;
        if (!str_is(value->key, "field")) continue;
        if (kind == MATCHER_FOLLOWS || kind == MATCHER_PRECEDES) {
            mistake_add(&load->file->mistakes, DIAGNOSTIC_E407, value->key_span,
                        "'field' goes with 'inside' and 'has'");
            return NULL;
        }
        relation->field = load_text(load->load, value);
    }
    return relation;
}

static Matcher *read_named(const MatcherLoad *load, MatcherKind kind, const YamlNode *node) {
    Matcher *matcher = new_matcher(load, kind, node);
    matcher->text = load_text(load->load, node);
    return matcher;
}

static Matcher *read_not(const MatcherLoad *load, const YamlNode *node) {
    MatcherLoad inner = {load->load, load->file, NULL, NULL}; // keeps nothing
    Matcher *matcher = new_matcher(load, MATCHER_NOT, node);
    matcher->first = read_matcher(&inner, node, false);
    return matcher->first ? matcher : NULL;
}

static Matcher *read_question(const MatcherLoad *load, size_t field, const YamlNode *node) {
    switch (field) {
    case 0: return read_text(load, node);
    case 1: return read_named(load, MATCHER_KIND, node);
    case 2: return read_named(load, MATCHER_REGEX, node);
    case 3: return read_relation(load, MATCHER_INSIDE, node);
    case 4: return read_relation(load, MATCHER_HAS, node);
    case 5: return read_relation(load, MATCHER_PRECEDES, node);
    case 6: return read_relation(load, MATCHER_FOLLOWS, node);
    case 7: return read_list(load, MATCHER_ALL, node);
    case 8: return read_list(load, MATCHER_ANY, node);
    case 9: return read_not(load, node);
    default: return read_named(load, MATCHER_NAMED, node);
    }
}

static const YamlNode *node_of(const MatcherNodes *nodes, const Field *field) {
    return *(const YamlNode *const *)(const void *)((const char *)nodes + field->offset);
}

// What all keys of the map ask for together.
static Matcher *read_map(const MatcherLoad *load, const YamlNode *node, bool relation) {
    MatcherNodes nodes = {0};
    size_t count = COUNT_OF(matcher_fields) - (relation ? 0 : 2);
    if (!schema_read(&load->file->mistakes, node, "a matcher", matcher_fields, count, &nodes))
        return NULL;
    Matcher *all = new_matcher(load, MATCHER_ALL, node), *pattern = NULL;
    const Matcher **end = &all->first;
    uint32_t questions = 0;
    for (size_t i = 0; i < QUESTIONS; i++) {
        const YamlNode *value = node_of(&nodes, &matcher_fields[i]);
        if (!value) continue;
        Matcher *operand = read_question(load, i, value);
        if (!operand) return NULL;
        if (i == 0) pattern = operand;
        *end = operand;
        end = &operand->next;
        questions++;
    }
    if (!refine_pattern(load, &nodes, pattern)) return NULL;
    if (questions == 1) return (Matcher *)all->first;
    if (questions > 1) return all;
    mistake_add(&load->file->mistakes, DIAGNOSTIC_E406,
                node->first ? node->first->key_span : node->span,
                "a matcher lacks 'pattern', 'kind', 'regex', 'matches' or a relation");
    return NULL;
}

static Matcher *read_matcher(const MatcherLoad *load, const YamlNode *node, bool relation) {
    if (node->kind == YAML_MAP) return read_map(load, node, relation);
    if (!is_scalar(node)) return wrong(load, node, "a pattern or a map");
    return read_text(load, node);
}

const Matcher *load_matcher(Load *load, RuleFile *file, const YamlNode *node, StrList *names,
                            StrList *many) {
    MatcherLoad state = {load, file, names, many};
    return read_matcher(&state, node, false);
}

// ---- named matchers ------------------------------------------------------------------------------
// In one file it is a duplicate key, which was reported.
static bool report_taken(Load *load, RuleFile *file, const NamedMatcher *named) {
    for (uint32_t i = 0; i < load->rules->patterns.named.count; i++) {
        const NamedMatcher *earlier = &load->rules->patterns.named.items[i];
        if (!str_equal(earlier->name, named->name)) continue;
        if (earlier->span.file.index != named->span.file.index &&
            mistake_add(&file->mistakes, DIAGNOSTIC_E413, named->span,
                        "another pack has a matcher '%.*s'", STR_ARG(clipped(named->name)))) {
            diagnostic_relate(load->diagnostics, earlier->span, "it is here");
            load_help_conflict(load, earlier->span, named->span);
        }
        return true;
    }
    return false;
}

void load_matchers(Load *load, RuleFile *file, const YamlNode *map) {
    for (const YamlNode *value = map->first; value; value = value->next) {
        if (load_is_overridden_matcher(file, value->key)) continue;
        NamedMatcher named = {arena_copy(&load->rules->arena, value->key), value->key_span, NULL};
        bool taken = report_taken(load, file, &named);
        named.matcher = load_matcher(load, file, value, NULL, NULL);
        if (named.matcher && !taken) vec_add(&load->rules->patterns.named, named);
    }
}
