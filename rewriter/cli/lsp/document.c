// Open files. In: the notifications of an editor. Out: texts as they are typed.
#include "cli/lsp/document.h"

#include "base/bug.h"
#include "cli/lsp/position.h"

static char *copy(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(memory_alloc_zeroed(size, 1), text, size);
}

// ---- URIs (RFC 3986) ----------------------------------------------------------------------------------
static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

char *uri_path(const char *uri) {
    static const char scheme[] = "file://";
    if (strncmp(uri, scheme, sizeof scheme - 1) != 0) return NULL;
    const char *at = uri + sizeof scheme - 1;
    if (strncmp(at, "localhost/", sizeof "localhost/" - 1) == 0) at += sizeof "localhost" - 1;
    if (*at != '/') return NULL;
    char *path = memory_alloc_zeroed(strlen(at) + 1, 1), *end = path;
    for (; *at != '\0' && *at != '?' && *at != '#'; at++) {
        bool coded = *at == '%' && hex(at[1]) >= 0 && hex(at[2]) >= 0 && (hex(at[1]) > 0 || hex(at[2]) > 0);
        *end++ = coded ? (char)(hex(at[1]) * 16 + hex(at[2])) : *at;
        if (coded) at += 2;
    }
    return path;
}

static void add_coded(StrBuf *uri, Str path) {
    for (size_t i = 0; i < path.length; i++) {
        unsigned char c = (unsigned char)path.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     (c != '\0' && strchr("-._~/", c) != NULL);
        if (plain)
            strbuf_add_char(uri, (char)c);
        else
            strbuf_addf(uri, "%%%02X", c);
    }
}

char *uri_of(Str root, Str path) {
    StrBuf uri = {0};
    strbuf_add(&uri, STR("file://"));
    add_coded(&uri, root);
    strbuf_add_char(&uri, '/');
    add_coded(&uri, path);
    return uri.data;
}

bool path_below(Str root, const char *path, Str *below) {
    Str whole = str_from(path);
    bool inside = str_starts_with(whole, root) && whole.length > root.length + 1 && whole.data[root.length] == '/';
    if (inside) *below = str_slice(whole, root.length + 1, whole.length);
    return inside;
}

// ---- documents ------------------------------------------------------------------------------------------
static void release_one(Document *document) {
    free(document->uri);
    free(document->path);
    strbuf_release(&document->text);
}

void documents_release(Documents *documents) {
    for (uint32_t i = 0; i < documents->list.count; i++) release_one(&documents->list.items[i]);
    vec_release(&documents->list);
}

Document *documents_find(Documents *documents, const char *uri) {
    for (uint32_t i = 0; uri != NULL && i < documents->list.count; i++)
        if (strcmp(documents->list.items[i].uri, uri) == 0) return &documents->list.items[i];
    return NULL;
}

static const json_t *document_of(const json_t *parameters) { return json_object_get(parameters, "textDocument"); }

static const char *uri_in(const json_t *parameters) {
    return json_string_value(json_object_get(document_of(parameters), "uri"));
}

void documents_open(Documents *documents, const json_t *parameters) {
    const json_t *given = document_of(parameters), *text = json_object_get(given, "text");
    const char *uri = uri_in(parameters);
    if (uri == NULL || !json_is_string(text)) return;
    Document *document = documents_find(documents, uri);
    if (document == NULL) {
        document = vec_push(&documents->list);
        *document = (Document){.uri = copy(uri), .path = uri_path(uri)};
    }
    strbuf_clear(&document->text);
    strbuf_add(&document->text, (Str){json_string_value(text), json_string_length(text)});
    document->version = json_integer_value(json_object_get(given, "version"));
}

static Position position_in(const json_t *range, const char *end) {
    const json_t *position = json_object_get(range, end);
    json_int_t line = json_integer_value(json_object_get(position, "line"));
    json_int_t character = json_integer_value(json_object_get(position, "character"));
    return (Position){line < 0 || line > UINT32_MAX ? 0 : (uint32_t)line,
                      character < 0 || character > UINT32_MAX ? 0 : (uint32_t)character};
}

// The whole text, or a range of it.
static void change_one(Document *document, const json_t *change) {
    const json_t *range = json_object_get(change, "range"), *text = json_object_get(change, "text");
    if (!json_is_string(text)) return;
    Str added = {json_string_value(text), json_string_length(text)}, old = strbuf_str(&document->text);
    size_t start = 0, end = old.length;
    if (json_is_object(range)) {
        start = position_offset(old, position_in(range, "start"));
        end = position_offset(old, position_in(range, "end"));
        if (end < start) end = start;
    }
    StrBuf changed = {0};
    strbuf_add(&changed, str_slice(old, 0, start));
    strbuf_add(&changed, added);
    strbuf_add(&changed, str_slice(old, end, old.length));
    strbuf_release(&document->text);
    document->text = changed;
}

void documents_change(Documents *documents, const json_t *parameters) {
    Document *document = documents_find(documents, uri_in(parameters));
    const json_t *changes = json_object_get(parameters, "contentChanges");
    if (document == NULL) return;
    for (size_t i = 0; i < json_array_size(changes); i++) change_one(document, json_array_get(changes, i));
    document->version = json_integer_value(json_object_get(document_of(parameters), "version"));
}

void documents_close(Documents *documents, const json_t *parameters) {
    Document *document = documents_find(documents, uri_in(parameters));
    if (document == NULL) return;
    release_one(document);
    *document = *vec_last(&documents->list);
    documents->list.count--;
}
