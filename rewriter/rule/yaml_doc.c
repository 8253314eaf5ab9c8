// In: the text of one rule file. Out: a tree of nodes with byte spans, or diagnostics. Works on
// libyaml's events with a stack of its own, so that neither depth nor size of a hostile file is
// felt; must never recurse over the input, and never resolve an alias.

#include "rule/yaml_doc.h"

#include <yaml.h>

#include "base/bug.h"

typedef struct Frame {
    YamlNode *node;
    YamlNode *last; // newest item or value
    YamlNode *key;  // of a map: waits for its value
} Frame;

typedef struct YamlReader {
    yaml_parser_t parser;
    Arena *arena;
    Mistakes *mistakes;
    FileId file;
    Str text;
    // libyaml's marks count characters; this pair moves along with them.
    size_t at_character;
    size_t at_byte;
    Frame frames[YAML_DEPTH_MAX];
    uint32_t depth;
    uint32_t node_count;
    YamlNode *root;
} YamlReader;

const char *yaml_kind_name(YamlKind kind) {
    switch (kind) {
    case YAML_NULL: return "nothing";
    case YAML_BOOL: return "true or false";
    case YAML_INTEGER: return "a whole number";
    case YAML_FLOAT: return "a number";
    case YAML_STRING: return "a string";
    case YAML_LIST: return "a list";
    case YAML_MAP: return "a map";
    case YAML_BROKEN: break;
    }
    return "a broken value";
}

