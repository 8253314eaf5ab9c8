// JSON to a plan. In: bytes that anybody may have written. Out: a plan whose paths stay inside the
// root and whose edits are sorted, or one error that names the place. Must never guess: a key or a
// value that this version does not know could change what the plan means.
#include "patch/plan_file.h"

#include <string.h>

#include "base/json_node.h"
#include "base/message.h"
#include "patch/plan_path.h"
#include "source/utf8.h"

typedef struct Reader {
    Str name; // of the plan file
    Plan *plan;
    PlanMaker *maker;
    Vec(Str) families; // that were met
    Diagnostics *diagnostics;
} Reader;

static const char *const safety_names[] = {
    [SAFETY_SAFE] = "safe", [SAFETY_REVIEW] = "review", [SAFETY_DISPLAY] = "display"};
enum { SAFETY_COUNT = sizeof safety_names / sizeof *safety_names };

const char *safety_name(Safety safety) { return safety_names[safety]; }

bool safety_find(Str name, Safety *safety) {
    for (int i = 0; i < SAFETY_COUNT; i++) {
        if (!str_is(name, safety_names[i])) continue;
        *safety = (Safety)i;
        return true;
    }
    return false;
}

static bool refuse(Reader *reader, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool refuse(Reader *reader, const char *format, ...) {
    va_list arguments;
    StrBuf why = {0};
    va_start(arguments, format);
    message_addv(&why, format, arguments);
    va_end(arguments);
    diagnostic_add(reader->diagnostics, DIAGNOSTIC_E601, SPAN_NONE,
                   "'%.*s' is no plan that this weft can use: %s", STR_ARG(reader->name), why.data);
    diagnostic_help(reader->diagnostics, "make it anew with `weft plan -o %.*s`",
                    STR_ARG(reader->name));
    strbuf_release(&why);
    return false;
}

// ---- values --------------------------------------------------------------------------------------

// A value of the document and where it is: KEY of the place around it, and there item INDEX.
typedef struct Place {
    const JsonNode *object;
    const struct Place *around; // NULL for the document
    const char *key;
    size_t index; // SIZE_MAX: it is no item of a list
} Place;

// "files[3].edits[2]"
static Str path_of(const Reader *reader, const Place *place) {
    Arena *arena = &reader->plan->arena;
    if (place->around == NULL) return STR("the document");
    Str around = place->around->around == NULL ? STR_NONE : path_of(reader, place->around);
    Str path =
        arena_format(arena, "%.*s%s%s", STR_ARG(around), around.length > 0 ? "." : "", place->key);
    if (place->index == SIZE_MAX) return path;
    return arena_format(arena, "%.*s[%zu]", STR_ARG(path), place->index);
}

// The members of PLACE in the order of KEYS, which end with STR_NONE; NULL for those that it lacks. Keys
// that are not there or twice are refused.
static bool find_members(Reader *reader, const Place *place, const Str *keys,
                         const JsonNode **values) {
    unsigned at = 0, count = 0;
    while (keys[count].data != NULL) values[count++] = NULL;
    for (const JsonNode *value = place->object->first; value != NULL; value = value->next) {
        // Mostly they come in this order.
        unsigned tried = 0;
        while (tried < count && !str_equal(value->key, keys[at])) {
            at = at + 1 < count ? at + 1 : 0;
            tried++;
        }
        if (tried == count || values[at] != NULL)
            return refuse(reader, "%s key '%.*s' in %.*s", message_text(tried == count ? "unknown" : "repeated"),
                          STR_ARG(value->key), STR_ARG(path_of(reader, place)));
        values[at] = value;
    }
    return true;
}

enum { MOST_KEYS = 8 };

// KEYS end with STR_NONE.
static bool known_keys(Reader *reader, const Place *place, const Str *keys) {
    const JsonNode *values[MOST_KEYS];
    return find_members(reader, place, keys, values);
}

static bool wrong_value(Reader *reader, const Place *place, const char *key, const char *wanted) {
    const JsonNode *value = json_node_member(place->object, key);
    return refuse(reader, "%.*s %s '%s'%s%s", STR_ARG(path_of(reader, place)),
                  message_text(value ? "has a wrong value of" : "lacks"), key, value ? "; it takes " : "",
                  value ? wanted : "");
}

static bool take_text(const JsonNode *value, Str *text) {
    if (!json_node_is(value, JSON_NODE_TEXT)) return false;
    *text = value->text;
    return true;
}

static bool read_text(Reader *reader, const Place *place, const char *key, Str *text) {
    return take_text(json_node_member(place->object, key), text) ||
           wrong_value(reader, place, key, "a text");
}

static bool read_hex(Arena *arena, Str hex, Str *bytes) {
    if (hex.length % 2 != 0) return false;
    char *block = arena_alloc(arena, hex.length / 2 + 1);
    for (size_t i = 0; i < hex.length; i++) {
        const char *digits = "0123456789abcdef", *digit = strchr(digits, hex.data[i]);
        if (digit == NULL || hex.data[i] == '\0') return false;
        block[i / 2] = (char)(block[i / 2] << 4 | (digit - digits));
    }
    *bytes = (Str){block, hex.length / 2};
    return true;
}

// KEY with a text or HEX_KEY with bytes; exactly one of them.
static bool read_bytes(Reader *reader, const Place *place, const char *key, const char *hex_key,
                       Str *bytes) {
    if (json_node_member(place->object, hex_key) == NULL)
        return read_text(reader, place, key, bytes);
    if (json_node_member(place->object, key) != NULL)
        return refuse(reader, "%.*s has both '%s' and '%s'", STR_ARG(path_of(reader, place)), key,
                      hex_key);
    Str hex = STR_NONE;
    if (!read_text(reader, place, hex_key, &hex)) return false;
    return read_hex(&reader->plan->arena, hex, bytes) ||
           wrong_value(reader, place, hex_key, "pairs of hexadecimal digits");
}

static bool read_id(Reader *reader, const Place *place, const char *key, BlobId *id) {
    Str digits;
    if (!read_text(reader, place, key, &digits)) return false;
    return blob_id_parse(digits, id) ||
           wrong_value(reader, place, key, "40 lower-case hexadecimal digits");
}

static bool take_offset(const JsonNode *value, uint32_t *offset) {
    if (!json_node_is(value, JSON_NODE_INTEGER) || value->number < 0 || value->number > INT32_MAX)
        return false;
    *offset = (uint32_t)value->number;
    return true;
}

static bool read_list(Reader *reader, const Place *place, const char *key, const JsonNode **list) {
    *list = json_node_member(place->object, key);
    return json_node_is(*list, JSON_NODE_LIST) || wrong_value(reader, place, key, "a list");
}

// NODE, item INDEX of the list KEY in PLACE, which must be an object.
static bool read_item(Reader *reader, const Place *place, const char *key, const JsonNode *node,
                      size_t index, Place *item) {
    *item = (Place){node, place, key, index};
    return json_node_is(node, JSON_NODE_OBJECT) ||
           refuse(reader, "%.*s is no object", STR_ARG(path_of(reader, item)));
}

// ---- edits ---------------------------------------------------------------------------------------

// A plan has few families, however many edits: each is looked at once.
static bool is_family(Reader *reader, Str word) {
    for (uint32_t i = 0; i < reader->families.count; i++)
        if (str_equal(reader->families.items[i], word)) return true;
    if (reader->families.count == FAMILY_MOST || !family_is_word(word, true)) return false;
    vec_add(&reader->families, word);
    return true;
}

// There are many more edits than anything else in a plan.
static bool read_edit(Reader *reader, const Place *place, Edit *edit) {
    enum { START, END, TEXT, FAMILY, SAFETY, REASON, KEY_COUNT };
    const Str keys[] = {
        [START] = STR("start"),   [END] = STR("end"),       [TEXT] = STR("text"),
        [FAMILY] = STR("family"), [SAFETY] = STR("safety"), [REASON] = STR("reason"),
        [KEY_COUNT] = STR_NONE};
    const JsonNode *values[KEY_COUNT];
    Str safety;
    if (!find_members(reader, place, keys, values)) return false;
    if (!take_offset(values[START], &edit->start))
        return wrong_value(reader, place, "start", "a byte offset");
    if (!take_offset(values[END], &edit->end) || edit->end < edit->start)
        return wrong_value(reader, place, "end", "a byte offset, not before 'start'");
    if (!take_text(values[TEXT], &edit->text)) return wrong_value(reader, place, "text", "a text");
    if (!take_text(values[REASON], &edit->owner))
        return wrong_value(reader, place, "reason", "a text");
    if (!take_text(values[FAMILY], &edit->family) || !is_family(reader, edit->family))
        return wrong_value(reader, place, "family", "the name of a family");
    if (!take_text(values[SAFETY], &safety) || !safety_find(safety, &edit->safety))
        return wrong_value(reader, place, "safety", "safe, review or display");
    return true;
}

static bool read_edits(Reader *reader, const Place *place, PlannedFile *file) {
    const JsonNode *list;
    if (!read_list(reader, place, "edits", &list)) return false;
    file->first_edit = reader->plan->edits.list.count;
    uint32_t done = 0;
    size_t index = 0;
    for (const JsonNode *node = list->first; node != NULL; node = node->next, index++) {
        Place item;
        Edit edit = {.order = reader->plan->edits.list.count};
        if (!read_item(reader, place, "edits", node, index, &item) ||
            !read_edit(reader, &item, &edit))
            return false;
        if (edit.start < done)
            return refuse(reader, "%.*s starts before the edit in front of it ends",
                          STR_ARG(path_of(reader, &item)));
        done = edit.end;
        vec_add(&reader->plan->edits.list, edit);
    }
    file->edit_count = reader->plan->edits.list.count - file->first_edit;
    return file->edit_count > 0 ||
           refuse(reader, "%.*s has no edits", STR_ARG(path_of(reader, place)));
}

// ---- files ---------------------------------------------------------------------------------------

static bool read_path(Reader *reader, const Place *place, Str *path) {
    if (!read_bytes(reader, place, "path", "path_hex", path)) return false;
    return plan_path_is_harmless(*path) ||
           wrong_value(reader, place, "path", "a path below the root, outside of .git and .weft");
}

static bool read_mode(Reader *reader, const Place *place, mode_t *mode) {
    Str text;
    if (!read_text(reader, place, "mode", &text)) return false;
    if (!str_is(text, "100644") && !str_is(text, "100755"))
        return wrong_value(reader, place, "mode", "100644 or 100755");
    *mode = str_is(text, "100755") ? 0755 : 0644;
    return true;
}

static bool read_file(Reader *reader, const Place *place) {
    const Str changed[] = {STR("path"), STR("path_hex"), STR("action"), STR("mode"),
                           STR("blob"), STR("result"),   STR("edits"),  STR_NONE};
    const Str created[] = {STR("path"),   STR("path_hex"), STR("action"),   STR("mode"),
                           STR("result"), STR("text"),     STR("text_hex"), STR_NONE};
    PlannedFile file = {0};
    Str action;
    if (!read_text(reader, place, "action", &action)) return false;
    file.is_new = str_is(action, "create");
    if (!file.is_new && !str_is(action, "change"))
        return wrong_value(reader, place, "action", "change or create");
    if (!known_keys(reader, place, file.is_new ? created : changed) ||
        !read_path(reader, place, &file.path) || !read_mode(reader, place, &file.mode) ||
        !read_id(reader, place, "result", &file.after_id))
        return false;
    if (!file.is_new) {
        if (!read_id(reader, place, "blob", &file.before_id) || !read_edits(reader, place, &file))
            return false;
    } else {
        if (!read_bytes(reader, place, "text", "text_hex", &file.after)) return false;
        BlobId id = blob_id_of(file.after);
        if (!blob_id_equal(&id, &file.after_id))
            return wrong_value(reader, place, "result", "the blob id of its text");
    }
    vec_add(&reader->plan->files, file);
    return true;
}

static int compare_paths(const void *left, const void *right) {
    return str_compare(((const PlannedFile *)left)->path, ((const PlannedFile *)right)->path);
}

static bool read_files(Reader *reader, const Place *root) {
    const JsonNode *list;
    if (!read_list(reader, root, "files", &list)) return false;
    size_t index = 0;
    for (const JsonNode *node = list->first; node != NULL; node = node->next, index++) {
        Place item;
        if (!read_item(reader, root, "files", node, index, &item) || !read_file(reader, &item))
            return false;
    }
    Plan *plan = reader->plan;
    if (plan->files.count < 2) return true;
    qsort(plan->files.items, plan->files.count, sizeof *plan->files.items, compare_paths);
    for (uint32_t i = 1; i < plan->files.count; i++)
        if (str_equal(plan->files.items[i - 1].path, plan->files.items[i].path))
            return refuse(reader, "'%.*s' is in it twice", STR_ARG(plan->files.items[i].path));
    return true;
}

// ---- the document --------------------------------------------------------------------------------

static bool read_maker(Reader *reader, const Place *root) {
    const Str keys[] = {STR("weft"),  STR("tree-sitter"), STR("tree-sitter-python"),
                        STR("packs"), STR("rules"),       STR_NONE};
    const Str rule_keys[] = {STR("name"), STR("blob"), STR_NONE};
    PlanMaker *maker = reader->maker;
    Place place = {json_node_member(root->object, "made_by"), root, "made_by", SIZE_MAX};
    if (!json_node_is(place.object, JSON_NODE_OBJECT))
        return wrong_value(reader, root, "made_by", "an object");
    const JsonNode *rules;
    if (!known_keys(reader, &place, keys) || !read_text(reader, &place, "weft", &maker->weft) ||
        !read_text(reader, &place, "tree-sitter", &maker->tree_sitter) ||
        !read_text(reader, &place, "tree-sitter-python", &maker->grammar) ||
        !read_text(reader, &place, "packs", &maker->packs) ||
        !read_list(reader, &place, "rules", &rules))
        return false;
    size_t index = 0;
    for (const JsonNode *node = rules->first; node != NULL; node = node->next, index++) {
        Place item;
        PlanRuleFile rule = {0};
        if (!read_item(reader, &place, "rules", node, index, &item) ||
            !known_keys(reader, &item, rule_keys) ||
            !read_text(reader, &item, "name", &rule.name) ||
            !read_id(reader, &item, "blob", &rule.id))
            return false;
        vec_add(&maker->rules, rule);
    }
    return true;
}

static bool read_families(Reader *reader, const Place *root) {
    const JsonNode *list;
    if (!read_list(reader, root, "types", &list)) return false;
    for (const JsonNode *value = list->first; value != NULL; value = value->next) {
        if (value->kind != JSON_NODE_TEXT || !is_family(reader, value->text))
            return wrong_value(reader, root, "types", "names of families");
        vec_add(&reader->maker->types, value->text);
    }
    return true;
}

static bool read_document(Reader *reader, const JsonNode *document) {
    const Str keys[] = {STR("schema_version"), STR("made_by"), STR("types"), STR("files"),
                        STR_NONE};
    Place root = {.object = document};
    if (!json_node_is(document, JSON_NODE_OBJECT)) return refuse(reader, "it is no JSON object");
    const JsonNode *version = json_node_member(document, "schema_version");
    if (!json_node_is(version, JSON_NODE_INTEGER))
        return wrong_value(reader, &root, "schema_version", "a number");
    if (version->number != PLAN_SCHEMA_VERSION)
        return refuse(reader, "its schema_version is %lld, and this weft reads %d",
                      (long long)version->number, PLAN_SCHEMA_VERSION);
    if (!known_keys(reader, &root, keys)) return false;
    return read_maker(reader, &root) && read_families(reader, &root) && read_files(reader, &root);
}

static const JsonNode *parse(Arena *nodes, Str json, JsonFault *fault) {
    size_t valid = utf8_valid_length(json);
    if (valid == json.length) return json_node_parse(nodes, json, fault);
    *fault = json_fault_at(json, valid, STR("it is not UTF-8"));
    return NULL;
}

bool plan_read(Str name, Str json, Plan *plan, PlanMaker *maker, Diagnostics *diagnostics) {
    Reader reader = {name, plan, maker, {0}, diagnostics};
    Arena nodes = {0};
    JsonFault fault;
    const JsonNode *document = parse(&nodes, json, &fault);
    bool good = document != NULL ? read_document(&reader, document)
                                 : refuse(&reader, "line %u, column %u: %.*s", fault.line,
                                          fault.column, STR_ARG(fault.why));
    vec_release(&reader.families);
    arena_adopt(&plan->arena, &nodes); // texts that had escapes are in it
    return good;
}

void plan_maker_release(PlanMaker *maker) {
    vec_release(&maker->types);
    vec_release(&maker->rules);
}
