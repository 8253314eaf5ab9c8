// Checking maps against tables: which keys there are, of what type, which must be there.
//
//     typedef struct CarrierNodes { const YamlNode *klass, *expression; } CarrierNodes;
//     static const Field fields[] = {
//         {"class", FIELD_STRING, true, offsetof(CarrierNodes, klass)},
//         {"expression", FIELD_STRING, false, offsetof(CarrierNodes, expression)},
//     };
//     CarrierNodes nodes = {0};
//     schema_read(mistakes, map, "a carrier", fields, COUNT_OF(fields), &nodes);
#ifndef WEFT_RULE_SCHEMA_H
#define WEFT_RULE_SCHEMA_H

#include "rule/rule.h"
#include "rule/yaml_doc.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

typedef enum FieldType {
    FIELD_STRING,      // one line, not empty, no control characters
    FIELD_STRINGS,     // list of such
    FIELD_ONE_OR_MORE, // a string or a list of strings
    FIELD_BOOL,
    FIELD_INTEGER,
    FIELD_NUMBER, // with or without decimals
    FIELD_LIST, // of anything
    FIELD_MAP,
    FIELD_ANY,
} FieldType;

typedef struct Field {
    const char *key;
    FieldType type;
    bool required;
    size_t offset; // of a `const YamlNode *` in the struct that receives the values
} Field;

// Fills NODES from MAP; a value that is absent or of the wrong type stays NULL. WHAT names the map
// in messages ("a sink"). False after E402, E404, E406 or E407.
bool schema_read(Mistakes *mistakes, const YamlNode *map, const char *what, const Field *fields,
                 size_t count, void *nodes);

// The items of a FIELD_STRINGS or FIELD_ONE_OR_MORE: the first, and the one after ITEM.
const YamlNode *schema_first(const YamlNode *strings);
const YamlNode *schema_next(const YamlNode *strings, const YamlNode *item);

// Which of NAMES the scalar NODE is; E407 with near names when it is none of them.
bool schema_choice(Mistakes *mistakes, const YamlNode *node, const char *what, const Str *names,
                   size_t count, size_t *index);

// Reports E407 unless NODE is a dotted name ("a.b.c"), in which GLOB also allows `*` and `**`.
bool schema_dotted(Mistakes *mistakes, const YamlNode *node, bool glob);
// Reports E407 unless NODE is a qualified name of Python: as above, or with `<locals>` after the name of a
// function ("a.outer.<locals>.inner").
bool schema_qualified(Mistakes *mistakes, const YamlNode *node);
bool schema_is_identifier(Str text);
// Reports E407 unless NODE is an identifier.
bool schema_identifier(Mistakes *mistakes, const YamlNode *node);

#endif
