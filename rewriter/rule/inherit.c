// In: the nodes of an inherited rule file, and the files that extend it. Out: its nodes as they count there.
//
//     remove: { sinks: [hippocampus], process_wide: ["src.old.**"], data: all }
//     rename: { src.isolation: src.tenancy }
//
// Names are removed as the inherited file writes them, then the rest is renamed.
#include "rule/inherit.h"

#include "rule/load_internal.h"

// ---- reading -------------------------------------------------------------------------------------
typedef struct RemoveNodes {
#define TOP_KEY(name, kind, required) const YamlNode *name;
#define PROJECT_KEY(name, kind)
#include "rule/top_keys.def"
} RemoveNodes;

// What says something of the file itself cannot be taken out of another one.
static bool is_removable(const char *key) {
    static const char *const own[] = {"version", "pack",   "language", "detect", "versions",
                                      "extends", "remove", "rename",   "tests",  "compile_databases"};
    for (size_t i = 0; i < COUNT_OF(own); i++)
        if (str_is(str_from(own[i]), key)) return false;
    return true;
}

static size_t removable_fields(Field *fields) {
    size_t count = 0;
#define TOP_KEY(name, kind, required)                                                              \
    if (is_removable(#name))                                                                       \
        fields[count++] = (Field){#name, FIELD_ONE_OR_MORE, false, offsetof(RemoveNodes, name)};
#define PROJECT_KEY(name, kind)
#include "rule/top_keys.def"
    return count;
}

static void read_removals(RuleFile *file, const YamlNode *map) {
    Field fields[sizeof(RemoveNodes) / sizeof(const YamlNode *)];
    RemoveNodes nodes = {0};
    size_t count = removable_fields(fields);
    schema_read(&file->mistakes, map, "'remove'", fields, count, &nodes);
    for (size_t i = 0; i < count; i++) {
        const YamlNode *names = *(const YamlNode **)((char *)&nodes + fields[i].offset);
        bool whole = names != NULL && names->kind != YAML_LIST && str_is(names->text, "all");
        for (const YamlNode *name = schema_first(names); name; name = schema_next(names, name))
            vec_add(&file->removals, ((Removal){str_from(fields[i].key), whole ? STR_NONE : name->text,
                                                name->span, false}));
    }
}

static void read_renames(Arena *arena, RuleFile *file, const YamlNode *map) {
    for (const YamlNode *value = map->first; value; value = value->next) {
        const YamlNode key = {.kind = YAML_STRING, .text = value->key, .span = value->key_span};
        if (value->kind != YAML_STRING) {
            mistake_add(&file->mistakes, DIAGNOSTIC_E404, value->span, "a new name must be a string, not %s",
                        yaml_kind_name(value->kind));
            continue;
        }
        if (!schema_dotted(&file->mistakes, &key, false) || !schema_dotted(&file->mistakes, value, false))
            continue;
        renames_add(&file->renames, (Rename){arena_copy(arena, value->key), arena_copy(arena, value->text),
                                             value->key_span, false});
    }
}

void inherit_read(Arena *arena, RuleFile *file) {
    const YamlNode *asks[] = {file->nodes.remove, file->nodes.rename};
    for (size_t i = 0; i < COUNT_OF(asks); i++) {
        if (asks[i] == NULL || file->nodes.extends || file->is_project) continue;
        mistake_add(&file->mistakes, DIAGNOSTIC_E406, asks[i]->key_span,
                    "'%.*s' is about what is inherited: the file lacks the key 'extends'",
                    STR_ARG(asks[i]->key));
    }
    if (file->nodes.remove) read_removals(file, file->nodes.remove);
    if (file->nodes.rename) read_renames(arena, file, file->nodes.rename);
}

// ---- taking out ----------------------------------------------------------------------------------
// What an entry may be called by, beside its text.
static bool is_identifying(Str key) {
    static const char *const keys[] = {
        "id",     "symbol", "call",    "construct",    "singleton", "function", "method", "overrides", "decorated_by",
        "target", "file",   "pattern", "attribute",    "path",      "class",    "name",   "model",     "table",
        "field",  "query",  "functions"};
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (str_is(key, keys[i])) return true;
    return false;
}

// What is taken out of one section.
typedef struct Section {
    Removals *removals;
    Interner *names;       // those without a star
    Vec(uint32_t) by_name; // by number: the index of a removal
    Vec(uint32_t) starred; // indices of the others
} Section;

static void add_to_section(Section *section, uint32_t index) {
    Removal *removal = &section->removals->items[index];
    if (str_find(removal->name, '*') >= 0) {
        vec_add(&section->starred, index);
        return;
    }
    uint32_t number = intern(section->names, removal->name).index;
    while (section->by_name.count <= number) vec_add(&section->by_name, index);
}

// Whether something called TEXT is taken out.
static bool takes_name(const Section *section, Str text) {
    Removal *removals = section->removals->items;
    uint32_t number = intern_find(section->names, text).index;
    bool taken = number > 0;
    if (taken) removals[section->by_name.items[number]].used = true;
    for (uint32_t i = 0; i < section->starred.count; i++) {
        Removal *removal = &removals[section->starred.items[i]];
        if (!str_equal(text, removal->name) && !rule_name_matches(removal->name, text)) continue;
        removal->used = taken = true;
    }
    return taken;
}

// Whether NODE, an entry of a list, is taken out. Of an entry for several things each can be taken out by itself.
static bool takes_entry(const Section *section, const YamlNode *node) {
    if (node->kind != YAML_MAP) return takes_name(section, node->text);
    bool taken = false;
    for (const YamlNode *value = node->first; value; value = value->next)
        if (is_identifying(value->key) && value->kind != YAML_LIST && takes_entry(section, value)) taken = true;
    return taken;
}

static bool is_removed(const Section *section, const YamlNode *node, bool in_map) {
    return in_map ? takes_name(section, node->key) : takes_entry(section, node);
}

// An entry whose list of names has come to nothing is about nothing.
static bool lost_names(const YamlNode *before, const YamlNode *after) {
    uint32_t had = 0, has = 0;
    for (const YamlNode *value = before->first; value; value = value->next) had += is_identifying(value->key);
    for (const YamlNode *value = after->first; value; value = value->next) has += is_identifying(value->key);
    return has < had;
}

// Whether entries that can be taken out stand in NODE, which is PARENT's: in the lists and maps of a section, and in
// the lists of names that an entry is about.
static bool has_entries(const YamlNode *parent, const YamlNode *node, int depth) {
    if (node->kind != YAML_LIST && node->kind != YAML_MAP) return false;
    if (depth == 0 || (depth == 1 && parent->kind == YAML_MAP)) return true;
    return parent->kind == YAML_LIST ? node->kind == YAML_MAP
                                     : is_identifying(node->key) && (node->kind == YAML_LIST || str_is(node->key, "query"));
}

// A copy without what is removed; NULL when nothing is left of it. Entries are nested three levels deep at most.
static const YamlNode *without(Arena *arena, const Section *section, const YamlNode *node, int depth) {
    YamlNode *copy = (YamlNode *)arena_alloc(arena, sizeof *copy);
    *copy = *node;
    copy->first = NULL;
    copy->count = 0;
    const YamlNode **end = &copy->first;
    for (const YamlNode *item = node->first; item; item = item->next) {
        bool is_key = node->kind == YAML_MAP;
        if ((depth < 2 || !is_key) && is_removed(section, item, is_key)) continue;
        const YamlNode *inner = item;
        if (has_entries(node, item, depth + 1)) inner = without(arena, section, item, depth + 1);
        if (inner == NULL) continue;
        YamlNode *kept = (YamlNode *)arena_alloc(arena, sizeof *kept);
        *kept = *inner;
        kept->next = NULL;
        *end = kept;
        end = &kept->next;
        copy->count++;
    }
    bool names_nothing = node->kind == YAML_MAP && depth > 0 && lost_names(node, copy);
    return (copy->count == 0 && node->count > 0) || names_nothing ? NULL : copy;
}

// NULL: the whole section is removed, or nothing is left of it.
static const YamlNode *take_out(Arena *arena, Removals *removals, const YamlNode *node) {
    Section section = {.removals = removals, .names = interner_new()};
    bool concerned = false, whole = false;
    for (uint32_t i = 0; i < removals->count && !whole; i++) {
        Removal *removal = &removals->items[i];
        if (!str_equal(removal->section, node->key)) continue;
        concerned = true;
        whole = removal->name.length == 0;
        if (whole)
            removal->used = true;
        else
            add_to_section(&section, i);
    }
    const YamlNode *left = whole ? NULL : concerned ? without(arena, &section, node, 0) : node;
    for (uint32_t i = 0; i < removals->count && !whole; i++) { // what is named twice is one thing
        Removal *removal = &removals->items[i];
        uint32_t number = str_equal(removal->section, node->key) ? intern_find(section.names, removal->name).index : 0;
        if (number > 0) removal->used = removals->items[section.by_name.items[number]].used;
    }
    interner_free(section.names);
    vec_release(&section.by_name);
    vec_release(&section.starred);
    return left;
}

// ---- other names ---------------------------------------------------------------------------------
typedef enum Naming {
    NAMING_NONE,  // no names of the program
    NAMING_NAMES, // dotted names, patterns of them, expressions
    NAMING_PATHS, // globs over paths
} Naming;

// What the texts under KEY are.
static Naming naming_of(Str key) {
    static const char *const none[] = {
        "id",       "family",   "families",       "local",      "name",         "parameter", "dimensions", "keyed_by",
        "folder",   "support",  "language",       "mode",       "hops",         "position",  "rename",     "origin",
        "into",     "keyword",  "methods",        "refuse_methods", "attributes", "given",   "wrap",       "uncertain",
        "regex",    "kind",     "selector",       "strictness", "version",      "pack",      "tests",      "complexity",
        "monitor",  "check",    "detect",         "versions",   "extends",      "remove",    "packs",      "table",
        "keys",     "from",     "set",            "unique",     "owners",       "orphans",   "usage",      "link",
        "routes",   "engine",   "database",       "others",     "commands",     "compile_databases"};
    static const char *const paths[] = {"exclude", "file", "within"};
    for (size_t i = 0; i < COUNT_OF(none); i++)
        if (str_is(key, none[i])) return NAMING_NONE;
    for (size_t i = 0; i < COUNT_OF(paths); i++)
        if (str_is(key, paths[i])) return NAMING_PATHS;
    return NAMING_NAMES;
}

// Recurses as deep as the file is nested, which is limited.
static const YamlNode *with_names(Arena *arena, Renames *renames, const YamlNode *node, Naming naming) {
    YamlNode *copy = (YamlNode *)arena_alloc(arena, sizeof *copy);
    *copy = *node;
    if (node->kind == YAML_STRING && naming == NAMING_PATHS) copy->text = rename_path(arena, renames, node->text);
    bool is_path = str_find(node->text, '/') >= 0; // of a sink: a place on disk
    if (node->kind == YAML_STRING && naming == NAMING_NAMES && !(is_path && str_is(node->key, "path")))
        copy->text = rename_text(arena, renames, node->text);
    const YamlNode **end = &copy->first;
    for (const YamlNode *item = node->first; item; item = item->next) {
        Naming inner = node->kind == YAML_MAP ? naming_of(item->key) : naming;
        *end = inner == NAMING_NONE ? item : with_names(arena, renames, item, inner);
        YamlNode *kept = (YamlNode *)arena_alloc(arena, sizeof *kept);
        *kept = **end;
        *end = kept;
        end = &kept->next;
    }
    return copy;
}

// ---- an inherited file ---------------------------------------------------------------------------
static const YamlNode **slot_of(RuleFile *file, const Field *field) {
    return (const YamlNode **)((char *)&file->nodes + field->offset);
}

void inherit_apply(Arena *arena, RuleFile *file) {
    size_t count;
    const Field *fields = load_top_fields(false, &count);
    for (uint32_t i = 0; i < file->over.count; i++) {
        RuleFile *over = file->over.items[i];
        for (size_t k = 0; k < count; k++) {
            const YamlNode **slot = slot_of(file, &fields[k]);
            Naming naming = naming_of(str_from(fields[k].key));
            if (*slot != NULL && over->removals.count > 0) *slot = take_out(arena, &over->removals, *slot);
            if (*slot != NULL && over->renames.list.count > 0 && naming != NAMING_NONE)
                *slot = with_names(arena, &over->renames, *slot, naming);
        }
    }
}

bool inherit_runtime_file(Arena *arena, const RuleFile *file, Str *path, Str *bytes) {
    for (uint32_t i = 0; i < file->over.count; i++) {
        RuleFile *over = file->over.items[i];
        for (uint32_t k = 0; k < over->removals.count; k++) {
            Removal *removal = &over->removals.items[k];
            if (!str_is(removal->section, "runtime") || !str_equal(removal->name, *path)) continue;
            removal->used = true;
            return false;
        }
        *path = rename_path(arena, &over->renames, *path);
    }
    if (str_ends_with(*path, STR(".py"))) *bytes = inherit_python(arena, file, *bytes);
    return true;
}

Str inherit_python(Arena *arena, const RuleFile *file, Str bytes) {
    for (uint32_t i = 0; i < file->over.count; i++)
        bytes = rename_python(arena, &file->over.items[i]->renames, bytes);
    return bytes;
}

// ---- what is not there ---------------------------------------------------------------------------
static void add_names(const YamlNode *node, StrList *names) {
    if (node->kind == YAML_STRING) vec_add(names, node->text);
    for (const YamlNode *value = node->first; value; value = value->next)
        if (node->kind == YAML_LIST || is_identifying(value->key)) add_names(value, names);
}

// What could have been removed from SECTION of the files below FILE.
static void add_known(const RuleFile *file, Str section, StrList *names) {
    size_t count;
    const Field *fields = load_top_fields(false, &count);
    for (uint32_t i = 0; i < file->below.count; i++)
        for (size_t k = 0; k < count; k++) {
            const YamlNode *node = *slot_of(file->below.items[i], &fields[k]);
            if (node == NULL || !str_is(section, fields[k].key)) continue;
            for (const YamlNode *item = node->first; item; item = item->next) {
                if (node->kind == YAML_MAP) vec_add(names, item->key);
                if (node->kind == YAML_LIST) add_names(item, names);
                for (const YamlNode *inner = item->first; node->kind == YAML_MAP && inner; inner = inner->next)
                    add_names(inner, names);
            }
        }
}

static void report_removal(RuleFile *file, const Removal *removal) {
    StrList names = {0};
    bool whole = removal->name.length == 0;
    bool added = whole ? mistake_add(&file->mistakes, DIAGNOSTIC_E417, removal->span,
                                     "what is inherited has no '%.*s'", STR_ARG(removal->section))
                       : mistake_add(&file->mistakes, DIAGNOSTIC_E417, removal->span,
                                     "'%.*s' of what is inherited has no '%.*s'", STR_ARG(removal->section),
                                     STR_ARG(clipped(removal->name)));
    add_known(file, removal->section, &names);
    Str near = near_name(removal->name, names.items, names.count);
    if (added && near.length > 0)
        diagnostic_help(file->mistakes.diagnostics, "did you mean '%.*s'?", STR_ARG(near));
    else if (added)
        diagnostic_help(file->mistakes.diagnostics, "`weft rules show` lists the rules that are inherited");
    vec_release(&names);
}

void inherit_report_unused(RuleFile *file) {
    for (uint32_t i = 0; i < file->removals.count; i++)
        if (!file->removals.items[i].used) report_removal(file, &file->removals.items[i]);
    for (uint32_t i = 0; i < file->renames.list.count; i++) {
        const Rename *rename = &file->renames.list.items[i];
        if (rename->used) continue;
        if (mistake_add(&file->mistakes, DIAGNOSTIC_E417, rename->span,
                        "no rule that is inherited names '%.*s' or what is in it", STR_ARG(clipped(rename->from))))
            diagnostic_help(file->mistakes.diagnostics, "`weft rules show` lists the rules that are inherited");
    }
}

void inherit_release(RuleFile *file) {
    vec_release(&file->removals);
    renames_release(&file->renames);
    vec_release(&file->over);
    vec_release(&file->below);
}
