// JSON values. In: texts and numbers of a report. Out: jansson values, never NULL: out of memory and a
// missing value are the program's end, not a report that lacks something.
#include "report/json_value.h"

#include "base/bug.h"
#include "report/text.h"
#include "rule/rule.h"

json_t *json_text(Str text) {
    json_t *value = json_stringn(text.length > 0 ? text.data : "", text.length);
    if (value != NULL) return value;
    StrBuf shown = {0};
    text_add_shown(&shown, text);
    value = json_stringn(shown.data, shown.length);
    strbuf_release(&shown);
    return value;
}

json_t *json_text_or_null(Str text) { return text.length > 0 ? json_text(text) : json_null(); }

json_t *json_word_or_null(const char *word) {
    return word != NULL && word[0] != '\0' ? json_string(word) : json_null();
}

json_t *json_origins(uint32_t origins) {
    json_t *list = json_array();
    for (int i = 0; i < ORIGIN_COUNT; i++)
        if (origins & (1u << i)) json_add(list, json_string(origin_name((Origin)(1 << i))));
    return list;
}

void json_put(json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) != 0) BUG("no JSON value for '%s'", key);
}

void json_add(json_t *list, json_t *value) {
    if (json_array_append_new(list, value) != 0) BUG("a value does not fit into JSON");
}

// In one piece: jansson writes a file token by token.
static char *dump(json_t *root, int indent) {
    char *text = json_dumps(
        root, JSON_NUMBERS | (indent > 0 ? (size_t)JSON_INDENT(indent) : (size_t)JSON_COMPACT));
    if (text == NULL) BUG("a JSON value cannot be written");
    json_decref(root);
    return text;
}

void json_write(json_t *root, int indent, FILE *out) {
    char *text = dump(root, indent);
    fputs(text, out);
    fputc('\n', out);
    free(text);
}

// Nothing but strings has a '<' in JSON, so an escape can stand for each.
void json_write_embedded(json_t *root, FILE *out) {
    char *text = dump(root, 0);
    for (Str rest = str_from(text); rest.length > 0;) {
        ptrdiff_t mark = str_find(rest, '<');
        size_t plain = mark < 0 ? rest.length : (size_t)mark;
        fwrite(rest.data, 1, plain, out);
        if (mark < 0) break;
        fputs("\\u003c", out);
        rest = str_slice(rest, plain + 1, rest.length);
    }
    free(text);
}
