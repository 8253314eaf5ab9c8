// In: the text of one rule file after the other. Out: Rules. Opening a file reports what is wrong
// with its form, applying it what is wrong with its rules, and finishing what is wrong with all of them
// together. Later packs add; weft.yml, which is applied last, also overrides.

#include "rule/load_internal.h"

#include "base/path.h"

// ---- the top level -------------------------------------------------------------------------------
static const Field top_fields[] = {
#define TOP_KEY(name, kind, required) {#name, kind, required, offsetof(TopNodes, name)},
#include "rule/top_keys.def"
};
enum {
    PROJECT_KEY_COUNT = 0
#define PROJECT_KEY(name, kind) +1
#include "rule/top_keys.def"
};

const Field *load_top_fields(bool weft_yml, size_t *count) {
    *count = COUNT_OF(top_fields) - (weft_yml ? 0 : PROJECT_KEY_COUNT);
    return top_fields;
}

static void check_version(RuleFile *file) {
    const YamlNode *version = file->nodes.version;
    if (!version || str_is(version->text, "1")) return;
    if (mistake_add(&file->mistakes, DIAGNOSTIC_E407, version->span, "version %.*s is not known",
                    STR_ARG(clipped(version->text)))) {
        diagnostic_help(file->mistakes.diagnostics, "this weft reads version 1");
    }
}

bool load_open(Load *load, Str text, RuleFile *file) {
    if (str_starts_with(text, STR("\xEF\xBB\xBF"))) text = str_slice(text, 3, text.length);
    file->file = sources_add_auxiliary(load->sources, file->path, text);
    file->mistakes = (Mistakes){.diagnostics = load->diagnostics};
    if (load->first_file.file.index == 0) load->first_file.file = file->file;

    const YamlNode *root = yaml_read(&load->rules->arena, file->file, text, &file->mistakes);
    if (!root) return false;
    size_t count;
    const Field *fields = load_top_fields(file->is_project, &count);
    schema_read(&file->mistakes, root, "a rule file", fields, count, &file->nodes);
    check_version(file);
    inherit_read(&load->rules->arena, file);
    return root->kind == YAML_MAP;
}

// ---- context -------------------------------------------------------------------------------------

