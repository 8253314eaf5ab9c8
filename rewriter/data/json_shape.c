// Structs to JSON and back, by a table of their fields.
#include "data/json_shape.h"

#include <jansson.h>
#include <string.h>

#include "base/bug.h"
#include "base/json_node.h"
#include "base/message.h"
#include "source/utf8.h"

// Any List() of structs, whose size the shape knows.
typedef List(char) AnyList;

// ---- writing -------------------------------------------------------------------------------------

static json_t *text_json(Str text) {
    json_t *value = json_stringn(text.data ? text.data : "", text.length);
    if (value == NULL) BUG("a text of a plan is not UTF-8");
    return value;
}

static json_t *texts_json(const StrItems *texts) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < texts->count; i++)
        json_array_append_new(list, text_json(texts->items[i]));
    return list;
}

static json_t *object_json(const Shape *shape, const char *value);

static json_t *objects_json(const Shape *shape, const AnyList *objects) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < objects->count; i++)
        json_array_append_new(list, object_json(shape, objects->items + i * shape->size));
    return list;
}

// NULL: the field has the value that it has when it is left out.
static json_t *number_json(const ShapeField *field, int64_t number) {
    if (!field->required && number == (field->unknown ? -1 : 0)) return NULL;
    return json_integer(number);
}

static json_t *field_json(const ShapeField *field, const char *at) {
    switch (field->kind) {
    case SHAPE_TEXT: {
        const Str *text = (const void *)at;
        return text->length > 0 || field->required ? text_json(*text) : NULL;
    }
    case SHAPE_TEXTS: {
        const StrItems *texts = (const void *)at;
        return texts->count > 0 || field->required ? texts_json(texts) : NULL;
    }
    case SHAPE_NUMBER: return number_json(field, *(const int64_t *)(const void *)at);
    case SHAPE_BOOLEAN: return *(const bool *)(const void *)at ? json_true() : NULL;
    case SHAPE_CHOICE: return json_string(field->choices[*(const int *)(const void *)at]);
    case SHAPE_OBJECT: {
        json_t *object = object_json(field->shape, at);
        if (json_object_size(object) > 0 || field->required) return object;
        json_decref(object);
        return NULL;
    }
    case SHAPE_OBJECTS: {
        const AnyList *objects = (const void *)at;
        return objects->count > 0 || field->required ? objects_json(field->shape, objects) : NULL;
    }
    }
    BUG("no such kind of field");
}

static json_t *object_json(const Shape *shape, const char *value) {
    json_t *object = json_object();
    for (uint32_t i = 0; i < shape->count; i++) {
        const ShapeField *field = &shape->fields[i];
        json_t *json = field_json(field, value + field->offset);
        if (json != NULL) json_object_set_new(object, field->key, json);
    }
    return object;
}

static int add_bytes(const char *bytes, size_t size, void *out) {
    strbuf_add(out, (Str){bytes, size});
    return 0;
}

void shape_write(const Shape *shape, const void *value, StrBuf *out) {
    json_t *object = object_json(shape, value);
    StrBuf text = {0};
    json_dump_callback(object, add_bytes, &text, JSON_INDENT(2));
    utf8_add_json(out, strbuf_str(&text));
    strbuf_release(&text);
    json_decref(object);
    strbuf_add_char(out, '\n');
}

// ---- reading -------------------------------------------------------------------------------------

// A value of the document: KEY of the place around it, and there item INDEX.
typedef struct Place {
    const struct Place *around; // NULL for the document
    const char *key;
    uint32_t index; // UINT32_MAX: it is no item of a list
} Place;

typedef struct Reader {
    Arena *arena;
    StrBuf *fault;
} Reader;

// "steps[3].batch"
static void add_path(StrBuf *out, const Place *place) {
    if (place->around == NULL) return;
    add_path(out, place->around);
    if (place->around->around != NULL) strbuf_add_char(out, '.');
    strbuf_add_text(out, place->key);
    if (place->index != UINT32_MAX) strbuf_addf(out, "[%u]", place->index);
}

