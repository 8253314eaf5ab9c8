// In: the `pattern`, `where` and `replace` of a sink. Out: a PatternRule, what its metavariables must mean,
// and the replacement with its holes; or diagnostics. `replace` may write metavariables as {NAME} or, as
// in the pattern, as $NAME and $$$NAME.

#include "rule/load_internal.h"

typedef struct PatternLoad {
    Load *load;
    RuleFile *file;
    StrList names, many;
    PatternRule rule;
} PatternLoad;

static bool is_in(const StrList *names, Str name) {
    for (uint32_t i = 0; i < names->count; i++)
        if (str_equal(names->items[i], name)) return true;
    return false;
}

static bool is_name_byte(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// ---- where ---------------------------------------------------------------------------------------
typedef struct WhereNodes {
    const YamlNode *symbol, *subclass_of, *instance_of;
} WhereNodes;

static const Field where_fields[] = {
    {"symbol", FIELD_ONE_OR_MORE, false, offsetof(WhereNodes, symbol)},
    {"subclass_of", FIELD_ONE_OR_MORE, false, offsetof(WhereNodes, subclass_of)},
    {"instance_of", FIELD_ONE_OR_MORE, false, offsetof(WhereNodes, instance_of)},
};

static bool is_meaning(Str key) {
    for (size_t i = 0; i < COUNT_OF(where_fields); i++)
        if (str_is(key, where_fields[i].key)) return true;
    return false;
}

static void add_meaning(PatternLoad *load, SinkRule *rule, uint32_t variable, WhereKind kind,
                        bool negated, const YamlNode *names) {
    if (!names) return;
    SinkWhere *where = vec_push(&rule->where);
    *where = (SinkWhere){.kind = kind, .negated = negated, .variable = variable};
    load_names(load->load, load->file, names, kind == WHERE_SYMBOL, &where->names);
}

// VALUE as a map of its own.
static YamlNode only(Arena *arena, const YamlNode *map, const YamlNode *value) {
    YamlNode *copy = arena_alloc(arena, sizeof *copy), part = *map;
    *copy = *value;
    copy->next = NULL;
    part.first = copy;
    part.count = 1;
    return part;
}

static bool read_meaning(PatternLoad *load, SinkRule *rule, uint32_t variable, bool negated,
                         const YamlNode *map, const YamlNode *value) {
    WhereNodes nodes = {0};
    YamlNode part = only(&load->load->rules->arena, map, value);
    if (!schema_read(&load->file->mistakes, &part, "a constraint", where_fields,
                     COUNT_OF(where_fields), &nodes))
        return false;
    add_meaning(load, rule, variable, WHERE_SYMBOL, negated, nodes.symbol);
    add_meaning(load, rule, variable, WHERE_SUBCLASS, negated, nodes.subclass_of);
    add_meaning(load, rule, variable, WHERE_INSTANCE, negated, nodes.instance_of);
    return true;
}

// What a metavariable must look like is a matcher; what it must mean is for the solver.
static bool read_constraint(PatternLoad *load, SinkRule *rule, uint32_t variable,
                            const YamlNode *map) {
    Arena *arena = &load->load->rules->arena;
    YamlNode looks = *map;
    const YamlNode **end = &looks.first;
    looks.first = NULL;
    for (const YamlNode *value = map->first; value; value = value->next) {
        bool inner = str_is(value->key, "not") && value->kind == YAML_MAP && value->first &&
                     is_meaning(value->first->key);
        const YamlNode *from = inner ? value : map;
        if (!inner && !is_meaning(value->key)) {
            YamlNode *copy = (YamlNode *)only(arena, map, value).first;
            *end = copy;
            end = &copy->next;
            continue;
        }
        for (const YamlNode *item = inner ? value->first : value; item;
             item = inner ? item->next : NULL)
            if (!read_meaning(load, rule, variable, inner, from, item)) return false;
    }
    if (!looks.first && map->first) return true;
    const Matcher *matcher = load_matcher(load->load, load->file, &looks, NULL, NULL);
    if (matcher) vec_add(&load->rule.constraints, ((PatternConstraint){variable, matcher}));
    return matcher != NULL;
}

static bool read_where(PatternLoad *load, SinkRule *rule, const YamlNode *where) {
    bool good = true;
    for (const YamlNode *value = where ? where->first : NULL; value; value = value->next) {
        int variable = pattern_variable_index(&load->rule, value->key);
        if (variable < 0) {
            if (mistake_add(&load->file->mistakes, DIAGNOSTIC_E407, value->key_span,
                            "the pattern has no metavariable '$%.*s'", STR_ARG(clipped(value->key))))
                mistake_help_near(&load->file->mistakes, value->key, load->rule.variables.items,
                                  load->rule.variables.count);
            good = false;
        } else if (value->kind != YAML_MAP) {
            mistake_add(&load->file->mistakes, DIAGNOSTIC_E404, value->span,
                        "expected a map, found %s", yaml_kind_name(value->kind));
            good = false;
        } else {
            good = read_constraint(load, rule, (uint32_t)variable, value) && good;
        }
    }
    return good;
}

// ---- replace -------------------------------------------------------------------------------------
// $NAME and $$$NAME as {NAME}.
static Str with_braces(Arena *arena, Str text) {
    StrBuf out = {0};
    for (size_t at = 0; at < text.length;) {
        size_t start = at;
        while (start < text.length && text.data[start] == '$') start++;
        size_t end = start;
        while (end < text.length && is_name_byte(text.data[end])) end++;
        if (start > at && end > start) {
            strbuf_addf(&out, "{%.*s}", STR_ARG(str_slice(text, start, end)));
            at = end;
        } else {
            strbuf_add_char(&out, text.data[at++]);
        }
    }
    Str copy = arena_copy(arena, strbuf_str(&out));
    strbuf_release(&out);
    return copy;
}

// The part of NODE's text that is WORD, where it stands in the file as it is.
static Span word_span(const PatternLoad *load, const YamlNode *node, Str word) {
    Str text = source_file(load->load->sources, node->span.file)->text;
    Str whole = str_slice(text, node->span.start, node->span.end);
    ptrdiff_t at = str_find_str(whole, word);
    if (at < 0) return node->span;
    uint32_t start = node->span.start + (uint32_t)at;
    return (Span){node->span.file, start, start + (uint32_t)word.length};
}

static bool check_hole(PatternLoad *load, const YamlNode *node, Str hole) {
    if (str_is(hole, "context") || pattern_variable_index(&load->rule, hole) >= 0) return true;
    if (mistake_add(&load->file->mistakes, DIAGNOSTIC_E407, word_span(load, node, hole),
                    "'%.*s' is no metavariable of the pattern", STR_ARG(clipped(hole)))) {
        StrList known = {0};
        for (uint32_t i = 0; i < load->rule.variables.count; i++)
            vec_add(&known, load->rule.variables.items[i]);
        vec_add(&known, STR("context"));
        mistake_help_near(&load->file->mistakes, hole, known.items, known.count);
        vec_release(&known);
    }
    return false;
}

// End of the quoted literal that starts at AT.
static size_t literal_end(Str text, size_t at) {
    size_t end = at + 1;
    while (end < text.length && text.data[end] != text.data[at])
        end += text.data[end] == '\\' ? 2 : 1;
    return end < text.length ? end + 1 : text.length;
}

// End of the dotted name that starts at AT; *DOTTED: it has several parts.
static size_t word_end(Str text, size_t at, bool *dotted) {
    size_t end = at;
    *dotted = false;
    for (; end < text.length; end++) {
        bool dot = text.data[end] == '.' && end + 1 < text.length &&
                   str_is_word_byte(text.data[end + 1]);
        if (!dot && !str_is_word_byte(text.data[end])) break;
        *dotted = *dotted || dot;
    }
    return end;
}

// Reads TEXT, with its holes in braces, into the pattern of what it writes: dotted names are imported
// and may be written in several ways, so they are metavariables.
static bool read_replacement(PatternLoad *load, const YamlNode *node, Str text, StrBuf *pattern) {
    bool has_head = false, has_context = false;
    for (size_t at = 0, end; at < text.length; at = end) {
        char c = text.data[at];
        bool dotted = false;
        end = at + 1;
        if (c == '"' || c == '\'') end = literal_end(text, at);
        if (str_is_word_byte(c)) end = word_end(text, at, &dotted);
        bool attribute = at > 0 && text.data[at - 1] == '.';
        if (dotted && !attribute && !(c >= '0' && c <= '9')) {
            strbuf_add_text(pattern, has_head ? "$_" : "$WEFT_HEAD");
            has_head = true;
        } else if (c == '{') {
            ptrdiff_t close = str_find(str_slice(text, at, text.length), '}');
            Str hole = close < 0 ? STR_NONE : str_slice(text, at + 1, at + (size_t)close);
            if (!check_hole(load, node, hole)) return false;
            end = at + hole.length + 2;
            bool context = str_is(hole, "context");
            has_context = has_context || context;
            strbuf_addf(pattern, "%s%.*s", is_in(&load->many, hole) ? "$$$" : "$",
                        STR_ARG(context ? STR("WEFT_CONTEXT") : hole));
        } else {
            strbuf_add(pattern, str_slice(text, at, end));
        }
    }
    if (has_context) return true;
    mistake_add(&load->file->mistakes, DIAGNOSTIC_E407, node->span,
                "'replace' must contain '{context}'");
    return false;
}

static bool read_replace(PatternLoad *load, SinkRule *rule, const YamlNode *node) {
    Arena *arena = &load->load->rules->arena;
    StrBuf pattern = {0};
    rule->replace = with_braces(arena, node->text);
    bool good = read_replacement(load, node, rule->replace, &pattern);
    Matcher *replaced = arena_alloc(arena, sizeof *replaced);
    *replaced = (Matcher){.kind = MATCHER_PATTERN,
                          .text = arena_copy(arena, strbuf_str(&pattern)),
                          .span = node->span,
                          .is_replacement = true};
    load->rule.replaced = replaced;
    strbuf_release(&pattern);
    return good;
}

// ---- the sink ------------------------------------------------------------------------------------
static bool name_variables(PatternLoad *load, const YamlNode *pattern) {
    if (load->names.count > PATTERN_VARIABLES_MAX) {
        mistake_add(&load->file->mistakes, DIAGNOSTIC_E407, pattern->span,
                    "more than %d metavariables", PATTERN_VARIABLES_MAX);
        return false;
    }
    for (uint32_t i = 0; i < load->names.count; i++)
        vec_add(&load->rule.variables, load->names.items[i]);
    return true;
}

// The first pattern in MATCHER, for messages.
static const Matcher *first_text(const Matcher *matcher) {
    while (matcher && matcher->text.length == 0) matcher = matcher->first;
    return matcher;
}

bool load_pattern(Load *load, RuleFile *file, const YamlNode *pattern, const YamlNode *where,
                  const YamlNode *replace, SinkRule *rule) {
    PatternLoad state = {.load = load, .file = file};
    state.rule.matcher = load_matcher(load, file, pattern, &state.names, &state.many);
    state.rule.is_expression = true;
    bool good = state.rule.matcher != NULL && name_variables(&state, pattern) &&
                read_where(&state, rule, where) &&
                (!replace || read_replace(&state, rule, replace));
    if (good) {
        const Matcher *shown = first_text(state.rule.matcher);
        rule->target = (RuleName){shown ? shown->text : STR_NONE, pattern->span};
        rule->pattern = load->rules->patterns.list.count;
        vec_add(&load->rules->patterns.list, state.rule);
    } else {
        vec_release(&state.rule.variables);
        vec_release(&state.rule.constraints);
    }
    vec_release(&state.names);
    vec_release(&state.many);
    return good;
}
