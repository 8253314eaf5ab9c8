// JSON documents, read by yajl. In: bytes that anybody may have written. Out: a tree of nodes, or where
// and why there is none. Must never recurse, so that no document exhausts the stack.
#include "base/json_node.h"

#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "base/bug.h"

enum { MOST_LEVELS = 64 };

// A list or an object that is being read.
typedef struct Level {
    JsonNode *node;
    JsonNode **end; // where its next child goes
} Level;

typedef struct Parser {
    Arena *arena;
    Str document, key;
    JsonNode *root;
    Level levels[MOST_LEVELS];
    unsigned depth;
    const char *refusal; // why a callback has stopped
} Parser;

static int refuse(Parser *parser, const char *why) {
    parser->refusal = why;
    return 0;
}

// What yajl shows is in the document, unless it had escapes: then it is gone after the callback.
static bool is_inside(const Parser *parser, const unsigned char *text) {
    uintptr_t at = (uintptr_t)text, start = (uintptr_t)parser->document.data;
    return at >= start && at < start + parser->document.length;
}

static Str keep(Parser *parser, const unsigned char *text, size_t length) {
    Str shown = {(const char *)text, length};
    return is_inside(parser, text) ? shown : arena_copy(parser->arena, shown);
}

// yajl makes '?' of the first half of a surrogate pair alone, and of the second three bytes, ED and A0 or
// more.
static bool has_half_pair(const unsigned char *text, size_t length) {
    const unsigned char *end = text + length, *at = text;
    while ((at = memchr(at, 0xED, (size_t)(end - at))) != NULL && ++at < end)
        if (*at >= 0xA0) return true;
    return false;
}

static JsonNode *add(Parser *parser, JsonKind kind) {
    JsonNode *node = arena_new(parser->arena, JsonNode);
    node->kind = kind;
    if (parser->depth == 0) {
        parser->root = node;
        return node;
    }
    Level *level = &parser->levels[parser->depth - 1];
    if (level->node->kind == JSON_NODE_OBJECT) node->key = parser->key;
    *level->end = node;
    level->end = &node->next;
    return node;
}

static int open_level(Parser *parser, JsonKind kind) {
    if (parser->depth == MOST_LEVELS) return refuse(parser, "it nests too deep");
    JsonNode *node = add(parser, kind);
    parser->levels[parser->depth++] = (Level){node, &node->first};
    return 1;
}

// ---- what yajl meets -----------------------------------------------------------------------------

static int on_null(void *context) {
    add(context, JSON_NODE_NULL);
    return 1;
}

static int on_boolean(void *context, int value) {
    add(context, JSON_NODE_BOOLEAN)->number = value;
    return 1;
}

static int on_integer(void *context, long long value) {
    add(context, JSON_NODE_INTEGER)->number = value;
    return 1;
}

static int on_double(void *context, double value) {
    (void)value;
    add(context, JSON_NODE_REAL);
    return 1;
}

static int on_string(void *context, const unsigned char *text, size_t length) {
    Parser *parser = context;
    if (memchr(text, '\0', length) != NULL) return refuse(parser, "a text holds a NUL");
    if (!is_inside(parser, text) && has_half_pair(text, length))
        return refuse(parser, "a text holds half a surrogate pair");
    add(parser, JSON_NODE_TEXT)->text = keep(parser, text, length);
    return 1;
}

static int on_key(void *context, const unsigned char *text, size_t length) {
    Parser *parser = context;
    parser->key = keep(parser, text, length);
    return 1;
}

static int on_object(void *context) { return open_level(context, JSON_NODE_OBJECT); }

static int on_list(void *context) { return open_level(context, JSON_NODE_LIST); }

static int on_end(void *context) {
    Parser *parser = context;
    parser->depth--;
    return 1;
}

static const yajl_callbacks CALLBACKS = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_integer = on_integer,
    .yajl_double = on_double,
    .yajl_string = on_string,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = on_end,
    .yajl_start_array = on_list,
    .yajl_end_array = on_end,
};

// ---- the document --------------------------------------------------------------------------------

// yajl says "lexical error: invalid char in json text.\n"; the period is not part of our sentence.
static Str message_of(Parser *parser, yajl_handle handle) {
    if (parser->refusal != NULL) return str_from(parser->refusal);
    unsigned char *text = yajl_get_error(handle, 0, NULL, 0);
    Str message = str_trim(str_from((const char *)text));
    if (str_ends_with(message, STR("."))) message = str_slice(message, 0, message.length - 1);
    message = arena_copy(parser->arena, message);
    yajl_free_error(handle, text);
    return message;
}

JsonFault json_fault_at(Str document, size_t offset, Str why) {
    JsonFault fault = {1, 1, why};
    for (size_t i = 0; i < offset && i < document.length; i++) {
        bool ends_line = document.data[i] == '\n';
        fault.line += ends_line;
        fault.column = ends_line ? 1 : fault.column + 1;
    }
    return fault;
}

static void *take_memory(void *context, size_t size) {
    (void)context;
    return memory_alloc(size);
}

static void *resize_memory(void *context, void *block, size_t size) {
    (void)context;
    return memory_resize(block, size);
}

static void give_memory(void *context, void *block) {
    (void)context;
    free(block);
}

JsonNode *json_node_parse(Arena *arena, Str document, JsonFault *fault) {
    Parser parser = {.arena = arena, .document = document};
    yajl_alloc_funcs memory = {take_memory, resize_memory, give_memory, NULL};
    yajl_handle handle = yajl_alloc(&CALLBACKS, &memory, &parser);
    // It checks the shape of sequences only; the caller has checked all.
    yajl_config(handle, yajl_dont_validate_strings, 1);
    const unsigned char *bytes = (const unsigned char *)(document.data ? document.data : "");
    yajl_status status = yajl_parse(handle, bytes, document.length);
    if (status != yajl_status_ok) {
        *fault =
            json_fault_at(document, yajl_get_bytes_consumed(handle), message_of(&parser, handle));
    } else {
        status = yajl_complete_parse(handle);
        if (status != yajl_status_ok)
            *fault = json_fault_at(document, document.length, message_of(&parser, handle));
    }
    yajl_free(handle);
    return status == yajl_status_ok ? parser.root : NULL;
}

const JsonNode *json_node_member(const JsonNode *node, const char *key) {
    Str wanted = str_from(key);
    if (!json_node_is(node, JSON_NODE_OBJECT)) return NULL;
    for (const JsonNode *member = node->first; member != NULL; member = member->next)
        if (str_equal(member->key, wanted)) return member;
    return NULL;
}

bool json_node_is(const JsonNode *node, JsonKind kind) {
    return node != NULL && node->kind == kind;
}
