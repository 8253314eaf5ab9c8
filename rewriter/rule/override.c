// In: an entry of a rule file, and the files over it: weft.yml, which is read before the packs and applied after them,
// and what extends the file. Out: whether one of them speaks of the same thing, so that the entry does not count.
#include "rule/load_internal.h"

typedef struct Words {
    const char *const *keys;
    size_t count;
} Words;

// What identifies an entry, beside its id. Any of these keys may name what another one names.
static const char *const sink_keys[] = {"symbol",    "call",     "construct",
                                        "singleton", "function", "attribute", "path"};
static const char *const boundary_keys[] = {"function", "method", "overrides", "decorated_by",
                                            "file"};
static const char *const carrier_keys[] = {"class"};
static const char *const forwarder_keys[] = {"target"};

static bool is_word(const Words *words, Str key) {
    for (size_t i = 0; i < words->count; i++)
        if (str_is(key, words->keys[i])) return true;
    return false;
}

static const Words words[ENTRY_COUNT] = {
    [ENTRY_SINK] = {sink_keys, COUNT_OF(sink_keys)},
    [ENTRY_BOUNDARY] = {boundary_keys, COUNT_OF(boundary_keys)},
    [ENTRY_CARRIER] = {carrier_keys, COUNT_OF(carrier_keys)},
    [ENTRY_FORWARDER] = {forwarder_keys, COUNT_OF(forwarder_keys)},
};

// ---- what weft.yml says --------------------------------------------------------------------------
static void add_entries(Overrides *own, EntryKind kind, const YamlNode *list) {
    for (const YamlNode *item = list ? list->first : NULL; item; item = item->next) {
        if (item->kind != YAML_MAP) continue;
        for (const YamlNode *value = item->first; value; value = value->next) {
            if (value->kind == YAML_STRING && str_is(value->key, "id")) vec_add(&own->ids[kind], value->text);
            if (!is_word(&words[kind], value->key)) continue;
            for (const YamlNode *name = schema_first(value); name; name = schema_next(value, name))
                if (name->kind == YAML_STRING) vec_add(&own->targets[kind], name->text);
        }
    }
}

static int compare_texts(const void *left, const void *right) {
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static void sort(StrList *texts) {
    if (texts->count > 0) qsort(texts->items, texts->count, sizeof *texts->items, compare_texts);
}

static bool has(const StrList *texts, Str text) {
    return texts->count > 0 &&
           bsearch(&text, texts->items, texts->count, sizeof *texts->items, compare_texts) != NULL;
}

void load_note_overrides(RuleFile *file) {
    const TopNodes *nodes = &file->nodes;
    Overrides *own = &file->own;
    add_entries(own, ENTRY_SINK, nodes->sinks);
    add_entries(own, ENTRY_BOUNDARY, nodes->boundaries);
    add_entries(own, ENTRY_CARRIER, nodes->carriers);
    add_entries(own, ENTRY_FORWARDER, nodes->forwarders);
    // A singleton that stays one per process is no sink of a pack.
    const YamlNode *kept = nodes->process_wide;
    for (const YamlNode *name = schema_first(kept); name; name = schema_next(kept, name))
        if (name->kind == YAML_STRING) vec_add(&own->targets[ENTRY_SINK], name->text);
    for (int kind = 0; kind < ENTRY_COUNT; kind++) {
        sort(&own->ids[kind]);
        sort(&own->targets[kind]);
    }
}

void load_release_overrides(RuleFile *file) {
    for (int kind = 0; kind < ENTRY_COUNT; kind++) {
        vec_release(&file->own.ids[kind]);
        vec_release(&file->own.targets[kind]);
    }
}

// ---- what files below say ------------------------------------------------------------------------
static bool overrides_all(const Overrides *own, EntryKind kind, const YamlNode *names) {
    bool any = false;
    for (const YamlNode *name = schema_first(names); name; name = schema_next(names, name)) {
        if (name->kind != YAML_STRING || !has(&own->targets[kind], name->text)) return false;
        any = true;
    }
    return any;
}

static bool overrides(const Overrides *own, EntryKind kind, const YamlNode *entry) {
    for (const YamlNode *value = entry->first; value; value = value->next) {
        bool named = value->kind == YAML_STRING && str_is(value->key, "id");
        if (named && has(&own->ids[kind], value->text)) return true;
        if (is_word(&words[kind], value->key) && overrides_all(own, kind, value)) return true;
    }
    return false;
}

bool load_is_overridden_name(const RuleFile *file, EntryKind kind, Str name) {
    for (uint32_t i = 0; i < file->over.count; i++)
        if (has(&file->over.items[i]->own.targets[kind], name)) return true;
    return false;
}

bool load_is_overridden(const RuleFile *file, EntryKind kind, const YamlNode *entry) {
    if (entry->kind != YAML_MAP) return false;
    for (uint32_t i = 0; i < file->over.count; i++)
        if (overrides(&file->over.items[i]->own, kind, entry)) return true;
    return false;
}

bool load_is_overridden_matcher(const RuleFile *file, Str name) {
    for (uint32_t i = 0; i < file->over.count; i++) {
        const YamlNode *own = file->over.items[i]->nodes.matchers;
        for (const YamlNode *value = own ? own->first : NULL; value; value = value->next)
            if (str_equal(value->key, name)) return true;
    }
    return false;
}

bool load_stands_over(const Load *load, const RuleFile *file, Span earlier) {
    if (file->is_project) return true;
    for (uint32_t i = 0; i < load->files.count; i++) {
        const RuleFile *other = load->files.items[i];
        if (other->file.index != earlier.file.index) continue;
        for (uint32_t k = 0; k < other->over.count; k++)
            if (other->over.items[k] == file) return true;
    }
    return false;
}
