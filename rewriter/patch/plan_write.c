// A plan to JSON. In: a plan with all bytes, and who made it. Out: one JSON document; keys in a fixed
// order and one line an edit, so that two plans compare well. Never writes a source's old bytes.
#include "patch/plan_file.h"

#include <jansson.h>

#include "base/bug.h"
#include "source/utf8.h"

static void set(json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) != 0) BUG("no JSON value for '%s'", key);
}

static void append(json_t *list, json_t *value) {
    if (json_array_append_new(list, value) != 0) BUG("a value does not fit into JSON");
}

static json_t *hex_json(Str bytes) {
    StrBuf hex = {0};
    for (size_t i = 0; i < bytes.length; i++)
        strbuf_addf(&hex, "%02x", (unsigned)(unsigned char)bytes.data[i]);
    json_t *value = json_stringn(hex.data ? hex.data : "", hex.length);
    strbuf_release(&hex);
    return value;
}

// KEY with a text, or HEX_KEY with bytes that are no text.
static void set_bytes(json_t *object, const char *key, const char *hex_key, Str bytes) {
    json_t *text = NULL;
    if (utf8_valid_length(bytes) == bytes.length && str_find(bytes, '\0') < 0)
        text = json_stringn(bytes.data ? bytes.data : "", bytes.length);
    if (text != NULL) {
        set(object, key, text);
    } else {
        set(object, hex_key, hex_json(bytes));
    }
}

// For people to read: what is not UTF-8, such as a name cut in the middle of a character, ends it.
static json_t *text_json(Str text) {
    return json_stringn(text.data ? text.data : "", utf8_valid_length(text));
}

static json_t *id_json(const BlobId *id) { return json_string(blob_id_text(id).digits); }

static json_t *edit_json(const Edit *edit) {
    BUG_UNLESS(utf8_valid_length(edit->text) == edit->text.length);
    json_t *object = json_object();
    set(object, "start", json_integer(edit->start));
    set(object, "end", json_integer(edit->end));
    set(object, "text", text_json(edit->text));
    set(object, "family", text_json(edit->family));
    set(object, "safety", json_string(safety_name(edit->safety)));
    set(object, "reason", text_json(edit->owner));
    return object;
}

static json_t *mode_json(mode_t mode) {
    char digits[16];
    snprintf(digits, sizeof digits, "%06o", plan_git_mode(mode));
    return json_string(digits);
}

// A file without its edits.
static json_t *file_json(const PlannedFile *file) {
    json_t *object = json_object();
    set_bytes(object, "path", "path_hex", file->path);
    set(object, "action", json_string(file->is_new ? "create" : "change"));
    set(object, "mode", mode_json(file->mode));
    if (!file->is_new) set(object, "blob", id_json(&file->before_id));
    set(object, "result", id_json(&file->after_id));
    if (file->is_new) set_bytes(object, "text", "text_hex", file->after);
    return object;
}

static json_t *maker_json(const PlanMaker *maker) {
    json_t *object = json_object(), *rules = json_array();
    set(object, "weft", text_json(maker->weft));
    set(object, "tree-sitter", text_json(maker->tree_sitter));
    set(object, "tree-sitter-python", text_json(maker->grammar));
    set(object, "packs", text_json(maker->packs));
    for (uint32_t i = 0; i < maker->rules.count; i++) {
        json_t *rule = json_object();
        set(rule, "name", text_json(maker->rules.items[i].name));
        set(rule, "blob", id_json(&maker->rules.items[i].id));
        append(rules, rule);
    }
    set(object, "rules", rules);
    return object;
}

static json_t *types_json(const PlanMaker *maker) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < maker->types.count; i++)
        append(list, text_json(maker->types.items[i]));
    return list;
}

// ---- lines ---------------------------------------------------------------------------------------

// Appends VALUE on one line and releases it.
static void add_line(StrBuf *out, json_t *value) {
    char *text = json_dumps(value, JSON_ENCODE_ANY);
    if (text == NULL) BUG("a plan does not fit into JSON");
    utf8_add_json(out, str_from(text));
    free(text);
    json_decref(value);
}

static void add_member(StrBuf *out, const char *name, json_t *value) {
    strbuf_addf(out, " \"%s\": ", name);
    add_line(out, value);
    strbuf_add_text(out, ",\n");
}

static void add_file(StrBuf *out, const Plan *plan, const PlannedFile *file) {
    strbuf_add_text(out, "  ");
    add_line(out, file_json(file));
    if (file->is_new) return;
    out->length--; // the object goes on
    strbuf_add_text(out, ", \"edits\": [");
    for (uint32_t i = 0; i < file->edit_count; i++) {
        strbuf_add_text(out, i > 0 ? ",\n   " : "\n   ");
        add_line(out, edit_json(&plan->edits.list.items[file->first_edit + i]));
    }
    strbuf_add_text(out, "]}");
}

void plan_write(const Plan *plan, const PlanMaker *maker, StrBuf *out) {
    strbuf_add_text(out, "{\n");
    add_member(out, "schema_version", json_integer(PLAN_SCHEMA_VERSION));
    add_member(out, "made_by", maker_json(maker));
    add_member(out, "types", types_json(maker));
    strbuf_add_text(out, " \"files\": [");
    for (uint32_t i = 0; i < plan->files.count; i++) {
        strbuf_add_text(out, i > 0 ? ",\n" : "\n");
        add_file(out, plan, &plan->files.items[i]);
    }
    strbuf_add_text(out, "]\n}\n");
}