static bool refuse(Reader *reader, const Place *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool refuse(Reader *reader, const Place *place, const char *format, ...) {
    va_list arguments;
    if (place->around == NULL) strbuf_add_text(reader->fault, "the document");
    add_path(reader->fault, place);
    strbuf_add_char(reader->fault, ' ');
    va_start(arguments, format);
    message_addv(reader->fault, format, arguments);
    va_end(arguments);
    return false;
}

static bool is_kind(Reader *reader, const Place *place, const JsonNode *node, JsonKind kind,
                    const char *wanted) {
    return node->kind == kind || refuse(reader, place, "is no %s", wanted);
}

static bool read_texts(Reader *reader, const Place *place, const JsonNode *node, StrItems *texts) {
    if (!is_kind(reader, place, node, JSON_NODE_LIST, "list of texts")) return false;
    for (const JsonNode *item = node->first; item != NULL; item = item->next) {
        if (!is_kind(reader, place, item, JSON_NODE_TEXT, "list of texts")) return false;
        list_add(reader->arena, texts, item->text);
    }
    return true;
}

static bool read_number(Reader *reader, const Place *place, const JsonNode *node, int64_t *number) {
    if (!is_kind(reader, place, node, JSON_NODE_INTEGER, "whole number")) return false;
    *number = node->number;
    return *number >= 0 || refuse(reader, place, "is less than 0");
}

static bool read_choice(Reader *reader, const Place *place, const JsonNode *node,
                        const ShapeField *field, int *choice) {
    if (!is_kind(reader, place, node, JSON_NODE_TEXT, "text")) return false;
    for (*choice = 0; field->choices[*choice] != NULL; (*choice)++)
        if (str_is(node->text, field->choices[*choice])) return true;
    return refuse(reader, place, "is '%.*s', which this weft does not know", STR_ARG(node->text));
}

static bool read_object(Reader *reader, const Place *place, const JsonNode *node,
                        const Shape *shape, char *value);

static bool read_objects(Reader *reader, const Place *place, const JsonNode *node,
                         const Shape *shape, AnyList *objects) {
    if (!is_kind(reader, place, node, JSON_NODE_LIST, "list of objects")) return false;
    Place item = {place->around, place->key, 0};
    for (const JsonNode *one = node->first; one != NULL; one = one->next, item.index++) {
        list_grow(reader->arena, (void **)&objects->items, &objects->count, &objects->capacity,
                  shape->size);
        char *value = objects->items + (objects->count - 1) * shape->size;
        if (!read_object(reader, &item, one, shape, value)) return false;
    }
    return true;
}

static bool read_field(Reader *reader, const Place *place, const JsonNode *node,
                       const ShapeField *field, char *at) {
    switch (field->kind) {
    case SHAPE_TEXT:
        if (!is_kind(reader, place, node, JSON_NODE_TEXT, "text")) return false;
        *(Str *)(void *)at = node->text;
        return true;
    case SHAPE_TEXTS: return read_texts(reader, place, node, (void *)at);
    case SHAPE_NUMBER: return read_number(reader, place, node, (void *)at);
    case SHAPE_BOOLEAN:
        if (!is_kind(reader, place, node, JSON_NODE_BOOLEAN, "true or false")) return false;
        *(bool *)(void *)at = node->number != 0;
        return true;
    case SHAPE_CHOICE: return read_choice(reader, place, node, field, (void *)at);
    case SHAPE_OBJECT: return read_object(reader, place, node, field->shape, at);
    case SHAPE_OBJECTS: return read_objects(reader, place, node, field->shape, (void *)at);
    }
    BUG("no such kind of field");
}

// Numbers that nobody gives are unknown, not 0, in objects that are not there, too.
static void set_unknown(const Shape *shape, char *value) {
    for (uint32_t i = 0; i < shape->count; i++) {
        const ShapeField *field = &shape->fields[i];
        char *at = value + field->offset;
        if (field->kind == SHAPE_OBJECT) set_unknown(field->shape, at);
        if (field->kind == SHAPE_NUMBER && field->unknown) *(int64_t *)(void *)at = -1;
    }
}

static const ShapeField *find_field(const Shape *shape, Str key) {
    for (uint32_t i = 0; i < shape->count; i++)
        if (str_is(key, shape->fields[i].key)) return &shape->fields[i];
    return NULL;
}

static bool read_object(Reader *reader, const Place *place, const JsonNode *node,
                        const Shape *shape, char *value) {
    uint64_t seen = 0;
    BUG_UNLESS(shape->count <= 64);
    set_unknown(shape, value);
    if (!is_kind(reader, place, node, JSON_NODE_OBJECT, "object")) return false;
    for (const JsonNode *one = node->first; one != NULL; one = one->next) {
        const ShapeField *field = find_field(shape, one->key);
        if (field == NULL)
            return refuse(reader, place, "has the unknown key '%.*s'", STR_ARG(one->key));
        uint64_t bit = (uint64_t)1 << (field - shape->fields);
        if (seen & bit) return refuse(reader, place, "has '%s' twice", field->key);
        seen |= bit;
        Place inner = {place, field->key, UINT32_MAX};
        if (!read_field(reader, &inner, one, field, value + field->offset)) return false;
    }
    for (uint32_t i = 0; i < shape->count; i++)
        if (shape->fields[i].required && !(seen >> i & 1))
            return refuse(reader, place, "lacks '%s'", shape->fields[i].key);
    return true;
}

static const JsonNode *parse(Arena *arena, Str json, JsonFault *fault) {
    size_t valid = utf8_valid_length(json);
    if (valid == json.length) return json_node_parse(arena, json, fault);
    *fault = json_fault_at(json, valid, STR("it is not UTF-8"));
    return NULL;
}

bool shape_read(const Shape *shape, Str json, Arena *arena, void *value, ShapeFault *fault) {
    Reader reader = {arena, &fault->text};
    JsonFault why;
    const JsonNode *document = parse(arena, json, &why);
    if (document != NULL)
        return read_object(&reader, &(Place){NULL, "", UINT32_MAX}, document, shape, value);
    strbuf_addf(&fault->text, "line %u, column %u: %.*s", why.line, why.column, STR_ARG(why.why));
    return false;
}
