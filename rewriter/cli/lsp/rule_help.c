// Completion and hover in rule files. In: a place in a text that an editor has open. Out: keys and values that the schema has
// there, with what docs/rules.md says of them; names of the tree where a name is asked for.
#include "cli/lsp/rule_help.h"

#include "base/path.h"
#include "cli/lsp/position.h"
#include "cli/lsp/rule_schema.h"
#include "cli/lsp/tree_names.h"
#include "program/name.h"

enum { MOST_NAMES = 300 };
// CompletionItemKind
enum { ITEM_METHOD = 2, ITEM_FUNCTION = 3, ITEM_VARIABLE = 6, ITEM_CLASS = 7, ITEM_MODULE = 9, ITEM_PROPERTY = 10, ITEM_VALUE = 12 };

bool rule_help_is_for(const Tree *tree, const Document *document) {
    Str below;
    if (document == NULL || document->path == NULL || !path_below(str_from(tree->root), document->path, &below)) return false;
    if (str_is(path_basename(below), "weft.yml")) return true;
    for (uint32_t i = 1; tree->now != NULL && i < tree->now->run.sources.files.count; i++) {
        const SourceFile *file = &tree->now->run.sources.files.items[i];
        bool of_rules = file->auxiliary && !file->left_out && str_ends_with(file->path, STR(".yml"));
        if (of_rules && (str_equal(file->path, below) || str_is(file->path, document->path))) return true;
    }
    return false;
}

// ---- the place ---------------------------------------------------------------------------------------
typedef struct Asked {
    Str text;
    size_t offset;
    YamlPlace place;
    SchemaForms forms; // of what stands there
} Asked;

// A file for C says so.
static bool is_for_c(Str text) {
    for (Str row; str_split_next(&text, '\n', &row);)
        if (str_starts_with(row, STR("language: c"))) return true;
    return false;
}

static void ask(const RuleRequest *request, Asked *asked) {
    const json_t *position = json_object_get(request->parameters, "position");
    json_int_t line = json_integer_value(json_object_get(position, "line"));
    json_int_t character = json_integer_value(json_object_get(position, "character"));
    bool good = line >= 0 && line < UINT32_MAX && character >= 0 && character < UINT32_MAX;
    *asked = (Asked){.text = strbuf_str(&request->document->text)};
    asked->offset = position_offset(asked->text, good ? (Position){(uint32_t)line, (uint32_t)character} : (Position){0, 0});
    yaml_place_find(asked->text, asked->offset, &asked->place);
    schema_forms(request->schema, &asked->place.path, is_for_c(asked->text), &asked->forms);
}

static void release(Asked *asked) {
    yaml_place_release(&asked->place);
    vec_release(&asked->forms);
}

static json_t *word_range(const Asked *asked) {
    size_t start = asked->place.start, end = start + asked->place.word.length;
    return json_pack("{s:o, s:o}", "start", position_json(position_in_text(asked->text, start)), "end",
                     position_json(position_in_text(asked->text, end)));
}

static json_t *string(Str text) { return json_stringn_nocheck(text.data ? text.data : "", text.length); }

static json_t *markdown(Str text) { return json_pack("{s:s, s:o}", "kind", "markdown", "value", string(text)); }

// ---- completion --------------------------------------------------------------------------------------
static void add_item(json_t *items, const Asked *asked, Str label, Str behind, int kind, const char *about) {
    StrBuf text = {0};
    strbuf_add(&text, label);
    strbuf_add(&text, behind);
    json_t *item = json_pack("{s:o, s:i, s:{s:o, s:o}}", "label", string(label), "kind", kind, "textEdit", "range",
                             word_range(asked), "newText", string(strbuf_str(&text)));
    if (about != NULL) json_object_set_new(item, "documentation", markdown(str_from(about)));
    json_array_append_new(items, item);
    strbuf_release(&text);
}

