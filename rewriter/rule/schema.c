// In: a map of a rule file and a table of its fields. Out: the values by field, or diagnostics that
// say what was expected where. Knows the shape of values only, not what a rule means.

#include "rule/schema.h"

static const char *expected(FieldType type) {
    switch (type) {
    case FIELD_STRING: return "a string";
    case FIELD_STRINGS: return "a list of strings";
    case FIELD_ONE_OR_MORE: return "a string or a list of strings";
    case FIELD_BOOL: return "true or false";
    case FIELD_INTEGER: return "a whole number";
    case FIELD_NUMBER: return "a number";
    case FIELD_LIST: return "a list";
    case FIELD_MAP: return "a map";
    case FIELD_ANY: break;
    }
    return "a value";
}

// ---- types ---------------------------------------------------------------------------------------
static Span value_span(const YamlNode *value) {
    return value->kind == YAML_NULL && value->text.length == 0 ? value->key_span : value->span;
}

static void report_type(Mistakes *mistakes, const YamlNode *value, Str key, FieldType type) {
    if (!mistake_add(mistakes, DIAGNOSTIC_E404, value_span(value), "'%.*s' must be %s, not %s",
                     STR_ARG(key), expected(type), yaml_kind_name(value->kind)))
        return;
    bool wants_text = type == FIELD_STRING || type == FIELD_STRINGS || type == FIELD_ONE_OR_MORE;
    if (type == FIELD_STRINGS && value->kind == YAML_STRING) {
        diagnostic_help(mistakes->diagnostics, "write it as a list: [%.*s]",
                        STR_ARG(clipped(value->text)));
    } else if (wants_text && value->kind != YAML_LIST && value->kind != YAML_MAP &&
               value->kind != YAML_NULL) {
        diagnostic_help(mistakes->diagnostics, "put quotes around it");
    } else if (type == FIELD_STRINGS && value->kind == YAML_NULL) {
        diagnostic_help(mistakes->diagnostics, "an empty list is written []");
    }
}

static bool check_string(Mistakes *mistakes, const YamlNode *value, Str key, FieldType type) {
    if (value->kind == YAML_BROKEN) return false;
    if (value->kind != YAML_STRING) {
        report_type(mistakes, value, key, type);
        return false;
    }
    if (value->text.length == 0) {
        mistake_add(mistakes, DIAGNOSTIC_E407, value->span, "'%.*s' must not be empty",
                    STR_ARG(key));
        return false;
    }
    for (size_t i = 0; i < value->text.length; i++) {
        unsigned char c = (unsigned char)value->text.data[i];
        if (c >= 0x20 && c != 0x7F) continue;
        mistake_add(mistakes, DIAGNOSTIC_E407, value->span,
                    "'%.*s' must be one line without control characters", STR_ARG(key));
        return false;
    }
    return true;
}

static bool check_strings(Mistakes *mistakes, const YamlNode *list, Str key, FieldType type) {
    bool good = true;
    for (const YamlNode *item = list->first; item; item = item->next) {
        good = check_string(mistakes, item, key, type) && good;
    }
    return good;
}

static bool check_kind(Mistakes *mistakes, const YamlNode *value, const Field *field,
                       YamlKind kind) {
    if (value->kind == kind) return true;
    report_type(mistakes, value, str_from(field->key), field->type);
    return false;
}

static bool check_value(Mistakes *mistakes, const YamlNode *value, const Field *field) {
    Str key = str_from(field->key);
    if (value->kind == YAML_BROKEN) return false;
    switch (field->type) {
    case FIELD_STRING: return check_string(mistakes, value, key, field->type);
    case FIELD_ONE_OR_MORE:
        if (value->kind != YAML_LIST) return check_string(mistakes, value, key, field->type);
        if (value->count > 0) return check_strings(mistakes, value, key, field->type);
        mistake_add(mistakes, DIAGNOSTIC_E407, value->span, "'%s' must not be empty", field->key);
        return false;
    case FIELD_STRINGS:
        return check_kind(mistakes, value, field, YAML_LIST) &&
               check_strings(mistakes, value, key, field->type);
    case FIELD_BOOL: return check_kind(mistakes, value, field, YAML_BOOL);
    case FIELD_INTEGER: return check_kind(mistakes, value, field, YAML_INTEGER);
    case FIELD_NUMBER:
        return value->kind == YAML_FLOAT || check_kind(mistakes, value, field, YAML_INTEGER);
    case FIELD_LIST: return check_kind(mistakes, value, field, YAML_LIST);
    case FIELD_MAP: return check_kind(mistakes, value, field, YAML_MAP);
    case FIELD_ANY: return true;
    }
    return false;
}

// ---- maps ----------------------------------------------------------------------------------------
static void report_unknown(Mistakes *mistakes, const YamlNode *value, const Field *fields,
                           size_t count) {
    if (!mistake_add(mistakes, DIAGNOSTIC_E402, value->key_span, "unknown key '%.*s'",
                     STR_ARG(clipped(value->key))))
        return;
    Vec(Str) known = {0};
    for (size_t i = 0; i < count; i++) vec_add(&known, str_from(fields[i].key));
    mistake_help_near(mistakes, value->key, known.items, known.count);
    vec_release(&known);
}

