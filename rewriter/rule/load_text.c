// In: the `context:` of rules for a language whose types and values are texts: C. Out: what is threaded, and where.

#include "rule/load_internal.h"

bool load_has_texts(const Load *load) { return str_is(load->rules->language, "c"); }

void load_reject_text_key(RuleFile *file, const YamlNode *node) {
    if (!node) return;
    mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->key_span, "'%.*s' goes with 'language: c' only",
                STR_ARG(node->key));
}

void load_reject_other_keys(RuleFile *file) {
    const TopNodes *nodes = &file->nodes;
    const YamlNode *others[] = {nodes->singletons, nodes->matchers, nodes->parameters, nodes->forwarders,
                                nodes->process_wide, nodes->never_hold, nodes->shared_state};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (others[i])
            mistake_add(&file->mistakes, DIAGNOSTIC_E407, others[i]->key_span, "'%.*s' does not go with 'language: c'",
                        STR_ARG(others[i]->key));
}

// ---- the type ------------------------------------------------------------------------------------
// struct NAME *, NAME *, enum NAME, NAME, const too: the name.
static bool read_name(Str text, Str *name) {
    Str word;
    size_t end = text.length;
    while (end > 0 && (text.data[end - 1] == '*' || text.data[end - 1] == ' ')) end--;
    Str rest = str_slice(text, 0, end);
    while (str_split_next(&rest, ' ', &word))
        if (!str_is(word, "struct") && !str_is(word, "enum") && !str_is(word, "const") && word.length > 0) {
            *name = word;
            return rest.length == 0 && schema_is_identifier(word);
        }
    return false;
}

static void set_type(Load *load, RuleFile *file, const YamlNode *node) {
    Str name;
    if (!node) return;
    ptrdiff_t star = str_find(node->text, '*');
    if (star != str_find_last(node->text, '*') || !read_name(node->text, &name)) {
        if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span,
                        "'%.*s' is no type that a parameter can have", STR_ARG(clipped(node->text))))
            diagnostic_help(file->mistakes.diagnostics,
                            "write it as it stands in the code: \"struct repository *\", oid_t");
        return;
    }
    if (load_context_is_said(file, node->key)) return;
    ContextRule *context = &load->rules->context;
    context->type = load_text(load, node);
    context->by_value = star < 0;
    read_name(context->type, &context->class_name);
}

// ---- where it goes -------------------------------------------------------------------------------
static void set_hops(Load *load, RuleFile *file, const YamlNode *node) {
    bool digit = node->text.length == 1 && node->text.data[0] >= '0' && node->text.data[0] <= '9';
    if (digit)
        load->rules->context.hops = (uint32_t)(node->text.data[0] - '0');
    else
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'hops' takes a number from 0 to 9");
}

static void set_position(Load *load, RuleFile *file, const YamlNode *node) {
    ContextRule *context = &load->rules->context;
    Str after = STR("after ");
    if (str_starts_with(node->text, after)) {
        Str name = str_trim(str_slice(node->text, after.length, node->text.length));
        if (schema_is_identifier(name)) {
            context->after = arena_copy(&load->rules->arena, name);
            context->last = true;
            return;
        }
    }
    const Str positions[] = {STR("first"), STR("last"), STR("after NAME")};
    size_t position;
    if (!schema_choice(&file->mistakes, node, "position", positions, COUNT_OF(positions), &position)) return;
    context->after = STR_NONE;
    context->last = position == 1;
}

// ---- other names ---------------------------------------------------------------------------------
// "repo_{name}": what stands around makes a name of any name.
static void set_rename(Load *load, RuleFile *file, const YamlNode *node) {
    if (!load_placeholders(file, node, "{name}", 1)) return;
    Str hole = STR("{name}");
    ptrdiff_t at = str_find_str(node->text, hole);
    Str before = str_slice(node->text, 0, (size_t)at);
    Str behind = str_slice(node->text, (size_t)at + hole.length, node->text.length);
    bool other = before.length + behind.length > 0;
    bool good = other && (before.length == 0 || schema_is_identifier(before));
    for (size_t i = 0; i < behind.length; i++) good = good && str_is_word_byte(behind.data[i]);
    if (good)
        load->rules->context.rename = load_text(load, node);
    else if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' makes no other name of a name",
                         STR_ARG(clipped(node->text))))
        diagnostic_help(file->mistakes.diagnostics, "write \"repo_{name}\", or \"{name}_r\"");
}

typedef struct NeedNodes {
    const YamlNode *define, *include;
} NeedNodes;

static const Field need_fields[] = {
    {"define", FIELD_STRING, false, offsetof(NeedNodes, define)},
    {"include", FIELD_STRING, false, offsetof(NeedNodes, include)},
};

static void set_needs(Load *load, RuleFile *file, const YamlNode *map) {
    NeedNodes nodes = {0};
    schema_read(&file->mistakes, map, "'ambient_needs'", need_fields, COUNT_OF(need_fields), &nodes);
    if (nodes.define && schema_identifier(&file->mistakes, nodes.define))
        load->rules->context.ambient_define = load_text(load, nodes.define);
    if (!nodes.include) return;
    Str path = nodes.include->text;
    bool plain = path.length > 0 && str_find(path, '"') < 0 && str_find(path, '\n') < 0 && str_find(path, '\\') < 0;
    if (plain)
        load->rules->context.ambient_include = load_text(load, nodes.include);
    else
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, nodes.include->span,
                    "'include' takes what stands between the quotes of an #include");
}

void load_text_context(Load *load, RuleFile *file, const ContextNodes *nodes) {
    set_type(load, file, nodes->type);
    if (nodes->ambient && !load_context_is_said(file, nodes->ambient->key))
        load->rules->context.ambient = load_text(load, nodes->ambient);
    if (nodes->hops) set_hops(load, file, nodes->hops);
    if (nodes->position) set_position(load, file, nodes->position);
    if (nodes->rename) set_rename(load, file, nodes->rename);
    if (nodes->ambient_needs) set_needs(load, file, nodes->ambient_needs);
    for (const YamlNode *item = schema_first(nodes->within); item; item = schema_next(nodes->within, item))
        vec_add(&load->rules->context.within, load_text(load, item));
}
