// In: the `path` and `into` of a sink. Out: the place on disk and, once the runtime's package and the dimensions of
// the context are known, the text that stands in its place.
//
//     path: data/images                     a text: what begins so, wherever it is put together
//     into: data/{tenant_id}/images
//     path: app.paths.data_folder           a name: a constant, an attribute of a class, a function
//     into: "{path}/{tenant_id}"
#include "rule/load_internal.h"

// `./data/images/` and `data/images` are the same place.
static Str plain_path(Str text) {
    if (str_starts_with(text, STR("./"))) text = str_slice(text, 2, text.length);
    while (text.length > 1 && text.data[text.length - 1] == '/') text.length--;
    return text;
}

static bool is_good(RuleFile *file, const YamlNode *node) {
    for (size_t i = 0; i < node->text.length; i++) {
        char c = node->text.data[i];
        if (c != '"' && c != '\'' && c != '\\' && c != '\n') continue;
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, node->span, "'%.*s' takes a path with '/', without quotes",
                    STR_ARG(node->key));
        return false;
    }
    return true;
}

bool load_path(Load *load, RuleFile *file, const YamlNode *path, const YamlNode *into, SinkRule *rule) {
    if (load_has_texts(load)) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E407, path->key_span, "'path' does not go with 'language: c'");
        return false;
    }
    if (!is_good(file, path) || (into && !is_good(file, into))) return false;
    // A name has a dot, and no '/': `./state.json` is a file.
    rule->path_is_text = str_find(path->text, '/') >= 0 || str_find(path->text, '.') < 0;
    if (!rule->path_is_text && !schema_dotted(&file->mistakes, path, false)) return false;
    rule->target = load_name(load, path);
    rule->target.text = plain_path(rule->target.text);
    if (rule->local.length == 0) { // a path has no name of its own
        Str name = arena_copy(&load->rules->arena, rule->id);
        char *bytes = (char *)arena_alloc(&load->rules->arena, name.length + 1);
        for (size_t i = 0; i < name.length; i++) bytes[i] = name.data[i] == '-' ? '_' : name.data[i];
        rule->local = (Str){bytes, name.length};
    }
    if (into) rule->into = load_text(load, into);
    if (into) rule->into_span = into->span;
    return true;
}

// `{tenant}` is the first dimension, whatever it is called.
static Str by_dimensions(Load *load, Str into) {
    Str name = STR("{tenant}");
    ptrdiff_t at = str_find_str(into, name);
    if (at < 0) return into;
    Str first = load->rules->context.dimensions.items[0];
    return arena_format(&load->rules->arena, "%.*s{%.*s}%.*s", STR_ARG(str_slice(into, 0, (size_t)at)), STR_ARG(first),
                        STR_ARG(str_slice(into, (size_t)at + name.length, into.length)));
}

static bool is_dimension(const Rules *rules, Str hole) {
    for (uint32_t i = 0; i < rules->context.dimensions.count; i++)
        if (str_equal(hole, rules->context.dimensions.items[i])) return true;
    return false;
}

// Each hole is the path itself or a dimension, and some hole is the first one.
static bool has_tenant(const Rules *rules, Str into, Str *wrong) {
    bool tenant = false;
    for (size_t at = 0; at < into.length; at++) {
        if (into.data[at] != '{') continue;
        Str rest = str_slice(into, at + 1, into.length);
        ptrdiff_t end = str_find(rest, '}');
        *wrong = str_slice(rest, 0, end < 0 ? rest.length : (size_t)end);
        if (end < 0 || (!str_is(*wrong, "path") && !is_dimension(rules, *wrong))) return false;
        tenant = tenant || str_equal(*wrong, rules->context.dimensions.items[0]);
    }
    *wrong = STR_NONE;
    return tenant;
}

static void finish_path(Load *load, Mistakes *mistakes, SinkRule *rule) {
    Rules *rules = load->rules;
    Str wrong = STR_NONE;
    if (rules->context.dimensions.count == 0) {
        mistake_add(mistakes, DIAGNOSTIC_E406, rule->into_span, "a sink with 'path' needs 'dimensions' in 'context'");
        return;
    }
    if (rules->context.tenant_path.length == 0) {
        mistake_add(mistakes, DIAGNOSTIC_E406, rule->into_span,
                    "a sink with 'path' needs the standard runtime, or 'tenant_path' in 'context'");
        return;
    }
    rule->into = by_dimensions(load, rule->into);
    if (!has_tenant(rules, rule->into, &wrong)) {
        if (wrong.length > 0)
            mistake_add(mistakes, DIAGNOSTIC_E407, rule->into_span, "'{%.*s}' is no dimension of the context",
                        STR_ARG(clipped(wrong)));
        else
            mistake_add(mistakes, DIAGNOSTIC_E407, rule->into_span, "'into' must contain '{%.*s}'",
                        STR_ARG(rules->context.dimensions.items[0]));
        return;
    }
    Str below = rule->path_is_text
                    ? arena_format(&rules->arena, ", below=\"%.*s\"", STR_ARG(rule->target.text))
                    : STR_NONE;
    rule->replace = arena_format(&rules->arena, "%.*s({receiver}, \"%.*s\", {context}%.*s)",
                                 STR_ARG(rules->context.tenant_path), STR_ARG(rule->into), STR_ARG(below));
}

void load_paths_finish(Load *load, Mistakes *mistakes) {
    Rules *rules = load->rules;
    if (rules->context.tenant_path.length == 0 && rules->runtime_package.length > 0)
        rules->context.tenant_path =
            arena_format(&rules->arena, "%.*s.tenant_path", STR_ARG(rules->runtime_package));
    for (uint32_t i = 0; i < load->rules->sinks.count; i++)
        if (load->rules->sinks.items[i].kind == SINK_PATH) finish_path(load, mistakes, &load->rules->sinks.items[i]);
}