static bool has(const Strs *list, const char *text) {
    for (uint32_t i = 0; i < list->count; i++)
        if (str_is(list->items[i], text)) return true;
    return false;
}

// Behind a key whose value is a map or a list nothing follows on the line.
static Str behind_key(const json_t *value) {
    const char *type = json_string_value(json_object_get(value, "type"));
    const char *reference = json_string_value(json_object_get(value, "$ref"));
    bool long_ = type != NULL && (strcmp(type, "object") == 0 || strcmp(type, "array") == 0);
    return long_ && reference == NULL ? STR(":") : STR(": ");
}

static void add_keys(json_t *items, const Asked *asked) {
    size_t after = asked->place.start + asked->place.word.length;
    bool has_colon = after < asked->text.length && asked->text.data[after] == ':';
    Strs offered = {0};
    for (uint32_t i = 0; i < asked->forms.count; i++) {
        const char *key;
        json_t *value, *keys = json_object_get(asked->forms.items[i].node, "properties");
        json_object_foreach(keys, key, value) {
            if (has(&asked->place.others, key) || has(&offered, key)) continue;
            vec_add(&offered, str_from(key));
            add_item(items, asked, str_from(key), has_colon ? STR_NONE : behind_key(value), ITEM_PROPERTY,
                     json_string_value(json_object_get(value, "description")));
        }
    }
    vec_release(&offered);
}

static void add_values(json_t *items, const Asked *asked) {
    for (uint32_t i = 0; i < asked->forms.count; i++) {
        const json_t *node = asked->forms.items[i].node, *choices = json_object_get(node, "enum");
        const char *type = json_string_value(json_object_get(node, "type"));
        for (size_t k = 0; k < json_array_size(choices); k++) {
            const char *choice = json_string_value(json_array_get(choices, k));
            if (choice != NULL) add_item(items, asked, str_from(choice), STR_NONE, ITEM_VALUE, NULL);
        }
        if (type == NULL || strcmp(type, "boolean") != 0) continue;
        add_item(items, asked, STR("true"), STR_NONE, ITEM_VALUE, NULL);
        add_item(items, asked, STR("false"), STR_NONE, ITEM_VALUE, NULL);
    }
}

static bool asks_for_name(const SchemaForms *forms) {
    static const char *const NAMES[] = {"dotted", "qualified", "pattern"};
    for (uint32_t i = 0; i < forms->count; i++)
        for (size_t k = 0; forms->items[i].name != NULL && k < sizeof NAMES / sizeof *NAMES; k++)
            if (strcmp(forms->items[i].name, NAMES[k]) == 0) return true;
    return false;
}

// What the key that the name is for speaks of.
static unsigned kinds_for(const Strs *path) {
    static const struct {
        const char *key;
        unsigned kinds;
    } KEYS[] = {
        {"symbol", NAME_VARIABLE | NAME_MODULE | NAME_CLASS | NAME_FUNCTION},
        {"singleton", NAME_VARIABLE | NAME_MODULE},
        {"process_wide", NAME_VARIABLE | NAME_FUNCTION | NAME_MODULE},
        {"call", NAME_FUNCTION | NAME_METHOD | NAME_CLASS | NAME_MODULE},
        {"ambient", NAME_FUNCTION | NAME_MODULE},
        {"function", NAME_FUNCTION | NAME_METHOD | NAME_CLASS | NAME_MODULE},
        {"functions", NAME_FUNCTION | NAME_METHOD | NAME_CLASS | NAME_MODULE},
        {"construct", NAME_CLASS | NAME_MODULE},
        {"class", NAME_CLASS | NAME_MODULE},
        {"type", NAME_CLASS | NAME_MODULE},
        {"model", NAME_CLASS | NAME_MODULE},
        {"subclass_of", NAME_CLASS | NAME_MODULE},
        {"instance_of", NAME_CLASS | NAME_MODULE},
        {"never_hold", NAME_CLASS | NAME_MODULE},
        {"modules", NAME_MODULE},
    };
    for (uint32_t i = path->count; i-- > 0;) {
        if (str_is(path->items[i], "-")) continue;
        for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++)
            if (str_is(path->items[i], KEYS[k].key)) return KEYS[k].kinds;
        break;
    }
    return UINT32_MAX;
}

