// In: nodes of a rule file. Out: strings and names in the rules' arena, and the checks that several
// sections share. Must never keep a string of the document, which does not outlive the loading.

#include "rule/load_internal.h"

#include "base/path.h"

Str load_text(Load *load, const YamlNode *node) {
    return node ? arena_copy(&load->rules->arena, node->text) : STR_NONE;
}

bool load_may_read(RuleFile *file, Str path, Span span) {
    Arena scratch = {0};
    Str folder;
    bool good = path_real(&scratch, file->folder, &folder) && path_stays_inside(folder, path);
    arena_release(&scratch);
    if (!good)
        mistake_add(&file->mistakes, DIAGNOSTIC_E400, span,
                    "'%.*s' is not read: it leads out of the pack, or nowhere", STR_ARG(clipped(path)));
    return good;
}

bool load_is_inside(Str path) {
    if (str_starts_with(path, STR("/"))) return false;
    Str part;
    while (str_split_next(&path, '/', &part)) {
        if (str_is(part, "..")) return false;
    }
    return true;
}

RuleName load_name(Load *load, const YamlNode *node) {
    return (RuleName){load_text(load, node), node->span};
}

void load_names(Load *load, RuleFile *file, const YamlNode *strings, bool glob, RuleNames *names) {
    for (const YamlNode *item = schema_first(strings); item; item = schema_next(strings, item)) {
        if (schema_dotted(&file->mistakes, item, glob)) vec_add(names, load_name(load, item));
    }
}

static bool add_family(Load *load, RuleFile *file, const YamlNode *node, Family *family) {
    if (!family_is_word(node->text, false)) {
        if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span,
                        "'%.*s' is no name of a family", STR_ARG(clipped(node->text))))
            diagnostic_help(file->mistakes.diagnostics,
                            "it is made of a-z, 0-9, '-' and '_', and has at most 64 of them");
        return false;
    }
    if (family_add(&load->rules->families, load_text(load, node), family)) return true;
    mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "there are more than %d families",
                FAMILY_MOST - 1);
    return false;
}

void load_families(Load *load, RuleFile *file, const YamlNode *list) {
    Family family;
    for (const YamlNode *item = schema_first(list); item; item = schema_next(list, item))
        add_family(load, file, item, &family);
}

bool load_family(Load *load, RuleFile *file, const YamlNode *node, Family *family) {
    const Families *known = &load->rules->families;
    if (family_find(known, node->text, family)) return true;
    if (!file->nodes.families) return add_family(load, file, node, family);
    size_t index; // the file lists its families: what is not among them is mistyped
    schema_choice(&file->mistakes, node, "family", known->names + 1, known->count - 1, &index);
    return false;
}

// Moves what is of family FROM to TO, and what comes behind FROM one up.
static Family renumber(Family family, Family from, Family to) {
    return family == from ? to : family > from ? family - 1 : family;
}

void load_finish_families(Load *load) {
    Rules *rules = load->rules;
    Families *families = &rules->families;
    Family own;
    bool named = family_find(families, rules->context.parameter, &own);
    families->names[FAMILY_CONTEXT] = rules->context.parameter;
    if (!named) return;
    for (uint32_t i = 0; i < rules->sinks.count; i++) {
        SinkRule *rule = &rules->sinks.items[i];
        rule->family = renumber(rule->family, own, FAMILY_CONTEXT);
    }
    rules->singleton_family = renumber(rules->singleton_family, own, FAMILY_CONTEXT);
    rules->complexity.weights[FAMILY_CONTEXT] = rules->complexity.weights[own];
    for (uint32_t i = own; i + 1 < families->count; i++) {
        families->names[i] = families->names[i + 1];
        rules->complexity.weights[i] = rules->complexity.weights[i + 1];
    }
    families->count--;
}

bool load_origin(RuleFile *file, const YamlNode *node, Origin *origin) {
    // The other two, import time and uncalled, are found and not declared.
    static const Origin origins[] = {ORIGIN_MESSAGE,    ORIGIN_HTTP,       ORIGIN_EVENT,
                                     ORIGIN_PUBLIC_API, ORIGIN_BACKGROUND, ORIGIN_START_UP,
                                     ORIGIN_COMMAND,    ORIGIN_TEST};
    Str names[COUNT_OF(origins)];
    for (size_t i = 0; i < COUNT_OF(origins); i++) names[i] = str_from(origin_name(origins[i]));
    size_t index;
    if (!schema_choice(&file->mistakes, node, "origin", names, COUNT_OF(origins), &index)) {
        return false;
    }
    *origin = origins[index];
    return true;
}

