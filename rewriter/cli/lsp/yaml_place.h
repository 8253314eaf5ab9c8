// Where a cursor stands in a rule file that is being written: YAML that need not parse yet.
#ifndef WEFT_CLI_LSP_YAML_PLACE_H
#define WEFT_CLI_LSP_YAML_PLACE_H

#include "base/str.h"
#include "base/vec.h"

typedef Vec(Str) Strs;

// All texts are pieces of the file.
typedef struct YamlPlace {
    Strs path;    // keys from the top of the file to what is written here; an item of a list is "-"
    bool behind_key; // its last key stands on this line, and the cursor behind the colon
    Str word;     // what stands around the cursor: a key, a name, a value
    size_t start; // the offset of the word
    Strs others;  // keys that the map at the cursor has besides
} YamlPlace;

// OFFSET is a byte of TEXT, or its length.
void yaml_place_find(Str text, size_t offset, YamlPlace *place);
void yaml_place_release(YamlPlace *place);

#endif