static const Field *find_field(const Field *fields, size_t count, Str key) {
    for (size_t i = 0; i < count; i++) {
        if (str_is(key, fields[i].key)) return &fields[i];
    }
    return NULL;
}

static const YamlNode **place_of(void *nodes, const Field *field) {
    return (const YamlNode **)(void *)((char *)nodes + field->offset);
}

static bool has_key(const YamlNode *map, const char *key) {
    for (const YamlNode *value = map->first; value; value = value->next) {
        if (str_is(value->key, key)) return true;
    }
    return false;
}

// Where to point for what is not there: the first key, or the braces of an empty map.
static Span map_span(const YamlNode *map) { return map->first ? map->first->key_span : map->span; }

bool schema_read(Mistakes *mistakes, const YamlNode *map, const char *what, const Field *fields,
                 size_t count, void *nodes) {
    if (map->kind == YAML_BROKEN) return false;
    if (map->kind != YAML_MAP) {
        mistake_add(mistakes, DIAGNOSTIC_E404, map->span, "%s must be a map, not %s", what,
                    yaml_kind_name(map->kind));
        return false;
    }
    bool good = true;
    for (const YamlNode *value = map->first; value; value = value->next) {
        const Field *field = find_field(fields, count, value->key);
        if (!field) {
            report_unknown(mistakes, value, fields, count);
            good = false;
        } else if (check_value(mistakes, value, field)) {
            *place_of(nodes, field) = value;
        } else {
            good = false;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!fields[i].required || has_key(map, fields[i].key)) continue;
        mistake_add(mistakes, DIAGNOSTIC_E406, map_span(map), "%s lacks the key '%s'", what,
                    fields[i].key);
        good = false;
    }
    return good;
}

// ---- values --------------------------------------------------------------------------------------
const YamlNode *schema_first(const YamlNode *strings) {
    if (!strings) return NULL;
    return strings->kind == YAML_LIST ? strings->first : strings;
}

const YamlNode *schema_next(const YamlNode *strings, const YamlNode *item) {
    return strings->kind == YAML_LIST ? item->next : NULL;
}

bool schema_choice(Mistakes *mistakes, const YamlNode *node, const char *what, const Str *names,
                   size_t count, size_t *index) {
    for (size_t i = 0; i < count; i++) {
        if (!str_equal(node->text, names[i])) continue;
        *index = i;
        return true;
    }
    if (mistake_add(mistakes, DIAGNOSTIC_E407, node->span, "unknown %s '%.*s'", what,
                    STR_ARG(clipped(node->text)))) {
        mistake_help_near(mistakes, node->text, names, count);
    }
    return false;
}

// Python identifiers may hold any letter; bytes over 0x7F are taken for letters.
static bool is_name_byte(char c, bool first) {
    unsigned char byte = (unsigned char)c;
    bool digit = byte >= '0' && byte <= '9';
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
           byte >= 0x80 || (digit && !first);
}

static bool is_part(Str part, bool glob) {
    for (size_t i = 0; i < part.length; i++) {
        if (glob && part.data[i] == '*') continue;
        if (!is_name_byte(part.data[i], i == 0)) return false;
    }
    return part.length > 0;
}

bool schema_qualified(Mistakes *mistakes, const YamlNode *node) {
    Str rest = node->text, part;
    bool good = !str_ends_with(rest, STR(".")), name = false;
    while (good && str_split_next(&rest, '.', &part)) {
        good = is_part(part, false) || (name && str_is(part, "<locals>"));
        name = is_part(part, false);
    }
    if (good && name) return true;
    mistake_add(mistakes, DIAGNOSTIC_E407, node->span,
                "'%.*s' is not the qualified name of a function", STR_ARG(clipped(node->text)));
    return false;
}

bool schema_dotted(Mistakes *mistakes, const YamlNode *node, bool glob) {
    Str rest = node->text;
    Str part;
    bool good = !str_ends_with(rest, STR("."));
    while (good && str_split_next(&rest, '.', &part)) good = is_part(part, glob);
    if (good) return true;
    if (mistake_add(mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' is not a dotted name%s",
                    STR_ARG(clipped(node->text)), glob ? " or a pattern of one" : "") &&
        str_find(node->text, '/') >= 0)
        diagnostic_help(mistakes->diagnostics,
                        "write a module as Python imports it: 'app.config' is app/config.py");
    return false;
}

bool schema_is_identifier(Str text) { return is_part(text, false); }

bool schema_identifier(Mistakes *mistakes, const YamlNode *node) {
    if (schema_is_identifier(node->text)) return true;
    mistake_add(mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' is not an identifier",
                STR_ARG(clipped(node->text)));
    return false;
}
