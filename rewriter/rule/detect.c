// In: `detect:` and `versions:` of packs, and the files of a tree, of which nothing is parsed yet. Out: whether the
// tree has them. A name is there when its module has a line that begins with it: `class ChatBot`, `def main`,
// `global_config =`.
#include "rule/detect.h"

#include "base/path.h"
#include "rule/load_internal.h"
#include "rule/pack_file.h"

// ---- reading -------------------------------------------------------------------------------------
typedef struct DetectNodes {
    const YamlNode *modules, *files, *names;
} DetectNodes;

static void add_all(const YamlNode *list, ClueKind kind, Mistakes *mistakes, Detection *detection) {
    for (const YamlNode *item = schema_first(list); item; item = schema_next(list, item)) {
        bool good = kind == CLUE_FILE ? load_is_inside(item->text) : schema_dotted(mistakes, item, false);
        if (kind == CLUE_FILE && !good)
            mistake_add(mistakes, DIAGNOSTIC_E407, item->span, "'%.*s' is no path inside a tree",
                        STR_ARG(clipped(item->text)));
        if (kind == CLUE_NAME && good && str_find(item->text, '.') < 0) {
            good = false;
            mistake_add(mistakes, DIAGNOSTIC_E407, item->span, "'%.*s' lacks its module", STR_ARG(clipped(item->text)));
        }
        if (good) vec_add(detection, ((Clue){kind, item->text}));
    }
}

void detection_read(const YamlNode *map, Mistakes *mistakes, Detection *detection) {
    static const Field fields[] = {
        {"modules", FIELD_STRINGS, false, offsetof(DetectNodes, modules)},
        {"files", FIELD_STRINGS, false, offsetof(DetectNodes, files)},
        {"names", FIELD_STRINGS, false, offsetof(DetectNodes, names)},
    };
    DetectNodes nodes = {0};
    bool good = schema_read(mistakes, map, "'detect'", fields, COUNT_OF(fields), &nodes);
    if (good && !nodes.modules && !nodes.files && !nodes.names)
        mistake_add(mistakes, DIAGNOSTIC_E406, map->span, "'detect' needs 'modules', 'files' or 'names'");
    add_all(nodes.modules, CLUE_MODULE, mistakes, detection);
    add_all(nodes.files, CLUE_FILE, mistakes, detection);
    add_all(nodes.names, CLUE_NAME, mistakes, detection);
}

typedef struct VersionNodes {
    const YamlNode *name, *detect, *rules;
} VersionNodes;

void pack_versions_read(const YamlNode *list, Mistakes *mistakes, PackVersions *versions) {
    static const Field fields[] = {
        {"name", FIELD_STRING, true, offsetof(VersionNodes, name)},
        {"detect", FIELD_MAP, true, offsetof(VersionNodes, detect)},
        {"rules", FIELD_STRING, false, offsetof(VersionNodes, rules)},
    };
    for (const YamlNode *item = list->kind == YAML_LIST ? list->first : NULL; item; item = item->next) {
        VersionNodes nodes = {0};
        if (!schema_read(mistakes, item, "a version", fields, COUNT_OF(fields), &nodes)) continue;
        PackVersion version = {.name = nodes.name->text, .span = nodes.name->span};
        if (nodes.rules) version.rules = nodes.rules->text;
        if (nodes.rules && (!load_is_inside(version.rules) || !str_ends_with(version.rules, STR(".yml")))) {
            mistake_add(mistakes, DIAGNOSTIC_E407, nodes.rules->span, "'rules' must be a .yml file inside the pack");
            continue;
        }
        detection_read(nodes.detect, mistakes, &version.detection);
        vec_add(versions, version);
    }
}

void pack_versions_release(PackVersions *versions) {
    for (uint32_t i = 0; i < versions->count; i++) vec_release(&versions->items[i].detection);
    vec_release(versions);
}

// ---- the tree ------------------------------------------------------------------------------------
static bool find_module(const DetectedTree *tree, Str module, Str *file) {
    char *bytes = (char *)arena_alloc(tree->arena, module.length + 1);
    for (size_t i = 0; i < module.length; i++) bytes[i] = module.data[i] == '.' ? '/' : module.data[i];
    Str path = {bytes, module.length};
    *file = arena_format(tree->arena, "%.*s.py", STR_ARG(path));
    if (sources_has(tree->sources, *file)) return true;
    *file = arena_format(tree->arena, "%.*s/__init__.py", STR_ARG(path));
    return sources_has(tree->sources, *file);
}

// "async def main(", "class Bot:", "name: str = 1"; LINE stands at the margin.
static bool line_defines(Str line, Str name) {
    static const char *const words[] = {"async ", "def ", "class "};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        Str word = str_from(words[i]);
        if (str_starts_with(line, word)) line = str_trim(str_slice(line, word.length, line.length));
    }
    if (!str_starts_with(line, name)) return false;
    line = str_slice(line, name.length, line.length);
    return line.length == 0 || (!str_is_word_byte(line.data[0]) && (unsigned char)line.data[0] < 0x80 &&
                                line.data[0] != '.' && line.data[0] != '[');
}

static bool has_name(const DetectedTree *tree, Str dotted) {
    Str file, line;
    size_t dot = (size_t)str_find_last(dotted, '.');
    if (!find_module(tree, str_slice(dotted, 0, dot), &file)) return false;
    FileId id = sources_find(tree->sources, file);
    if (id.index == 0) return false;
    Str text = source_file(tree->sources, id)->text, name = str_slice(dotted, dot + 1, dotted.length);
    while (str_split_next(&text, '\n', &line))
        if (line_defines(line, name)) return true;
    return false;
}

bool clue_is_there(const Clue *clue, const DetectedTree *tree) {
    Str file;
    switch (clue->kind) {
    case CLUE_MODULE: return find_module(tree, clue->text, &file);
    case CLUE_NAME: return has_name(tree, clue->text);
    case CLUE_FILE: break;
    }
    file = path_join(tree->arena, tree->root, clue->text);
    return path_stays_inside(tree->root, file) && pack_entry(file, false) != PACK_NOTHING;
}

uint32_t detection_count(const Detection *detection, const DetectedTree *tree) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < detection->count; i++) count += clue_is_there(&detection->items[i], tree);
    return count;
}

bool detection_fits(const Detection *detection, const DetectedTree *tree) {
    return detection->count > 0 && detection_count(detection, tree) == detection->count;
}