// ---- spans ---------------------------------------------------------------------------------------
static bool is_continuation(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

static uint32_t byte_of_mark(YamlReader *reader, yaml_mark_t mark) {
    Str text = reader->text;
    while (reader->at_character < mark.index && reader->at_byte < text.length) {
        do reader->at_byte++;
        while (reader->at_byte < text.length && is_continuation(text.data[reader->at_byte]));
        reader->at_character++;
    }
    while (reader->at_character > mark.index) {
        do reader->at_byte--;
        while (reader->at_byte > 0 && is_continuation(text.data[reader->at_byte]));
        reader->at_character--;
    }
    return (uint32_t)reader->at_byte;
}

static Span span_of_event(YamlReader *reader, const yaml_event_t *event) {
    uint32_t start = byte_of_mark(reader, event->start_mark);
    return (Span){reader->file, start, byte_of_mark(reader, event->end_mark)};
}

// From START to the next white space or flow sign: an anchor, an alias or a tag.
static Span span_of_word(const YamlReader *reader, uint32_t start) {
    uint32_t end = start;
    while (end < reader->text.length && !strchr(" \t\r\n,[]{}", reader->text.data[end])) end++;
    return (Span){reader->file, start, end};
}

static uint32_t line_of(const YamlReader *reader, uint32_t offset) {
    uint32_t line = 1;
    for (uint32_t i = 0; i < offset; i++) line += reader->text.data[i] == '\n';
    return line;
}

// ---- scalars -------------------------------------------------------------------------------------
static bool is_one_of(Str text, const char *const *words) {
    for (; *words; words++) {
        if (str_is(text, *words)) return true;
    }
    return false;
}

static bool is_number(Str text, bool *whole) {
    size_t i = text.length > 0 && (text.data[0] == '-' || text.data[0] == '+') ? 1 : 0;
    size_t digits = 0;
    *whole = true;
    for (; i < text.length; i++) {
        char c = text.data[i];
        if (c >= '0' && c <= '9') {
            digits++;
        } else if (c == '.' || ((c == 'e' || c == 'E') && digits > 0 && i + 1 < text.length)) {
            *whole = false;
        } else {
            return false;
        }
    }
    return digits > 0;
}

static YamlKind kind_of_plain(Str text) {
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const bools[] = {"true", "false", "True", "False", "TRUE", "FALSE", NULL};
    bool whole;
    if (is_one_of(text, nulls)) return YAML_NULL;
    if (is_one_of(text, bools)) return YAML_BOOL;
    if (is_number(text, &whole)) return whole ? YAML_INTEGER : YAML_FLOAT;
    return YAML_STRING;
}

// ---- the tree ------------------------------------------------------------------------------------
static YamlNode *new_node(YamlReader *reader, YamlKind kind, Span span) {
    YamlNode *node = arena_new(reader->arena, YamlNode);
    node->kind = kind;
    node->span = span;
    reader->node_count++;
    return node;
}

static void link_child(Frame *frame, YamlNode *child) {
    if (frame->last) {
        frame->last->next = child;
    } else {
        frame->node->first = child;
    }
    frame->last = child;
    frame->node->count++;
}

// Puts NODE where the parser stands: root, item, key or value.
static void attach(YamlReader *reader, YamlNode *node) {
    if (reader->depth == 0) {
        reader->root = node;
        return;
    }
    Frame *frame = &reader->frames[reader->depth - 1];
    if (frame->node->kind == YAML_LIST) {
        link_child(frame, node);
        return;
    }
    if (!frame->key) {
        frame->key = node;
        return;
    }
    const YamlNode *key = frame->key;
    frame->key = NULL;
    if (key->kind == YAML_LIST || key->kind == YAML_MAP) {
        mistake_add(reader->mistakes, DIAGNOSTIC_E404, key->span, "a key must be a string, not %s",
                    yaml_kind_name(key->kind));
    } else if (key->kind != YAML_BROKEN) {
        node->key = key->text;
        node->key_span = key->span;
        link_child(frame, node);
    }
}

static bool push(YamlReader *reader, YamlNode *node) {
    if (reader->depth == YAML_DEPTH_MAX) {
        mistake_add(reader->mistakes, DIAGNOSTIC_E401, node->span, "nested deeper than %u levels",
                    YAML_DEPTH_MAX);
        return false;
    }
    reader->frames[reader->depth++] = (Frame){.node = node};
    return true;
}

static int compare_keys(const void *a, const void *b) {
    const YamlNode *left = *(const YamlNode *const *)a;
    const YamlNode *right = *(const YamlNode *const *)b;
    int order = str_compare(left->key, right->key);
    if (order != 0) return order;
    return (left->key_span.start > right->key_span.start) -
           (left->key_span.start < right->key_span.start);
}

static void check_duplicates(YamlReader *reader, const YamlNode *map) {
    if (map->count < 2) return;
    Vec(const YamlNode *) sorted = {0};
    for (const YamlNode *value = map->first; value; value = value->next) vec_add(&sorted, value);
    qsort(sorted.items, sorted.count, sizeof *sorted.items, compare_keys);

    for (uint32_t i = 1, first = 0; i < sorted.count; i++) {
        const YamlNode *value = sorted.items[i];
        if (!str_equal(value->key, sorted.items[first]->key)) {
            first = i;
        } else if (mistake_add(reader->mistakes, DIAGNOSTIC_E403, value->key_span,
                               "duplicate key '%.*s'", STR_ARG(clipped(value->key)))) {
            diagnostic_note(reader->mistakes->diagnostics, "it is on line %u already",
                            line_of(reader, sorted.items[first]->key_span.start));
        }
    }
    vec_release(&sorted);
}

static void pop(YamlReader *reader, const yaml_event_t *event) {
    Frame *frame = &reader->frames[--reader->depth];
    YamlNode *node = frame->node;
    uint32_t end = byte_of_mark(reader, event->end_mark);
    // A block collection ends where the next token begins: take its last child's end instead.
    bool is_flow = event->start_mark.index != event->end_mark.index;
    node->span.end = is_flow || !frame->last ? end : frame->last->span.end;
    if (node->kind == YAML_MAP) check_duplicates(reader, node);
}

// ---- events --------------------------------------------------------------------------------------
// Anchors and tags are reported where they stand; the value behind them is read on.
static void check_plainness(YamlReader *reader, Span span, bool anchor, bool tag) {
    if (!anchor && !tag) return;
    Span word = span_of_word(reader, span.start);
    bool is_tag = reader->text.data[word.start] == '!';
    Str text = str_slice(reader->text, word.start, word.end);
    if (mistake_add(reader->mistakes, DIAGNOSTIC_E405, word, "%s '%.*s' is not allowed",
                    is_tag ? "the tag" : "the anchor", STR_ARG(clipped(text)))) {
        diagnostic_help(reader->mistakes->diagnostics, "rules are plain: write the value out");
    }
}

static void read_alias(YamlReader *reader, Span span) {
    Str text = str_slice(reader->text, span.start, span.end);
    if (mistake_add(reader->mistakes, DIAGNOSTIC_E405, span, "the alias '%.*s' is not allowed",
                    STR_ARG(clipped(text)))) {
        diagnostic_help(reader->mistakes->diagnostics, "rules are plain: write the value out");
    }
    attach(reader, new_node(reader, YAML_BROKEN, span));
}

static void read_scalar(YamlReader *reader, const yaml_event_t *event, Span span) {
    Str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    value = arena_copy(reader->arena, value);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    YamlNode *node = new_node(reader, plain ? kind_of_plain(value) : YAML_STRING, span);
    node->text = value;
    check_plainness(reader, span, event->data.scalar.anchor, event->data.scalar.tag);
    attach(reader, node);
}

static bool read_document_start(YamlReader *reader, const yaml_event_t *event, Span span) {
    if (event->data.document_start.tag_directives.start !=
        event->data.document_start.tag_directives.end) {
        mistake_add(reader->mistakes, DIAGNOSTIC_E405, span_of_word(reader, span.start),
                    "tag directives are not allowed");
    }
    if (!reader->root) return true;
    if (mistake_add(reader->mistakes, DIAGNOSTIC_E401, span, "a second document begins here")) {
        diagnostic_help(reader->mistakes->diagnostics, "a rule file is one document");
    }
    return false;
}

static bool read_collection(YamlReader *reader, YamlKind kind, Span span, bool anchor, bool tag) {
    YamlNode *node = new_node(reader, kind, span);
    check_plainness(reader, span, anchor, tag);
    attach(reader, node);
    return push(reader, node);
}

// False ends the reading: a limit or a second document was reported.
static bool read_event(YamlReader *reader, const yaml_event_t *event) {
    Span span = span_of_event(reader, event);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT: return read_document_start(reader, event, span);
    case YAML_ALIAS_EVENT: read_alias(reader, span); break;
    case YAML_SCALAR_EVENT: read_scalar(reader, event, span); break;
    case YAML_SEQUENCE_START_EVENT:
        if (!read_collection(reader, YAML_LIST, span, event->data.sequence_start.anchor,
                             event->data.sequence_start.tag))
            return false;
        break;
    case YAML_MAPPING_START_EVENT:
        if (!read_collection(reader, YAML_MAP, span, event->data.mapping_start.anchor,
                             event->data.mapping_start.tag))
            return false;
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: pop(reader, event); break;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT: break;
    }
    if (reader->node_count <= YAML_NODES_MAX) return true;
    mistake_add(reader->mistakes, DIAGNOSTIC_E401, span, "more than %u values", YAML_NODES_MAX);
    return false;
}