static void report_no_alternative(RuleFile *file, const YamlNode *map, const char *what,
                                  const char *const *keys, size_t count) {
    StrBuf list = {0};
    for (size_t i = 0; i < count; i++) {
        strbuf_addf(&list, "%s'%s'", i == 0 ? "" : i + 1 < count ? ", " : " and ", keys[i]);
    }
    Span span = map->first ? map->first->key_span : map->span;
    mistake_add(&file->mistakes, DIAGNOSTIC_E406, span, "%s lacks one of %.*s", what,
                STR_ARG(strbuf_str(&list)));
    strbuf_release(&list);
}

static bool is_given(const YamlNode *map, const char *key) {
    for (const YamlNode *value = map->first; value; value = value->next) {
        if (str_is(value->key, key)) return true;
    }
    return false;
}

bool load_alternative(RuleFile *file, const YamlNode *map, const char *what,
                      const char *const *keys, const YamlNode *const *nodes, size_t count,
                      size_t *index) {
    const YamlNode *found = NULL;
    bool given = false; // also with a wrong value, which was reported
    for (size_t i = 0; i < count; i++) {
        given = given || is_given(map, keys[i]);
        if (!nodes[i]) continue;
        if (found) {
            mistake_add(&file->mistakes, DIAGNOSTIC_E407, nodes[i]->key_span,
                        "'%s' and '%s' exclude each other", keys[*index], keys[i]);
            return false;
        }
        found = nodes[i];
        *index = i;
    }
    if (!given) report_no_alternative(file, map, what, keys, count);
    return found != NULL;
}

// Whether FOUND, a placeholder with its braces, is the allowed one.
static bool is_placeholder(Str found, Str allowed) {
    if (!str_ends_with(allowed, STR(":"))) return str_equal(found, allowed);
    return str_starts_with(found, allowed) && found.length > allowed.length + 1;
}

static void report_placeholder(RuleFile *file, const YamlNode *node, Str found, Str allowed) {
    bool takes_name = str_ends_with(allowed, STR(":"));
    if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' is not a placeholder",
                    STR_ARG(clipped(found)))) {
        diagnostic_help(file->mistakes.diagnostics, "'%.*s' can stand in '%.*s'",
                        STR_ARG(takes_name ? STR("{parameter:NAME}") : allowed),
                        STR_ARG(node->key));
    }
}

// The word of a list separated by spaces that begins at FROM.
static Str word_at(Str list, size_t from) {
    Str rest = str_slice(list, from, list.length);
    ptrdiff_t space = str_find(rest, ' ');
    return space < 0 ? rest : str_slice(rest, 0, (size_t)space);
}

// Index of the allowed placeholder that FOUND is, -1 for none.
static int find_placeholder(Str found, Str allowed) {
    int index = 0;
    for (size_t at = 0; at < allowed.length; at += word_at(allowed, at).length + 1, index++) {
        if (is_placeholder(found, word_at(allowed, at))) return index;
    }
    return -1;
}

bool load_placeholders(RuleFile *file, const YamlNode *node, const char *allowed,
                       uint32_t required) {
    Str text = node->text, names = str_from(allowed);
    uint32_t seen = 0;

    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '{' && text.data[i] != '}') continue;
        Str rest = str_slice(text, i, text.length);
        ptrdiff_t close = str_find(rest, '}');
        Str found = str_slice(rest, 0, close > 0 ? (size_t)close + 1 : 1);
        int index = find_placeholder(found, names);
        if (index < 0) {
            report_placeholder(file, node, found, names);
            return false;
        }
        seen |= 1u << index;
        i += (size_t)close;
    }
    uint32_t bit = 1;
    for (size_t at = 0; required-- > 0 && at < names.length; bit <<= 1) {
        Str name = word_at(names, at);
        at += name.length + 1;
        if (seen & bit) continue;
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' must contain '%.*s'",
                    STR_ARG(node->key), STR_ARG(name));
        return false;
    }
    return true;
}

static bool is_id(Str text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!good) return false;
    }
    return text.length > 0;
}

bool load_id(Load *load, RuleFile *file, const YamlNode *node, Ids *ids) {
    Str id = node->text;
    if (!is_id(id)) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span,
                    "the id '%.*s' must be made of a-z, 0-9, '-' and '_'", STR_ARG(clipped(id)));
        return false;
    }
    if (ids->names == NULL) ids->names = interner_new();
    uint32_t known = intern_find(ids->names, id).index;
    if (known > 0) {
        if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "the id '%.*s' is taken", STR_ARG(clipped(id))))
            diagnostic_relate(load->diagnostics, ids->mentions.items[known - 1].span, "it is the id of this one");
        return false;
    }
    intern(ids->names, id);
    vec_add(&ids->mentions, ((Mention){load_text(load, node), node->span}));
    return true;
}

void load_release_ids(Ids *ids) {
    interner_free(ids->names);
    vec_release(&ids->mentions);
}
