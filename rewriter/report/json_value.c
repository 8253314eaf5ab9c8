// JSON values. In: texts and numbers of a report. Out: jansson values, never NULL: out of memory and a
// missing value are the program's end, not a report that lacks something.
#include "report/json_value.h"

#include "base/bug.h"
#include "report/text.h"
#include "rule/rule.h"
#include "source/utf8.h"

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

// What a terminal acts on, or what reorders the text around it, is escaped as JSON allows: it is inside a
// string, and a reader of JSON sees it as it was.
static void write_unprintable(uint32_t code, FILE *out) {
    if (code < 0x10000) {
        fprintf(out, "\\u%04x", (unsigned)code);
        return;
    }
    code -= 0x10000; // a pair of surrogates
    fprintf(out, "\\u%04x\\u%04x", (unsigned)(0xD800 + (code >> 10)),
            (unsigned)(0xDC00 + (code & 0x3FF)));
}

static bool is_plain(char c, bool embedded) {
    return ((unsigned char)c >= 0x20 && (unsigned char)c < 0x7F && !(embedded && c == '<')) ||
           c == '\n';
}

static void write_safely(Str text, bool embedded, FILE *out) {
    while (text.length > 0) {
        size_t plain = 0;
        while (plain < text.length && is_plain(text.data[plain], embedded)) plain++;
        fwrite(text.data, 1, plain, out);
        text = str_slice(text, plain, text.length);
        if (text.length == 0) return;
        Str character = utf8_take(&text);
        uint32_t code = utf8_code_point(character);
        if (code == '<' || !utf8_is_printable(code))
            write_unprintable(code, out);
        else
            fwrite(character.data, 1, character.length, out);
    }
}

void json_write(json_t *root, int indent, FILE *out) {
    char *text = dump(root, indent);
    write_safely(str_from(text), false, out);
    fputc('\n', out);
    free(text);
}

static void start_line(int spaces, FILE *out) {
    fputc('\n', out);
    while (spaces-- > 0) fputc(' ', out);
}

// On lines of its own, SPACES further to the right: a line end in a dump never stands in a string.
static void write_indented(json_t *value, int indent, int spaces, FILE *out) {
    char *text = dump(value, indent);
    for (Str rest = str_from(text); rest.length > 0;) {
        ptrdiff_t end = str_find(rest, '\n');
        Str line = end < 0 ? rest : str_slice(rest, 0, (size_t)end);
        start_line(spaces, out);
        write_safely(line, false, out);
        rest = end < 0 ? STR_NONE : str_slice(rest, (size_t)end + 1, rest.length);
    }
    free(text);
}

void json_write_list(json_t *root, int indent, int depth, JsonNext *next, void *context, FILE *out) {
    char *text = dump(root, indent);
    char *list = strrchr(text, '[');
    if (list == NULL || list[1] != ']') BUG("the last list of a JSON value is not empty");
    write_safely((Str){text, (size_t)(list + 1 - text)}, false, out);
    bool some = false;
    for (json_t *value; (value = next(context)) != NULL; some = true) {
        if (some) fputc(',', out);
        write_indented(value, indent, indent * depth, out);
    }
    if (some) start_line(indent * (depth - 1), out);
    write_safely(str_from(list + 1), false, out);
    fputc('\n', out);
    free(text);
}

// Nothing but strings has a '<' in JSON, so an escape can stand for each.
void json_write_embedded(json_t *root, FILE *out) {
    char *text = dump(root, 0);
    write_safely(str_from(text), true, out);
    free(text);
}