static int item_kind(NameKind kind) {
    switch (kind) {
    case NAME_MODULE: return ITEM_MODULE;
    case NAME_CLASS: return ITEM_CLASS;
    case NAME_FUNCTION: return ITEM_FUNCTION;
    case NAME_METHOD: return ITEM_METHOD;
    case NAME_VARIABLE: break;
    }
    return ITEM_VARIABLE;
}

// It begins so, or its last part does.
static bool fits(Str name, Str typed) {
    ptrdiff_t dot = str_find_last(name, '.');
    return str_starts_with(name, typed) || str_starts_with(str_slice(name, (size_t)(dot + 1), name.length), typed);
}

// NAME as who typed that much spells it: by the path to its file, or as imports do; empty when it begins otherwise.
static Str spelled(const Program *program, Str name, Str typed) {
    Str imported = program_imported_name(program, name);
    if (typed.length > 0 && str_starts_with(name, typed)) return name;
    return fits(imported, typed) ? imported : STR_NONE;
}

// True when there are more than are offered.
static bool add_names(json_t *items, const Tree *tree, const Asked *asked) {
    TreeNames names;
    size_t offered = 0;
    Str typed = str_slice(asked->text, asked->place.start, asked->offset);
    unsigned kinds = kinds_for(&asked->place.path);
    tree_names_open(tree, &names);
    for (uint32_t i = 0; i < names.list.count && offered < MOST_NAMES; i++) {
        const TreeName *name = &names.list.items[i];
        Str label = name->kind & kinds ? spelled(names.program, name->text, typed) : STR_NONE;
        if (label.length == 0) continue;
        add_item(items, asked, label, STR_NONE, item_kind(name->kind), NULL);
        offered++;
    }
    tree_names_close(&names);
    return offered == MOST_NAMES;
}

json_t *rule_help_completion(const RuleRequest *request) {
    json_t *items = json_array();
    Asked asked;
    bool more = false;
    ask(request, &asked);
    if (!asked.place.behind_key) add_keys(items, &asked);
    add_values(items, &asked);
    if (asks_for_name(&asked.forms)) more = add_names(items, request->tree, &asked);
    release(&asked);
    return json_pack("{s:b, s:o}", "isIncomplete", more, "items", items);
}

// ---- hover -------------------------------------------------------------------------------------------
// A name of the tree: where it is defined.
static void add_place(const Tree *tree, Str word, StrBuf *text) {
    TreeNames names;
    tree_names_open(tree, &names);
    for (uint32_t i = 0; i < names.list.count && text->length == 0; i++) {
        const TreeName *name = &names.list.items[i];
        if (!program_is_named(names.program, word, name->text)) continue;
        const SourceFile *file = source_file(names.sources, name->file);
        strbuf_addf(text, "`%.*s`\n\n%.*s:%u", STR_ARG(word), STR_ARG(file->path), source_line_column(file, name->start).line);
    }
    tree_names_close(&names);
}

json_t *rule_help_hover(const RuleRequest *request) {
    Asked asked;
    StrBuf text = {0};
    ask(request, &asked);
    const char *about = asked.place.behind_key ? NULL : schema_describe(&asked.forms, asked.place.word);
    if (about != NULL)
        strbuf_addf(&text, "**%.*s**\n\n%s", STR_ARG(asked.place.word), about);
    else if (asked.place.word.length > 0 && asks_for_name(&asked.forms))
        add_place(request->tree, asked.place.word, &text);
    json_t *hover = text.length > 0 ? json_pack("{s:o, s:o}", "contents", markdown(strbuf_str(&text)), "range", word_range(&asked))
                                    : json_null();
    strbuf_release(&text);
    release(&asked);
    return hover;
}
