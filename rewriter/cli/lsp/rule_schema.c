// In: keys from the top of a rule file. Out: the nodes of its JSON Schema that speak of what stands there.
#include "cli/lsp/rule_schema.h"

#include <string.h>

#include "base/bug.h"

#include "cli/rules_schema.inc"

json_t *schema_load(void) {
    StrBuf text = {0};
    for (size_t i = 0; SCHEMA_LINES[i] != NULL; i++) strbuf_addf(&text, "%s\n", SCHEMA_LINES[i]);
    json_t *schema = json_loadb(text.data, text.length, 0, NULL);
    strbuf_release(&text);
    BUG_UNLESS(schema != NULL);
    return schema;
}

static void add_form(const json_t *schema, SchemaForms *forms, const json_t *node, const char *name) {
    static const char *const CHOICES[] = {"anyOf", "oneOf", "allOf"};
    static const char PREFIX[] = "#/$defs/";
    if (!json_is_object(node)) return;
    const char *reference = json_string_value(json_object_get(node, "$ref"));
    if (reference != NULL && strncmp(reference, PREFIX, sizeof PREFIX - 1) == 0) {
        const char *other = reference + sizeof PREFIX - 1;
        add_form(schema, forms, json_object_get(json_object_get(schema, "$defs"), other), other);
        return;
    }
    vec_add(forms, ((SchemaForm){node, name}));
    for (size_t i = 0; i < sizeof CHOICES / sizeof *CHOICES; i++) {
        const json_t *list = json_object_get(node, CHOICES[i]);
        for (size_t k = 0; k < json_array_size(list); k++) add_form(schema, forms, json_array_get(list, k), name);
    }
}

static const json_t *property(const json_t *node, Str key) {
    return json_object_getn(json_object_get(node, "properties"), key.data, key.length);
}

static void step(const json_t *schema, const SchemaForms *from, Str key, SchemaForms *forms) {
    bool item = str_is(key, "-");
    for (uint32_t i = 0; i < from->count; i++) {
        const json_t *node = from->items[i].node;
        const json_t *named = item ? json_object_get(node, "items") : property(node, key);
        add_form(schema, forms, named != NULL || item ? named : json_object_get(node, "additionalProperties"), NULL);
    }
}

void schema_forms(const json_t *schema, const Strs *path, bool for_c, SchemaForms *forms) {
    add_form(schema, forms, schema, NULL);
    add_form(schema, forms, json_object_get(schema, for_c ? "then" : "else"), NULL);
    for (uint32_t i = 0; i < path->count; i++) {
        SchemaForms next = {0};
        step(schema, forms, path->items[i], &next);
        vec_release(forms);
        *forms = next;
    }
}

const char *schema_describe(const SchemaForms *forms, Str key) {
    for (uint32_t i = 0; i < forms->count; i++) {
        const char *text = json_string_value(json_object_get(property(forms->items[i].node, key), "description"));
        if (text != NULL) return text;
    }
    return NULL;
}
