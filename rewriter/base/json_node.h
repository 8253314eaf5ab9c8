// A JSON document in memory, for reading. RFC 8259: no comments, nothing after the document. One arena holds all nodes, and texts without escapes are slices
// of the document, so that reading costs little more than the walk over its bytes. Writing is jansson's.
#ifndef WEFT_BASE_JSON_NODE_H
#define WEFT_BASE_JSON_NODE_H

#include "base/arena.h"

typedef enum JsonKind {
    JSON_NODE_NULL,
    JSON_NODE_BOOLEAN, // its number is 0 or 1
    JSON_NODE_INTEGER,
    JSON_NODE_REAL, // its value is not kept
    JSON_NODE_TEXT,
    JSON_NODE_LIST,
    JSON_NODE_OBJECT,
} JsonKind;

typedef struct JsonNode {
    JsonKind kind;
    Str key; // of a member of an object
    union {
        Str text;               // JSON_NODE_TEXT; well-formed UTF-8 without a NUL byte
        int64_t number;         // JSON_NODE_INTEGER, JSON_NODE_BOOLEAN
        struct JsonNode *first; // JSON_NODE_LIST, JSON_NODE_OBJECT: the first of what is in it
    };
    struct JsonNode *next; // after this one in the document, in the same list or object
} JsonNode;

// Where a document is wrong: where the reader stopped, which is at the fault or behind its token.
typedef struct JsonFault {
    uint32_t line, column; // 1-based, the column in bytes
    Str why;
} JsonFault;

// The place of byte OFFSET of DOCUMENT. WHY is borrowed.
JsonFault json_fault_at(Str document, size_t offset, Str why);

// The document, which the caller has found to be UTF-8, or NULL and *FAULT. Nodes live in ARENA; keys and texts in ARENA or in DOCUMENT, which
// must outlive them. Objects may still name a key twice: who knows the keys looks for that. Nests 64
// levels deep at most.
JsonNode *json_node_parse(Arena *arena, Str document, JsonFault *fault);

// The first member KEY of NODE, or NULL, also when NODE is NULL or no object. Linear.
const JsonNode *json_node_member(const JsonNode *node, const char *key);
// Whether NODE is there and is of KIND.
bool json_node_is(const JsonNode *node, JsonKind kind);

#endif
