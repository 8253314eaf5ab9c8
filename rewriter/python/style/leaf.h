// The tokens of one statement, as its layout sees them.
//
// black's word for a token is a leaf, and so is ours: what a line consists of, and what may be broken between.
#ifndef WEFT_PYTHON_STYLE_LEAF_H
#define WEFT_PYTHON_STYLE_LEAF_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

typedef enum LeafKind {
    LEAF_NAME, // and keywords
    LEAF_NUMBER,
    LEAF_STRING,
    LEAF_OPERATOR, // and commas, colons, dots
    LEAF_OPEN,
    LEAF_CLOSE,
    LEAF_COMMENT, // that has a line to itself
} LeafKind;

// What brackets hold; the closing one has the role of the opening one.
typedef enum LeafRole {
    ROLE_NONE,
    ROLE_ARGUMENTS,  // of a call, or the bases of a class
    ROLE_PARAMETERS, // of a definition
    ROLE_SUBSCRIPT,
    ROLE_ATOM,   // a tuple, a list, a dict, a set, or an expression
    ROLE_STAR,   // a star that is no multiplication
    ROLE_CLAUSE, // `for` and `if` of a comprehension
    ROLE_CHOICE, // `if` and `else` of a conditional expression
    ROLE_TARGET, // `in` behind what a `for` binds
} LeafRole;

// How readily a line is broken beside a leaf: at the highest that it has. 0: never.
typedef enum BreakPriority {
    BREAK_NEVER,
    BREAK_DOT,
    BREAK_POWER,
    BREAK_PRODUCT = 4,
    BREAK_SUM,
    BREAK_SHIFT,
    BREAK_AND,
    BREAK_XOR,
    BREAK_OR,
    BREAK_COMPARISON,
    BREAK_STRING = 12,
    BREAK_LOGIC = 14,
    BREAK_CHOICE = 16,
    BREAK_COMMA = 18,
    BREAK_CLAUSE = 20,
} BreakPriority;

typedef struct Leaf Leaf;
struct Leaf {
    LeafKind kind;
    LeafRole role;
    Str text;            // empty: parentheses that are not written
    Str comment;         // behind it, at the end of its line; empty: none
    Leaf *partner;       // the other bracket
    Leaf *copy;          // while a line is copied: its copy
    uint32_t place;      // in the leaves that were numbered last
    uint32_t start, end; // in the text that was read, without the comment; both 0: not in it
    uint32_t comment_start;
    uint8_t before, after; // BreakPriority of a line end on either side
    uint8_t depth;         // of brackets around it in the line that it was put into last
    bool space;            // a blank stands before it where it does not begin a line
};

typedef Vec(Leaf *) Leaves;

// Gives each its place; and whether LEAF is among those that were numbered.
void leaves_number(const Leaves *leaves);
bool leaves_have(const Leaves *leaves, const Leaf *leaf);

// Cuts TEXT, a statement or the header of one from its first character to the last of its comment, into leaves. They
// and what they name lie in ARENA and in TEXT. False for what has no layout here: backslashes at the ends of lines,
// strings of several lines, several statements, brackets that are not closed.
bool leaves_read(Arena *arena, Str text, Leaves *leaves);

// Behind the string whose quote stands AT in TEXT, which may be an f-string (FORMATTED); the end of the text when it does
// not end.
size_t leaf_string_end(Str text, size_t at, bool formatted);

// A leaf that no text has.
Leaf *leaf_new(Arena *arena, LeafKind kind, Str text);
bool leaf_is(const Leaf *leaf, const char *text);
// A value could end with it, so that what follows is an operator, a call or a subscript.
bool leaf_ends_value(const Leaf *leaf);
// Columns of TEXT.
uint32_t leaf_width(Str text);

// leaf_role.c: says what stars, brackets and keywords are, and where lines may be broken.
void leaves_find_roles(Leaves *leaves);
// leaf_optional.c: puts the parentheses that may be written, or left out, around the parts of a statement. Those that
// stand there already count as such, unless KEEP. INSIDE: the leaves are part of a list, not a statement. False for what
// has no layout here.
bool leaves_add_optional(Arena *arena, Leaves *leaves, bool keep, bool inside);

#endif
