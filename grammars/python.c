// The tables and the lexer of the Python grammar, with one function exchanged: whether an ASCII character is in a set,
// which is asked of each one of a name, is found among the few ranges that are ASCII, in order, and not by bisection of
// all 685.
#define set_contains bisected_contains
#include "tree_sitter/parser.h"
#undef set_contains

static inline bool set_contains(const TSCharacterRange *ranges, uint32_t count, int32_t character) {
    if (character >= 0x80) return bisected_contains(ranges, count, character);
    for (uint32_t i = 0; i < count && ranges[i].start <= character; i++)
        if (character <= ranges[i].end) return true;
    return false;
}

#include WEFT_PACKAGE_PARSER
