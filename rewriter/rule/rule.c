// In: nothing but the tables of rule.h. Out: the names of origins and modes, and the release of a set
// of rules.

#include "rule/rule.h"

const char *origin_name(Origin origin) {
    switch (origin) {
    case ORIGIN_MESSAGE: return "message";
    case ORIGIN_HTTP: return "http";
    case ORIGIN_EVENT: return "event";
    case ORIGIN_PUBLIC_API: return "public_api";
    case ORIGIN_BACKGROUND: return "background";
    case ORIGIN_START_UP: return "start_up";
    case ORIGIN_IMPORT_TIME: return "import_time";
    case ORIGIN_UNCALLED: return "uncalled";
    case ORIGIN_TEST: return "test";
    case ORIGIN_EACH_TENANT: return "each_tenant";
    case ORIGIN_COMMAND: return "command";
    }
    return "";
}

const char *mode_name(Mode mode) {
    switch (mode) {
    case MODE_HYBRID: return "hybrid";
    case MODE_REQUIRED: return "required";
    case MODE_OPTIONAL: return "optional";
    }
    return "";
}

void sink_rule_release(SinkRule *rule) {
    vec_release(&rule->keyed_by);
    vec_release(&rule->except_attributes);
    vec_release(&rule->only_attributes);
    vec_release(&rule->models);
    vec_release(&rule->methods);
    vec_release(&rule->refuse_methods);
    for (uint32_t i = 0; i < rule->calls.count; i++)
        vec_release(&rule->calls.items[i].targets);
    vec_release(&rule->calls);
    vec_release(&rule->refuse);
    for (uint32_t i = 0; i < rule->where.count; i++) vec_release(&rule->where.items[i].names);
    vec_release(&rule->where);
    vec_release(&rule->except_functions);
}

bool sink_rule_keeps_arguments(const SinkRule *rule) {
    return rule->kind == SINK_CALL && str_find_str(rule->replace, STR("{arguments}")) >= 0;
}

Str rules_pack_at(const Rules *rules, Span span) {
    for (uint32_t i = 0; i < rules->files.count; i++)
        if (rules->files.items[i].file.index == span.file.index) return rules->files.items[i].pack;
    return STR_NONE;
}

void rules_release(Rules *rules) {
    for (uint32_t i = 0; i < rules->sinks.count; i++)
        sink_rule_release(&rules->sinks.items[i]);
    pattern_rules_release(&rules->patterns);
    for (uint32_t i = 0; i < rules->boundaries.count; i++) {
        vec_release(&rules->boundaries.items[i].targets);
    }
    for (uint32_t i = 0; i < rules->commands.count; i++) {
        vec_release(&rules->commands.items[i].run);
    }
    vec_release(&rules->commands);
    vec_release(&rules->context.dimensions);
    vec_release(&rules->context.within);
    vec_release(&rules->compile_databases);
    vec_release(&rules->sinks);
    for (uint32_t i = 0; i < rules->carriers.count; i++) vec_release(&rules->carriers.items[i].functions);
    vec_release(&rules->carriers);
    vec_release(&rules->retypes);
    vec_release(&rules->boundaries);
    vec_release(&rules->forwarders);
    for (uint32_t i = 0; i < rules->parameters.count; i++) {
        vec_release(&rules->parameters.items[i].targets);
        vec_release(&rules->parameters.items[i].types);
    }
    vec_release(&rules->parameters);
    for (uint32_t i = 0; i < rules->thread.count; i++) signature_request_release(&rules->thread.items[i].request);
    vec_release(&rules->thread);
#define NAMES_KEY(name) vec_release(&rules->name);
#include "rule/top_keys.def"
    vec_release(&rules->singleton_dimensions);
    vec_release(&rules->runtime);
    vec_release(&rules->files);
    vec_release(&rules->api.routes);
    vec_release(&rules->alerts);
    vec_release(&rules->exclude);
    vec_release(&rules->runtime_places);
    arena_release(&rules->arena);
    *rules = (Rules){0};
}
