// In: an entry of a pack, and weft.yml, which is read before the packs and applied after them. Out:
// whether weft.yml speaks of the same thing, so that the pack's entry does not count.
#include "rule/load_internal.h"

typedef struct Words {
    const char *const *keys;
    size_t count;
} Words;

// What identifies an entry, beside its id. Any of these keys may name what another one names.
static const char *const sink_keys[] = {"symbol",    "call",     "construct",
                                        "singleton", "function", "attribute"};
static const char *const boundary_keys[] = {"function", "method", "overrides", "decorated_by",
                                            "file"};
static const char *const carrier_keys[] = {"class"};
static const char *const forwarder_keys[] = {"target"};

static bool is_word(const Words *words, Str key) {
    for (size_t i = 0; i < words->count; i++)
        if (str_is(key, words->keys[i])) return true;
    return false;
}

static bool is_same_text(const YamlNode *a, const YamlNode *b) {
    return a->kind == YAML_STRING && b->kind == YAML_STRING && str_equal(a->text, b->text);
}

// Does OWN, an entry of weft.yml, have the id of ENTRY or its target?
static bool stands_for(const YamlNode *own, const YamlNode *entry, const Words *words) {
    if (own->kind != YAML_MAP) return false;
    for (const YamlNode *value = entry->first; value; value = value->next) {
        bool id = str_is(value->key, "id"), target = is_word(words, value->key);
        if (!id && !target) continue;
        for (const YamlNode *mine = own->first; mine; mine = mine->next)
            if (is_same_text(mine, value) &&
                (id ? str_is(mine->key, "id") : is_word(words, mine->key)))
                return true;
    }
    return false;
}

// A singleton that weft.yml keeps one per process is no sink of a pack.
static bool is_kept(const YamlNode *names, const YamlNode *entry, const Words *words) {
    for (const YamlNode *name = schema_first(names); name; name = schema_next(names, name))
        for (const YamlNode *value = entry->first; value; value = value->next)
            if (is_word(words, value->key) && is_same_text(name, value)) return true;
    return false;
}

bool load_is_overridden(const Load *load, const RuleFile *file, EntryKind kind,
                        const YamlNode *entry) {
    if (!load->project || file->is_project || entry->kind != YAML_MAP) return false;
    const TopNodes *own = &load->project->nodes;
    const YamlNode *const lists[] = {[ENTRY_SINK] = own->sinks,
                                     [ENTRY_BOUNDARY] = own->boundaries,
                                     [ENTRY_CARRIER] = own->carriers,
                                     [ENTRY_FORWARDER] = own->forwarders};
    static const Words words[] = {[ENTRY_SINK] = {sink_keys, COUNT_OF(sink_keys)},
                                  [ENTRY_BOUNDARY] = {boundary_keys, COUNT_OF(boundary_keys)},
                                  [ENTRY_CARRIER] = {carrier_keys, COUNT_OF(carrier_keys)},
                                  [ENTRY_FORWARDER] = {forwarder_keys, COUNT_OF(forwarder_keys)}};
    if (kind == ENTRY_SINK && is_kept(own->process_wide, entry, &words[kind])) return true;
    for (const YamlNode *item = lists[kind] ? lists[kind]->first : NULL; item; item = item->next)
        if (stands_for(item, entry, &words[kind])) return true;
    return false;
}

bool load_is_overridden_matcher(const Load *load, const RuleFile *file, Str name) {
    const YamlNode *own = load->project && !file->is_project ? load->project->nodes.matchers : NULL;
    for (const YamlNode *value = own ? own->first : NULL; value; value = value->next)
        if (str_equal(value->key, name)) return true;
    return false;
}
