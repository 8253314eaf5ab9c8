// A YAML file as a small tree with spans. The subset that rules are written in: one document of
// maps, lists and scalars; no anchors, aliases or tags, no key twice.
#ifndef WEFT_RULE_YAML_DOC_H
#define WEFT_RULE_YAML_DOC_H

#include "rule/mistake.h"

// Limits for files that nobody would write by hand.
#define YAML_SIZE_MAX (1024u * 1024u) // bytes
#define YAML_DEPTH_MAX 64u
#define YAML_NODES_MAX 400000u // keys count too

typedef enum YamlKind {
    YAML_NULL,    // nothing, `~` or `null`
    YAML_BOOL,    // `true`, `false`
    YAML_INTEGER, // decimal digits with an optional sign
    YAML_FLOAT,
    YAML_STRING, // any other plain scalar; every quoted or block scalar
    YAML_LIST,
    YAML_MAP,
    YAML_BROKEN, // was reported already (an alias): stands for any value
} YamlKind;

typedef struct YamlNode YamlNode;
struct YamlNode {
    YamlKind kind;
    Span span;             // a map or list: from its first to its last byte
    Str text;              // of a scalar, with escapes and folding undone
    const YamlNode *first; // of a list: its items; of a map: its values, each with its key
    const YamlNode *next;
    uint32_t count; // items or values
    Str key;        // of a value in a map
    Span key_span;
};

// Reads TEXT, the text of FILE. Nodes and strings go to ARENA. NULL when it is not YAML at all or
// is over a limit (E400, E401); E403, E404 (a key that is no scalar) and E405 leave a tree that can
// be read on, to report more at once. A file without content is an empty map.
const YamlNode *yaml_read(Arena *arena, FileId file, Str text, Mistakes *mistakes);

// "a list", "nothing", for messages.
const char *yaml_kind_name(YamlKind kind);

#endif