// What people mean that write what libyaml stumbles over at the byte AT.
static const char *help_for(const YamlReader *reader, uint32_t at) {
    const yaml_parser_t *parser = &reader->parser;
    Str problem = str_from(parser->problem), context = str_from(parser->context);
    if (at < reader->text.length && reader->text.data[at] == '\t')
        return "indent with spaces: YAML takes no tabs";
    if (str_is(context, "while scanning an alias"))
        return "put quotes around a text that begins with '*'";
    if (str_is(problem, "mapping values are not allowed in this context"))
        return "write the keys of one map under each other, and put quotes around a text with ': '";
    if (str_is(problem, "did not find expected key"))
        return "write the keys of one map under each other, and put quotes around a text that begins "
               "with '{', '[' or a quote";
    return NULL;
}

static void report_syntax(YamlReader *reader) {
    const yaml_parser_t *parser = &reader->parser;
    uint32_t at;
    if (parser->error == YAML_READER_ERROR) { // bytes: the reader comes before any marks
        at = (uint32_t)(parser->problem_offset < reader->text.length ? parser->problem_offset
                                                                     : reader->text.length);
    } else {
        at = byte_of_mark(reader, parser->problem_mark);
    }
    Span span = {reader->file, at, at < reader->text.length ? at + 1 : at};
    if (!mistake_add(reader->mistakes, DIAGNOSTIC_E401, span, "not valid YAML: %s",
                     parser->problem ? parser->problem : "out of memory"))
        return;
    if (parser->context)
        diagnostic_note(reader->mistakes->diagnostics, "%s that begins on line %zu",
                        parser->context, parser->context_mark.line + 1);
    const char *help = help_for(reader, at);
    if (help) diagnostic_help(reader->mistakes->diagnostics, "%s", help);
}

static bool read_events(YamlReader *reader) {
    for (bool at_end = false; !at_end;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->parser, &event)) {
            if (reader->parser.error == YAML_MEMORY_ERROR) memory_gone(0);
            report_syntax(reader);
            return false;
        }
        at_end = event.type == YAML_STREAM_END_EVENT;
        bool go_on = read_event(reader, &event);
        yaml_event_delete(&event);
        if (!go_on) return false;
    }
    return true;
}

const YamlNode *yaml_read(Arena *arena, FileId file, Str text, Mistakes *mistakes) {
    Span start = {file, 0, 0};
    if (text.length > YAML_SIZE_MAX) {
        mistake_add(mistakes, DIAGNOSTIC_E400, start, "a rule file has %zu bytes; %u are allowed",
                    text.length, YAML_SIZE_MAX);
        return NULL;
    }
    YamlReader reader = {.arena = arena, .mistakes = mistakes, .file = file, .text = text};
    if (!yaml_parser_initialize(&reader.parser)) memory_gone(0);
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser,
                                 (const unsigned char *)(text.data ? text.data : ""), text.length);
    bool read = read_events(&reader);
    yaml_parser_delete(&reader.parser);
    if (!read) return NULL;
    return reader.root ? reader.root : new_node(&reader, YAML_MAP, start);
}