#define CONTEXT(name, type)                                                                        \
    { #name, type, false, offsetof(ContextNodes, name) }

static const Field context_fields[] = {
    CONTEXT(parameter, FIELD_STRING),
    CONTEXT(type, FIELD_STRING),
    CONTEXT(dimensions, FIELD_STRINGS),
    CONTEXT(ambient, FIELD_STRING),
    CONTEXT(accessor_decorator, FIELD_STRING),
    CONTEXT(ambient_instance, FIELD_STRING),
    CONTEXT(cached_property, FIELD_STRING),
    CONTEXT(tenant_path, FIELD_STRING),
    CONTEXT(mode, FIELD_STRING),
    CONTEXT(within, FIELD_STRINGS),
    CONTEXT(hops, FIELD_INTEGER),
    CONTEXT(position, FIELD_STRING),
    CONTEXT(rename, FIELD_STRING),
    CONTEXT(ambient_needs, FIELD_MAP),
};

bool load_context_is_said(const RuleFile *file, Str key) {
    for (uint32_t i = 0; i < file->over.count; i++) {
        const YamlNode *own = file->over.items[i]->nodes.context;
        for (const YamlNode *value = own ? own->first : NULL; value; value = value->next)
            if (str_equal(value->key, key)) return true;
    }
    return false;
}

static bool may_set(const Load *load, const RuleFile *file, ContextPart part, bool same) {
    Span earlier = load->context_parts[part];
    return earlier.file.index == 0 || same || load_stands_over(load, file, earlier);
}

static void report_conflict(Load *load, RuleFile *file, const YamlNode *node, Span earlier) {
    if (!mistake_add(&file->mistakes, DIAGNOSTIC_E413, node->span,
                     "'%.*s' differs from that of an earlier pack", STR_ARG(node->key)))
        return;
    diagnostic_relate(load->diagnostics, earlier, "the earlier pack says it here");
    diagnostic_help(load->diagnostics,
                    "packs that are used together thread the same context: say in weft.yml which");
}

static void set_name(Load *load, RuleFile *file, const YamlNode *node, ContextPart part,
                     Str *target) {
    bool dotted = part != PART_PARAMETER;
    if (!node) return;
    bool good = dotted ? schema_dotted(&file->mistakes, node, false)
                       : schema_identifier(&file->mistakes, node);
    if (!good || load_context_is_said(file, node->key)) return;
    if (!may_set(load, file, part, str_equal(*target, node->text))) {
        report_conflict(load, file, node, load->context_parts[part]);
        return;
    }
    load->context_parts[part] = node->span;
    *target = load_text(load, node);
}

static bool same_dimensions(const ContextRule *context, const YamlNode *list) {
    if (context->dimensions.count != list->count) return false;
    uint32_t i = 0;
    for (const YamlNode *item = list->first; item; item = item->next) {
        if (!str_equal(context->dimensions.items[i++], item->text)) return false;
    }
    return true;
}

static void set_dimensions(Load *load, RuleFile *file, const YamlNode *list) {
    ContextRule *context = &load->rules->context;
    if (!list || load_context_is_said(file, list->key)) return;
    if (!may_set(load, file, PART_DIMENSIONS, same_dimensions(context, list))) {
        report_conflict(load, file, list, load->context_parts[PART_DIMENSIONS]);
        return;
    }
    load->context_parts[PART_DIMENSIONS] = list->span;
    vec_clear(&context->dimensions);
    for (const YamlNode *item = list->first; item; item = item->next) {
        if (!schema_identifier(&file->mistakes, item)) continue;
        vec_add(&context->dimensions, load_text(load, item));
    }
}

static void set_mode(Load *load, RuleFile *file, const YamlNode *node) {
    static const Mode modes[] = {MODE_HYBRID, MODE_REQUIRED, MODE_OPTIONAL};
    Str names[COUNT_OF(modes)];
    for (size_t i = 0; i < COUNT_OF(modes); i++) names[i] = str_from(mode_name(modes[i]));
    size_t index;
    if (!node || !schema_choice(&file->mistakes, node, "mode", names, COUNT_OF(modes), &index)) {
        return;
    }
    if (load_context_is_said(file, node->key)) return;
    Mode *mode = &load->rules->context.mode;
    if (!may_set(load, file, PART_MODE, *mode == modes[index])) {
        report_conflict(load, file, node, load->context_parts[PART_MODE]);
        return;
    }
    load->context_parts[PART_MODE] = node->span;
    *mode = modes[index];
}

static void apply_context(Load *load, RuleFile *file, const YamlNode *map) {
    ContextRule *context = &load->rules->context;
    ContextNodes nodes = {0};
    schema_read(&file->mistakes, map, "'context'", context_fields, COUNT_OF(context_fields),
                &nodes);
    if (context->span.file.index == 0) context->span = map->key_span;
    set_name(load, file, nodes.parameter, PART_PARAMETER, &context->parameter);
    if (load_has_texts(load)) {
        load_text_context(load, file, &nodes);
    } else {
        set_name(load, file, nodes.type, PART_TYPE, &context->type);
        set_name(load, file, nodes.ambient, PART_AMBIENT, &context->ambient);
        context->class_name = context->type;
        const YamlNode *texts[] = {nodes.within, nodes.hops, nodes.position, nodes.rename, nodes.ambient_needs};
        for (size_t i = 0; i < COUNT_OF(texts); i++) load_reject_text_key(file, texts[i]);
    }
    set_name(load, file, nodes.accessor_decorator, PART_ACCESSOR_DECORATOR,
             &context->accessor_decorator);
    set_name(load, file, nodes.ambient_instance, PART_AMBIENT_INSTANCE, &context->ambient_instance);
    set_name(load, file, nodes.cached_property, PART_CACHED_PROPERTY, &context->cached_property);
    set_name(load, file, nodes.tenant_path, PART_TENANT_PATH, &context->tenant_path);
    set_dimensions(load, file, nodes.dimensions);
    set_mode(load, file, nodes.mode);
}

// ---- small sections ------------------------------------------------------------------------------
typedef struct SingletonNodes {
    const YamlNode *find, *keyed_by, *family;
} SingletonNodes;

static const Field singleton_fields[] = {
    {"find", FIELD_BOOL, true, offsetof(SingletonNodes, find)},
    {"keyed_by", FIELD_STRINGS, false, offsetof(SingletonNodes, keyed_by)},
    {"family", FIELD_STRING, false, offsetof(SingletonNodes, family)},
};

static bool is_true(const YamlNode *node) {
    return node->text.data[0] == 't' || node->text.data[0] == 'T';
}

static bool same_strings(const Rules *rules, const YamlNode *list) {
    if (rules->singleton_dimensions.count != list->count) return false;
    uint32_t i = 0;
    for (const YamlNode *item = list->first; item; item = item->next)
        if (!str_equal(rules->singleton_dimensions.items[i++], item->text)) return false;
    return true;
}

// Two packs that find different singletons, unless weft.yml says which to find.
static bool singletons_conflict(Load *load, RuleFile *file, const YamlNode *map,
                                const SingletonNodes *nodes) {
    const Rules *rules = load->rules;
    Span earlier = load->singletons;
    if (earlier.file.index == 0) load->singletons = map->key_span;
    bool other = earlier.file.index != 0 && !load_stands_over(load, file, earlier);
    for (uint32_t i = 0; i < file->over.count; i++) other = other && !file->over.items[i]->nodes.singletons;
    if (!other || !nodes->find) return false;
    bool same = rules->find_singletons == is_true(nodes->find) &&
                (!nodes->keyed_by || same_strings(rules, nodes->keyed_by)) &&
                (!nodes->family || str_is(nodes->family->text,
                                          family_name(&rules->families, rules->singleton_family)));
    if (same) return false;
    if (mistake_add(&file->mistakes, DIAGNOSTIC_E413, map->key_span,
                    "'singletons' differs from that of an earlier pack")) {
        diagnostic_relate(load->diagnostics, earlier, "the earlier pack says it here");
        load_help_conflict(load, earlier, map->key_span);
    }
    return true;
}

static void apply_singletons(Load *load, RuleFile *file, const YamlNode *map) {
    Rules *rules = load->rules;
    SingletonNodes nodes = {0};
    schema_read(&file->mistakes, map, "'singletons'", singleton_fields, COUNT_OF(singleton_fields),
                &nodes);
    if (singletons_conflict(load, file, map, &nodes)) return;
    if (nodes.find) {
        rules->find_singletons = is_true(nodes.find);
        load->needs_accessors = load->needs_accessors || rules->find_singletons;
    }
    if (nodes.family) load_family(load, file, nodes.family, &rules->singleton_family);
    if (nodes.keyed_by) vec_clear(&rules->singleton_dimensions);
    const YamlNode *keys = nodes.keyed_by;
    for (const YamlNode *key = schema_first(keys); key; key = schema_next(keys, key)) {
        Str name = load_text(load, key);
        vec_add(&rules->singleton_dimensions, name);
        vec_add(&load->dimensions, ((Mention){name, key->span}));
    }
    if (rules->find_singletons && !keys && rules->singleton_dimensions.count == 0) {
        mistake_add(&file->mistakes, DIAGNOSTIC_E406, map->key_span,
                    "'singletons' lacks the key 'keyed_by'");
    }
}

// A pack that another one extends is a part of that.
static void add_pack_name(Load *load, const RuleFile *file) {
    Rules *rules = load->rules;
    Str name = path_basename(file->path);
    Str extension = path_extension(name);
    if (extension.length > 0 && !file->is_project) name = str_slice(name, 0, name.length - extension.length - 1);
    if (file->pack.length > 0) name = file->pack;
    if (file->nodes.pack) name = file->nodes.pack->text;
    name = arena_copy(&rules->arena, name);
    vec_add(&rules->files, ((RulePlace){file->file, name, arena_copy(&rules->arena, file->version)}));
    if (file->is_project || (file->over.count > 0 && !file->over.items[0]->is_project)) return;
    rules->pack = rules->pack.length == 0
                      ? name
                      : arena_format(&rules->arena, "%.*s, %.*s", STR_ARG(rules->pack), STR_ARG(name));
}

// ---- files into rules ----------------------------------------------------------------------------
void load_begin(Load *load) {
    rules_add_standard_forwarders(load->rules);
    load_default_complexity(load);
    load_default_check(load);
    load->rules->families.count = 1; // FAMILY_CONTEXT
}

static void set_language(Load *load, RuleFile *file, const YamlNode *node) {
    Rules *rules = load->rules;
    if (!node) return;
    if (rules->language.length > 0 && !str_equal(rules->language, node->text)) {
        if (mistake_add(&file->mistakes, DIAGNOSTIC_E413, node->span,
                        "'language' differs from that of an earlier rule file"))
            diagnostic_relate(load->diagnostics, rules->language_span, "the earlier file says it here");
        return;
    }
    rules->language = load_text(load, node);
    rules->language_span = node->span;
}

void load_announce(Load *load, RuleFile *project) {
    load->project = project;
    if (project->nodes.versions)
        mistake_add(&project->mistakes, DIAGNOSTIC_E402, project->nodes.versions->key_span,
                    "'versions' is a key of packs, not of weft.yml");
    set_language(load, project, project->nodes.language);
    load_note_overrides(project);
}

void load_apply(Load *load, RuleFile *file) {
    const TopNodes *nodes = &file->nodes;
    Rules *rules = load->rules;
    add_pack_name(load, file);
    set_language(load, file, nodes->language);
    const YamlNode *paths = nodes->compile_databases;
    for (const YamlNode *item = schema_first(paths); item; item = schema_next(paths, item))
        vec_add(&rules->compile_databases, load_text(load, item));
    if (nodes->context) apply_context(load, file, nodes->context);
    if (load_has_texts(load)) load_reject_other_keys(file);
    if (nodes->families) load_families(load, file, nodes->families);
    if (nodes->matchers) load_matchers(load, file, nodes->matchers);
    if (nodes->sinks) load_sinks(load, file, nodes->sinks);
    if (nodes->carriers) load_carriers(load, file, nodes->carriers);
    if (nodes->boundaries) load_boundaries(load, file, nodes->boundaries);
    if (nodes->parameters) load_parameters(load, file, nodes->parameters);
    if (nodes->thread) load_thread(load, file, nodes->thread);
    if (nodes->forwarders) load_forwarders(load, file, nodes->forwarders);
    if (nodes->retypes) load_retypes(load, file, nodes->retypes);
#define NAMES_KEY(name) load_names(load, file, nodes->name, true, &rules->name);
#include "rule/top_keys.def"
    if (nodes->singletons) apply_singletons(load, file, nodes->singletons);
    if (nodes->complexity) load_complexity(load, file, nodes->complexity);
    if (nodes->check) load_check(load, file, nodes->check);
    if (nodes->verify) load_verify(load, file, nodes->verify);
    if (nodes->data) load_data(load, file, nodes->data);
    if (nodes->api) load_api(load, file, nodes->api);
    if (nodes->monitor) load_monitor(load, file, nodes->monitor);
    const YamlNode *globs = nodes->exclude;
    for (const YamlNode *item = schema_first(globs); item; item = schema_next(globs, item)) {
        vec_add(&rules->exclude, load_text(load, item));
    }
}

static void demand(Mistakes *mistakes, Span span, Str value, const char *key) {
    if (value.length > 0) return;
    mistake_add(mistakes, DIAGNOSTIC_E406, span, "'context' lacks the key '%s'", key);
}

// An expression other than "{value}.PARAMETER" asks nothing of the class: what it makes has no origin but
// the one that is said.
static void finish_carriers(Mistakes *mistakes, Rules *rules, bool texts) {
    for (uint32_t i = 0; i < rules->carriers.count; i++) {
        CarrierRule *rule = &rules->carriers.items[i];
        Str kept = arena_format(&rules->arena, "{value}.%.*s", STR_ARG(rules->context.parameter));
        rule->makes = texts || !str_equal(rule->expression, kept);
        rule->waits = texts && str_equal(rule->expression, rules->context.ambient);
        if (texts) continue; // a structure has its fields, whoever fills them
        if (!rule->makes || rule->origin) continue;
        mistake_add(mistakes, DIAGNOSTIC_E406, rule->span,
                    "a carrier whose expression is not '%.*s' needs 'origin'", STR_ARG(kept));
    }
}

void load_finish(Load *load) {
    Mistakes mistakes = {.diagnostics = load->diagnostics};
    load_api_finish(load);
    const ContextRule *context = &load->rules->context;
    if (context->span.file.index == 0 && load->only_signatures) return;
    if (context->span.file.index == 0) {
        mistake_add(&mistakes, DIAGNOSTIC_E406, load->first_file, "no rule file has 'context'");
        return;
    }
    demand(&mistakes, context->span, context->parameter, "parameter");
    demand(&mistakes, context->span, context->type, "type");
    demand(&mistakes, context->span, context->ambient, "ambient");
    if (load->needs_accessors) {
        demand(&mistakes, context->span, context->accessor_decorator, "accessor_decorator");
        demand(&mistakes, context->span, context->ambient_instance, "ambient_instance");
    }
    for (uint32_t i = 0; i < load->dimensions.count; i++) {
        const YamlNode use = {.text = load->dimensions.items[i].text,
                              .span = load->dimensions.items[i].span};
        size_t index;
        schema_choice(&mistakes, &use, "dimension", context->dimensions.items,
                      context->dimensions.count, &index);
    }
    load_paths_finish(load, &mistakes);
    finish_carriers(&mistakes, load->rules, load_has_texts(load));
    load_finish_families(load);
    load_check_conflicts(load);
}

void load_release(Load *load) {
    load_release_ids(&load->sink_ids);
    load_release_ids(&load->boundary_ids);
    vec_release(&load->dimensions);
    for (uint32_t i = 0; i < load->files.count; i++) {
        load_release_overrides(load->files.items[i]);
        inherit_release(load->files.items[i]);
    }
    vec_release(&load->files);
}

bool rules_load_text(Sources *sources, Str path, Str text, Rules *rules, Diagnostics *diagnostics) {
    uint32_t errors = diagnostics->error_count;
    Load load = {.sources = sources, .rules = rules, .diagnostics = diagnostics};
    load_begin(&load);
    RuleFile file = {.path = path};
    if (load_open(&load, text, &file)) {
        load_apply(&load, &file);
        if (file.nodes.runtime) load_runtime(&load, &file, file.nodes.runtime);
        if (diagnostics->error_count == errors) load_finish(&load);
    }
    inherit_release(&file);
    load_release(&load);
    return diagnostics->error_count == errors;
}
