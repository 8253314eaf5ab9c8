// Node kinds and fields of the grammar as small numbers that a switch can use. The grammar's own
// ids are looked up by name once in the life of the process.
#ifndef WEFT_PYTHON_KINDS_H
#define WEFT_PYTHON_KINDS_H

#include <stdbool.h>
#include <stdint.h>
#include <tree_sitter/api.h>

// Named rules come first, then comments and continuations, then keywords and punctuation.
typedef enum NodeKind {
    NODE_OTHER,
#define NODE(name, text) NODE_##name,
#include "python/syntax/kinds.def"
    EXTRA_FIRST,
#define EXTRA(name, text) EXTRA_##name,
#include "python/syntax/kinds.def"
    TOKEN_OTHER,
#define TOKEN(name, text) TOKEN_##name,
#include "python/syntax/kinds.def"
    NODE_KIND_COUNT
} NodeKind;

typedef enum NodeField {
    FIELD_NONE,
#define FIELD(name, text) FIELD_##name,
#include "python/syntax/kinds.def"
    NODE_FIELD_COUNT
} NodeField;

// The Python grammar that is linked in.
const TSLanguage *kinds_language(void);

uint8_t kinds_of_node(TSNode node);         // a NodeKind
uint8_t kinds_of_symbol(TSSymbol symbol);   // the same
uint8_t kinds_of_field(TSFieldId field_id); // a NodeField

// Is a KIND a grammar rule, as opposed to a keyword, punctuation or comment?
static inline bool kind_is_named(uint8_t kind) { return kind < EXTRA_FIRST; }
static inline bool kind_is_extra(uint8_t kind) { return kind > EXTRA_FIRST && kind < TOKEN_OTHER; }

#endif
